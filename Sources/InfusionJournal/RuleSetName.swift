/// By what an event of a patient was decided, as its envelope names it: the version of the formulary and
/// that of the pathways, `2026.11.0+north.1/2026.11.0`. No version holds a `/`.
public struct RuleSetName: Hashable, Sendable {
    public let formulary: String
    /// `nil` of an event of the releases that named the formulary alone: then the pathways of the program
    /// that recorded it decided.
    public let pathways: String?

    public init(formulary: String, pathways: String) {
        self.formulary = formulary
        self.pathways = pathways
    }

    /// As an envelope has it.
    public init(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        formulary = String(parts[0])
        pathways = parts.count == 2 ? String(parts[1]) : nil
    }

    public var text: String { pathways.map { "\(formulary)/\($0)" } ?? formulary }
}
