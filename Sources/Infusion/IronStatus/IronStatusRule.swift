public import Foundation

/// A row of the iron-status table, by its identifier there (facts §3; ).
public enum IronStatusRule: String, Hashable, Sendable, CaseIterable {
    case general = "STATUS-GENERAL"
    case oncology = "STATUS-ONC-ESMO"
    case oncologyOnStimulation = "STATUS-ONC-NCCN-ESA"
    case heartFailure = "STATUS-HF"
    case heartFailureMaintenance = "STATUS-HF-FDA"
    case ckdNonDialysis = "STATUS-CKD-ND"
    case ckdHemodialysis = "STATUS-CKD-HD"
    case ibdActive = "STATUS-IBD-ACTIVE"
    case ibdInactive = "STATUS-IBD-INACTIVE"
    case pregnancy = "STATUS-PREG"
    case preOperative = "STATUS-PREOP"
    case overload = "STATUS-OVERLOAD"
    case precedence = "STATUS-PRECEDENCE"
    case boundary = "STATUS-BOUNDARY"

    /// The rows that judge in a context.
    static func rows(of context: ClinicalContext) -> [IronStatusRule] {
        switch context {
        case .general: [.general]
        case .oncology, .metastaticBreastCancer: [.oncology, .oncologyOnStimulation]
        case .heartFailure: [.heartFailure, .heartFailureMaintenance]
        case .ckdNonDialysis, .ckdPeritonealDialysis: [.ckdNonDialysis]
        case .ckdHemodialysis: [.ckdHemodialysis]
        case .ibdActive: [.ibdActive]
        case .ibdInactive: [.ibdInactive]
        case .pregnancy: [.pregnancy]
        case .preOperative: [.preOperative]
        }
    }

    /// The contexts that the row is for; none where it is for all of them.
    public var contexts: [ClinicalContext] {
        ClinicalContext.allCases.filter { Self.rows(of: $0).contains(self) }
    }

    /// What else has to be so for the row to judge.
    private var circumstances: Set<IronStatusCircumstance> {
        switch self {
        case .oncologyOnStimulation: [.onErythropoiesisStimulatingAgent]
        case .heartFailureMaintenance: [.heartFailureMaintenance]
        case .general, .oncology, .heartFailure, .ckdNonDialysis, .ckdHemodialysis, .ibdActive,
            .ibdInactive, .pregnancy, .preOperative, .overload, .precedence, .boundary:
            []
        }
    }

    /// What the row answers on these markers; `nil` where it is of no context of its own.
    public func status(
        ferritin: IronMarker?, saturation: IronMarker?, cReactiveProtein: IronMarker?,
        by policy: ClinicalPolicy
    ) -> IronStatus? {
        contexts.first.map { context in
            IronStatus.classify(
                IronStatusInput(
                    context: context, ferritin: ferritin, saturation: saturation,
                    cReactiveProtein: cReactiveProtein, circumstances: circumstances),
                by: policy)
        }
    }

    /// What the row compares, each with its source. Those of overload are the ceilings of kidney
    /// disease, of oncology and of everybody else.
    public func thresholds(in policy: ClinicalPolicy) -> [IronThreshold] {
        let limits = policy.iron
        if self == .overload {
            let ceilings: [PolicySetting] = [
                .kidneyFerritinCeiling, .kidneySaturationCeiling, .oncologyFerritinCeiling,
                .oncologySaturationCeiling, .ferritinCeiling, .highSaturation,
            ]
            return ceilings.map { limits[$0] }
        }
        return contexts.first.map { context in
            IronPredicates.row(
                IronStatusInput(
                    context: context, ferritin: nil, saturation: nil, circumstances: circumstances),
                limits)
        } ?? []
    }

    /// Every limit of any row on a marker, each once and in order.
    public static func limits(
        on marker: IronThreshold.Marker, in policy: ClinicalPolicy
    ) -> [Decimal] {
        policy.iron.values(of: marker)
    }
}
