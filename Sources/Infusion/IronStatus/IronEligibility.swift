import Foundation

/// The contexts' own rules for starting iron, apart from the classification.
enum IronEligibility {
    /// `nil` where the context has no such rule, or a marker it needs is missing.
    static func mayStart(
        _ sample: IronSample, _ input: IronStatusInput, _ limits: IronLimits
    ) -> Bool? {
        guard applies(to: input), let ferritin = sample.ferritin, let saturation = sample.saturation
        else { return nil }
        func stores(_ setting: PolicySetting) -> Bool { limits[setting].holds(ferritin) }
        func transport(_ setting: PolicySetting) -> Bool { limits[setting].holds(saturation) }
        switch input.context {
        case .ckdNonDialysis, .ckdPeritonealDialysis:
            // KDIGO 2026 (V2).
            return stores(.kidneyFerritinAbsolute)
                ? transport(.kidneyStartSaturationAbsolute)
                : stores(.kidneyStartFerritin) && transport(.kidneyStartSaturation)
        case .ckdHemodialysis:
            // KDIGO 2026 (V2).
            return stores(.hemodialysisStartFerritin) && transport(.hemodialysisStartSaturation)
        case .heartFailure:
            // FDA label of Injectafer, maintenance: both limits are inside (V).
            return stores(.heartFailureFerritinAbsolute)
                || stores(.heartFailureMaintenanceFerritin) && transport(.lowSaturation)
        case .oncology, .metastaticBreastCancer:
            // NCCN, ASCO/ASH: on an ESA, with or without deficiency (V).
            return transport(.oncologyStimulatedSaturation) && stores(.oncologyStimulatedFerritin)
        case .ibdActive, .ibdInactive:
            // Retreatment (eTG, V; R-11).
            return stores(.bowelDiseaseRetreatmentFerritin)
        case .general, .pregnancy, .preOperative:
            return nil
        }
    }

    static func applies(to input: IronStatusInput) -> Bool {
        switch input.context {
        case .ckdNonDialysis, .ckdPeritonealDialysis, .ckdHemodialysis: true
        case .heartFailure: input.circumstances.contains(.heartFailureMaintenance)
        case .oncology, .metastaticBreastCancer:
            input.circumstances.contains(.onErythropoiesisStimulatingAgent)
        case .ibdActive, .ibdInactive: input.circumstances.contains(.ibdRetreatment)
        case .general, .pregnancy, .preOperative: false
        }
    }
}
