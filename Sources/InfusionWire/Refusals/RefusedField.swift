/// A field that a refusal is about: what is wrong with it, and what would be right.
public struct RefusedField: Hashable, Sendable {
    /// As the domain calls it, such as `labs[3].value`; what an edge calls it is the edge's own.
    public let field: String
    public let problem: String
    /// `nil` where nothing of its kind would be.
    public let accepted: String?

    public init(_ field: String, _ problem: String, accepted: String?) {
        self.field = field
        self.problem = problem
        self.accepted = accepted
    }
}
