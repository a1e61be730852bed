/// One step in the life of a stored format: turns the payload of one version into that of the next.
///
/// Works on the stored JSON and not on domain types, which change; a step once released is never
/// edited. Encrypted members may be moved or renamed, never looked into: they stay bound to the
/// type the event was stored under.
public struct Upcaster: Sendable {
    /// A type and the version of its payload.
    public struct Shape: Hashable, Sendable {
        public let type: String
        public let payloadVersion: Int16
        public init(_ type: String, _ payloadVersion: Int16) {
            self.type = type
            self.payloadVersion = payloadVersion
        }
    }

    public let from: Shape
    /// Usually the same type, one version up; another type where an event was split or renamed.
    public let to: Shape
    let transform: @Sendable (JSONTree) throws(PayloadError) -> JSONTree

    /// - Parameter transform: pure; throws when the payload is not of the shape `from`.
    public init(
        from: Shape, to: Shape,
        _ transform: @escaping @Sendable (JSONTree) throws(PayloadError) -> JSONTree
    ) {
        self.from = from
        self.to = to
        self.transform = transform
    }
}
