/// A chair, bed or room with one place.
public struct Chair: Hashable, Sendable {
    public let id: String
    /// What it has: `bed`, `isolation`, `pump`. A visit names those it needs.
    public let tags: Set<String>
    /// When it can be used. A chair that is broken from 11 on is available until 11.
    public let available: [Range<Int>]

    public init(id: String, tags: Set<String> = [], available: [Range<Int>]) {
        self.id = id
        self.tags = tags
        self.available = available
    }
}
