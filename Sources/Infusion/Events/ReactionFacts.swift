/// What was seen, by the names of the catalogue (clinical facts §5.1).
public enum ReactionKind: String, Hashable, Sendable, CaseIterable {
    case fishbane, carpaModerate, urticariaPruritus, hypotension, hypertensionTransient,
        bronchospasm
    case angioedema, anaphylaxis, syncopeVasovagal, nauseaVomiting, headacheDizziness, metallicTaste
    case injectionSite, extravasationStain, delayedArthralgiaMyalgiaFever, hypophosphatemia, kounis
    case fetalBradycardia, ironOverload, deviceOrRateError
}

/// CTCAE 1 to 5, or not graded yet. An ungraded serious kind blocks as if it were serious.
public enum ReactionGrade: Hashable, Sendable {
    case ungraded
    case ctcae(Int)
}

/// By which scale and version a grade was given (clinical facts §5.2: they differ, as for low phosphate).
public enum GradeScale: String, Hashable, Sendable, CaseIterable {
    case ctcae4, ctcae5
}

/// What was done about a reaction (clinical facts §5.3: "action"; the list is ED). Drugs and their doses are the
/// local protocol's and stand in no record here.
public enum ReactionAction: String, Hashable, Sendable, CaseIterable {
    case watched, slowed, paused, stopped, movedToAnotherSite, treated, emergencyCall
}

/// How a reaction ended, as far as it was known when it was told (clinical facts §5.3: "outcome"; the list is
/// that of HL7 FHIR's adverse events).
public enum ReactionOutcome: String, Hashable, Sendable, CaseIterable {
    case resolved, recovering, ongoing, resolvedWithSequelae, fatal, unknown
}

/// What clinical facts §5.3 want with a reaction, each as far as somebody said it.
public struct ReactionCourse: Hashable, Sendable {
    /// Nobody said anything.
    public static let untold = ReactionCourse()

    /// How fast the infusion ran when it began.
    public let rate: MillilitersPerHour?
    public let gradeScale: GradeScale?
    /// Empty where nobody said what.
    public let actions: Set<ReactionAction>
    public let outcome: ReactionOutcome?

    public init(
        rate: MillilitersPerHour? = nil, gradeScale: GradeScale? = nil,
        actions: Set<ReactionAction> = [], outcome: ReactionOutcome? = nil
    ) {
        self.rate = rate
        self.gradeScale = gradeScale
        self.actions = actions
        self.outcome = outcome
    }
}

/// A reaction to a dose, during it or after.
public struct Reaction: Hashable, Sendable {
    public let id: ReactionID
    public let dose: DoseID
    public let kind: ReactionKind
    public let grade: ReactionGrade
    /// Minutes from the start of the infusion; `nil` when not known.
    public let onsetMinute: Int?
    /// Milligrams given by then; `nil` when not known.
    public let deliveredAtOnset: Milligrams?
    public let course: ReactionCourse

    public init(
        id: ReactionID, dose: DoseID, kind: ReactionKind, grade: ReactionGrade, onsetMinute: Int?,
        deliveredAtOnset: Milligrams?, course: ReactionCourse = .untold
    ) {
        self.id = id
        self.dose = dose
        self.kind = kind
        self.grade = grade
        self.onsetMinute = onsetMinute
        self.deliveredAtOnset = deliveredAtOnset
        self.course = course
    }
}
