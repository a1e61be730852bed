/// What the key store knows of a subject. That it cannot be reached is not among these: it is thrown.
public enum SubjectKeyState: Hashable, Sendable {
    case present(SubjectKey)
    /// There was one, and it has been destroyed; there will be none again.
    case erased(at: Timestamp)
    /// There has never been one.
    case absent
}
