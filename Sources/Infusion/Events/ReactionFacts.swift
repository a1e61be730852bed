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

    public init(
        id: ReactionID, dose: DoseID, kind: ReactionKind, grade: ReactionGrade, onsetMinute: Int?,
        deliveredAtOnset: Milligrams?
    ) {
        self.id = id
        self.dose = dose
        self.kind = kind
        self.grade = grade
        self.onsetMinute = onsetMinute
        self.deliveredAtOnset = deliveredAtOnset
    }
}
