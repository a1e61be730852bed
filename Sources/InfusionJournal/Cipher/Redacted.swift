/// A type that holds a secret and shows nothing of it: not printed, not interpolated, not dumped,
/// not reflected, so that no log line or assertion can carry it away.
public protocol Redacted: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
}

extension Redacted {
    public var description: String { "\(Self.self)(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
