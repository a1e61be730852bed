/// What the iron markers say in one context, with everything the answer rests on.
public struct IronStatus: Hashable, Sendable {
    public let context: ClinicalContext
    public let classification: IronClassification
    /// Whether the context's own rule allows starting iron, apart from the classification.
    /// `nil` where the context has no such rule, or its inputs leave it open.
    public let eligibleToStart: Bool?
    public let flags: Set<IronStatusFlag>
    public let predicates: [Predicate]
}

/// One answer per combination of markers; precedence R-13.
public enum IronClassification: String, Hashable, Sendable, CaseIterable {
    /// Results that must not be classified: after iron, after transfusion, during infection, impossible.
    case invalid
    /// A marker that the answer needs is missing, or its comparator leaves the answer open.
    case indeterminate
    /// Markers that contradict each other: repeat, fasting.
    case discordant
    case overload
    case absolute
    /// Ferritin alone proves it, saturation is missing: never enough for iron.
    case absoluteProvisional
    case functional
    case possible
    case sequestration
    case notDeficient
    case replete
}

/// What a reader of the classification should know besides.
public enum IronStatusFlag: String, Hashable, Sendable, CaseIterable {
    case ferritinMissing, saturationMissing, cReactiveProteinMissing
    /// A comparator such as `<40` leaves more than one answer.
    case comparatorLeavesOpen
    case valueImpossible, saturationLooksLikeFraction
    case collectedAfterIron, collectedAfterTransfusion, collectedDuringInfection, stale
    /// Known haemochromatosis or transfusional overload: the gate is absolute.
    case knownIronOverload
    /// Absolute by one guideline alone (ESMO: ferritin 30–100 with saturation of 20 % or more).
    case guidelineOnly
    /// Saturation is low, ferritin 100 or more, and no inflammation explains it.
    case lowSaturationUnexplained
    /// Ferritin shows deficiency and the context's own rule for starting says no.
    case startRuleDisagrees
    /// Packer 2024 would answer otherwise; information only.
    case packerDisagrees
    /// Saturation above 45 % with ferritin from 100 to below 200.
    case highSaturation
    /// On an ESA with ferritin above 500: possible benefit, individualise.
    case individualize
    /// Ferritin below 100 before surgery with major blood loss expected.
    case lowStoresForExpectedLoss
    /// Ferritin above 500 in kidney disease: review the dose (NICE).
    case reviewDose
    /// Reticulocyte haemoglobin below 29 pg.
    case reticulocyteHemoglobinLow
    /// The thresholds are for adults.
    case notAdult
}
