/// Why keys could not be loaded, wrapped or unwrapped. Names no key material.
public enum KeyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A line that is not `<key id> <32 bytes in base64>`.
    case malformedLine(Int)
    case duplicateKeyID(line: Int)
    /// A key of one repeated byte is a placeholder that somebody forgot.
    case placeholderKey(line: Int)
    case noMasterKey
    /// Wrapped under a master key that this keyring does not have: out of reach, not erased.
    case unknownMasterKey
    /// Altered, or wrapped for another patient, tenant or key id.
    case notAuthentic

    public var description: String {
        switch self {
        case .malformedLine(let line): "line \(line) of the key file is malformed"
        case .duplicateKeyID(let line): "line \(line) of the key file repeats a key id"
        case .placeholderKey(let line): "line \(line) of the key file holds a placeholder"
        case .noMasterKey: "the key file holds no key"
        case .unknownMasterKey: "wrapped under a master key that is not loaded"
        case .notAuthentic: "the wrapped key is not authentic"
        }
    }
}
