/// Whether a refusal is about the value sent (422) or about how things stand (409).
public enum RefusalStanding: Int, Hashable, Sendable {
    case state = 409
    case value = 422
}
