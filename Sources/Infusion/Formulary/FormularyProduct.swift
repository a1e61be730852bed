public import Foundation

/// A product as it is licensed and bought: brand and licence, not ingredient (clinical facts §1.1).
public struct Product: Hashable, Sendable {
    public let key: ProductKey
    public let moiety: Moiety
    public let region: LabelRegion
    public let brand: String
    public let generic: String
    /// Milligrams of elemental iron in one millilitre.
    public let ironPerMilliliter: Decimal
    public let testDose: TestDoseRule
    /// From the end of the infusion, and until clinically stable.
    public let observationMinutes: Int
    /// What a reaction to another parenteral iron means for this one.
    public let otherIronReaction: OtherIronReactionRule
    public let boxedWarnings: [String]
    public let contraindications: [String]
    /// The sizes it comes in; empty where they are not known.
    public let vials: [Vial]
    /// How it is diluted; `nil` where no rule is known.
    public let preparation: PreparationID?
    /// The rows of the dosing table that this product's label holds; none if it is not for iron deficiency.
    public let rows: [DosingRowID]
    public let source: ClinicalSource

    public init(
        key: ProductKey, moiety: Moiety, region: LabelRegion, brand: String, generic: String,
        ironPerMilliliter: Decimal, testDose: TestDoseRule, observationMinutes: Int,
        otherIronReaction: OtherIronReactionRule, boxedWarnings: [String],
        contraindications: [String], vials: [Vial], preparation: PreparationID?,
        rows: [DosingRowID], source: ClinicalSource
    ) {
        self.key = key
        self.moiety = moiety
        self.region = region
        self.brand = brand
        self.generic = generic
        self.ironPerMilliliter = ironPerMilliliter
        self.testDose = testDose
        self.observationMinutes = observationMinutes
        self.otherIronReaction = otherIronReaction
        self.boxedWarnings = boxedWarnings
        self.contraindications = contraindications
        self.vials = vials
        self.preparation = preparation
        self.rows = rows
        self.source = source
    }
}

/// Whether a test dose comes before the first therapeutic one (clinical facts §1.5).
public enum TestDoseRule: Hashable, Sendable {
    case none
    /// Counts towards the day's dose; the wait follows it and precedes the rest.
    case mandatory(Milligrams, waitMinutes: Int)
    /// Not a test dose, which is no longer recommended: the first portion of the dose is given slowly.
    case slowStart(Milligrams, overMinutes: Int)
}

/// What a reaction to any *other* intravenous iron means (clinical facts §1.5, G-ANAPH-ANY).
public enum OtherIronReactionRule: String, Hashable, Sendable, CaseIterable {
    /// US labels other than ferumoxytol: a soft gate with specialist advice after a serious reaction.
    case specialistAdvice
    /// EU labels: serious hypersensitivity to any parenteral iron is a contraindication.
    case seriousBlocks
    /// Ferumoxytol: any allergic reaction to any intravenous iron is a contraindication.
    case anyBlocks
}
