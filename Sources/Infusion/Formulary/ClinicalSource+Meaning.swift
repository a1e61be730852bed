extension EvidenceMark {
    /// What the mark says, in words.
    public var meaning: String {
        switch self {
        case .verified:
            "read in a public source: a copy of a label or an SmPC, a guideline's table, an agency's page"
        case .secondary:
            "read in a secondary source only: a summary, a payer's policy, a text about the source"
        case .generalKnowledge: "from general knowledge, unverified"
        case .engineeringDefault:
            "a default chosen here, because no public standard exists; a site may have its own"
        }
    }
}

extension Confidence {
    /// What the letter says, in words.
    public var meaning: String {
        switch self {
        case .high: "high"
        case .medium: "medium: the sources are few, old or not quite of one mind"
        case .low: "low: somebody has to look this up before it is relied upon"
        }
    }
}
