public import Foundation

/// A marker as it was reported: `<15` is below fifteen, and stays so.
public struct IronMarker: Hashable, Sendable {
    public let comparator: Comparator?
    /// In the analyte's canonical unit.
    public let value: Decimal
    /// The events that the value was read from.
    public let evidence: [EventVersion]

    public init(_ value: Decimal, comparator: Comparator? = nil, evidence: [EventVersion] = []) {
        self.comparator = comparator
        self.value = value
        self.evidence = evidence
    }
    public init(_ value: LabValue, evidence: [EventVersion]) {
        self.init(value.canonical, comparator: value.comparator, evidence: evidence)
    }
}

/// What the classification reads. A missing marker is `nil`, never a normal value.
public struct IronStatusInput: Hashable, Sendable {
    /// The context whose rules judge: the order's own.
    public var context: ClinicalContext
    /// Every active context; the strictest ceiling of them applies.
    public var activeContexts: Set<ClinicalContext>
    public var ferritin: IronMarker?
    public var saturation: IronMarker?
    public var cReactiveProtein: IronMarker?
    public var reticulocyteHemoglobin: IronMarker?
    public var circumstances: Set<IronStatusCircumstance>

    public init(
        context: ClinicalContext, activeContexts: Set<ClinicalContext> = [], ferritin: IronMarker?,
        saturation: IronMarker?, cReactiveProtein: IronMarker? = nil,
        reticulocyteHemoglobin: IronMarker? = nil, circumstances: Set<IronStatusCircumstance> = []
    ) {
        self.context = context
        self.activeContexts = activeContexts.union([context])
        self.ferritin = ferritin
        self.saturation = saturation
        self.cReactiveProtein = cReactiveProtein
        self.reticulocyteHemoglobin = reticulocyteHemoglobin
        self.circumstances = circumstances
    }
}

/// What else is true of the patient or of the specimens.
public enum IronStatusCircumstance: String, Hashable, Sendable, CaseIterable {
    /// Inflammation known clinically: counts as a raised C-reactive protein.
    case inflammation
    case onErythropoiesisStimulatingAgent
    case knownIronOverload
    /// Deciding on a heart-failure maintenance dose of weeks 12, 24, 36 (FDA label).
    case heartFailureMaintenance
    /// Iron-deficiency treated before in inflammatory bowel disease: retreatment below 100 ng/mL.
    case ibdRetreatment
    case majorBloodLossExpected
    /// Younger than 18 years, or of unknown age.
    case notAdult
    /// The four make the markers invalid for a diagnosis (clinical facts §3.1, R-14).
    case collectedAfterIron, collectedAfterTransfusion, collectedDuringInfection, stale
}
