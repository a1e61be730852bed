/// Why the journal could not turn an event into what is stored, or back. Names the type, the place
/// and the expectation; carries nothing of the content, so it is safe to log.
public enum JournalError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A type, or a version of one, that this program does not know: written by a newer one, or by
    /// mistake. The caller parks the patient; to skip it would be to decide on half a history.
    case unknownEventType(type: String, payloadVersion: Int16)
    /// The payload is not what its type and version promise.
    case unreadable(type: String, payloadVersion: Int16, PayloadError)
    /// The event holds a value that has no stored form, or cannot be sealed.
    case unwritable(type: String, PayloadError)
    /// The event belongs to another tenant or patient than the cipher it was to be opened with.
    case anotherSubject

    public var description: String {
        switch self {
        case .unknownEventType(let type, let version): "unknown event type \(type) v\(version)"
        case .unreadable(let type, let version, let error):
            "\(type) v\(version) is unreadable: \(error)"
        case .unwritable(let type, let error): "\(type) cannot be written: \(error)"
        case .anotherSubject: "the event belongs to another subject"
        }
    }
}
