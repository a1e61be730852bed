/// Why a value could not be sealed or opened. That its key is erased or out of reach is no problem
/// on opening but an answer; see `Sealed`.
public enum SealProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// Altered, or sealed for another patient, tenant, event type or field.
    case notAuthentic
    /// Sealed under a key that is not the one at hand.
    case anotherKey
    /// The key was destroyed: nothing can be sealed for this patient any more.
    case keyErased
    /// The key store does not answer: sealing must wait.
    case keyUnreachable
    /// The value itself is erased or out of reach, so there is nothing to seal.
    case nothingToSeal

    public var description: String {
        switch self {
        case .notAuthentic: "not authentic"
        case .anotherKey: "sealed under another key"
        case .keyErased: "the key is erased"
        case .keyUnreachable: "the key is out of reach"
        case .nothingToSeal: "the value is not present"
        }
    }
}
