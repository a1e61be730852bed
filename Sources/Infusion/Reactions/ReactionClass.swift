/// What a reaction is at the bedside: the rows of the algorithm in clinical facts §5.3.
public enum ReactionClass: String, Hashable, Sendable, CaseIterable {
    case mild, moderate
    /// Severe, anaphylaxis, or a serious kind that nobody has graded yet.
    case severe
    /// At the site of the needle alone.
    case extravasation
    /// Told a day or two later.
    case delayed
    case hypotension
    /// What no row describes, as low phosphate: nothing is asked at the bedside.
    case none

    public init(_ kind: ReactionKind, _ grade: ReactionGrade) {
        let isSerious = ReactionSeverity.isSerious(kind, grade)
        switch kind {
        case .fishbane, .urticariaPruritus, .hypertensionTransient, .syncopeVasovagal,
            .nauseaVomiting, .headacheDizziness, .metallicTaste:
            self = isSerious ? .severe : .mild
        case .carpaModerate, .bronchospasm, .angioedema, .anaphylaxis, .kounis, .fetalBradycardia:
            self = isSerious ? .severe : .moderate
        case .hypotension: self = isSerious ? .severe : .hypotension
        case .delayedArthralgiaMyalgiaFever: self = isSerious ? .severe : .delayed
        case .deviceOrRateError: self = isSerious ? .severe : .none
        case .extravasationStain, .injectionSite: self = .extravasation
        case .hypophosphatemia, .ironOverload: self = .none
        }
    }
}

extension ReactionClass {
    /// The next dose of its order waits for a clinician (facts §5.3); a severe one holds all orders.
    var holdsItsOrder: Bool {
        switch self {
        case .moderate, .hypotension: true
        case .mild, .severe, .extravasation, .delayed, .none: false
        }
    }

    /// The next dose is given slower, after a review too (facts §5.3).
    var slowsNextDose: Bool {
        switch self {
        case .mild, .moderate, .hypotension, .delayed: true
        case .severe, .extravasation, .none: false
        }
    }
}

extension ReactionRecord {
    /// By the present grade.
    public var bedsideClass: ReactionClass { ReactionClass(reaction.kind, grade) }

    /// When it began: the minute of its onset, or when it was seen where that is not known.
    func onset(in dose: DoseRecord) -> Instant {
        reaction.onsetMinute.map { dose.startedAt.adding(minutes: Int64($0)) } ?? at
    }
}
