public import Infusion

/// One row of the clinical tables, as a pharmacist and a nurse read it and an engineer checks it.
public struct ClinicalRule: Hashable, Sendable {
    /// A named value beside the sentence that says what the rule is.
    public struct Detail: Hashable, Sendable {
        public let name: String
        public let text: String

        init(_ name: String, _ text: String) {
            self.name = name
            self.text = text
        }
    }

    /// Answers by two things at once: ferritin down, saturation across.
    public struct Grid: Hashable, Sendable {
        public let head: [String]
        public let rows: [[String]]
    }

    public let table: RuleTable
    /// Unique in its table, and among all rows that cases have to show.
    public let id: String
    /// In one or two plain sentences.
    public let text: String
    public let details: [Detail]
    public let grid: Grid?
    public let source: ClinicalSource

    init(
        _ table: RuleTable, _ id: String, _ text: String, details: [Detail] = [],
        grid: Grid? = nil, source: ClinicalSource
    ) {
        self.table = table
        self.id = id
        self.text = text
        self.details = details
        self.grid = grid
        self.source = source
    }
}
