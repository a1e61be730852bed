/// A row of the table of reactions, by its identifier there (facts §5.3).
public enum ReactionRule: String, Hashable, Sendable, CaseIterable {
    case mild = "REACTION-MILD"
    case moderate = "REACTION-MODERATE"
    case severe = "REACTION-SEVERE"
    case extravasation = "REACTION-EXTRAVASATION"
    case delayed = "REACTION-DELAYED"
    case hypotension = "REACTION-HYPOTENSION"

    /// The kinds that the row is for at CTCAE grade 1 or 2.
    public var kinds: [ReactionKind] {
        let grade = ReactionGrade.ctcae(2)
        return ReactionKind.allCases.filter {
            $0.allows(grade) && ReactionRule(ReactionClass($0, grade)) == self
        }
    }

    /// `nil` of what no row describes.
    init?(_ bedside: ReactionClass) {
        switch bedside {
        case .mild: self = .mild
        case .moderate: self = .moderate
        case .severe: self = .severe
        case .extravasation: self = .extravasation
        case .delayed: self = .delayed
        case .hypotension: self = .hypotension
        case .none: return nil
        }
    }

    /// The kinds that the row is for while nobody has graded them.
    public var kindsUngraded: [ReactionKind] {
        switch self {
        case .severe:
            ReactionKind.allCases.filter { ReactionSeverity.isSerious($0, .ungraded) }
        case .mild, .moderate, .extravasation, .delayed, .hypotension: []
        }
    }

    /// What it does to this dose and to the plan, for those who check it.
    public var meaning: String {
        switch self {
        case .mild:
            """
            No allergy. What was given counts, and what was stopped is made up by a dose of its \
            own. The next dose is a soft no (G-MINOR-RX): half the rate, a longer watch.
            """
        case .moderate:
            """
            The order is held for a clinician's review; nothing of it starts before the release, and \
            after it the next dose is a soft no (G-MINOR-RX): half the rate, another formulation to be \
            considered.
            """
        case .severe:
            """
            Grade 3 or more, whatever the kind, or a serious kind not graded yet. Every order of \
            any intravenous iron is held for review, and the visits booked for the same moiety \
            are given back. Where the kind may be hypersensitivity, the moiety is blocked for \
            ever (G-ANAPH-SAME). Anaphylaxis of grade 1 or 2 is no grade: it blocks as ungraded.
            """
        case .extravasation: "That site is stopped; no later dose is shut by it."
        case .delayed:
            """
            Pain and fever a day or two later: recorded, no allergy, shuts nothing. The next dose is \
            to be slower, which G-MINOR-RX shows.
            """
        case .hypotension:
            "Alone, it holds the order and slows the next dose as a moderate reaction does."
        }
    }

    /// Where it comes from; § and R- numbers are those of the clinical facts.
    public var source: ClinicalSource {
        switch self {
        case .mild:
            ClinicalSource("clinical facts §5.3; Rampton; R-4", .verified, .high)
        case .moderate: ClinicalSource("clinical facts §5.3; Rampton", .verified, .medium)
        case .severe:
            ClinicalSource("clinical facts §5.2, §5.3; labels, CTCAE; R-19", .verified, .high)
        case .extravasation: ClinicalSource("clinical facts §5.3", .verified, .high)
        case .delayed: ClinicalSource("clinical facts §5.3", .generalKnowledge, .medium)
        case .hypotension: ClinicalSource("clinical facts §5.3", .engineeringDefault, .medium)
        }
    }
}
