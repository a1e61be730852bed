/// What became of one row of an import.
public enum Disposition: Hashable, Sendable {
    case applied
    /// It was here already.
    case duplicate
    /// Nothing the rules read; counted by what it is.
    case notRelevant(code: String)
    /// Not taken, and never dropped silently: a stable code, and where the row is.
    case quarantined(reason: String)
}
