import Foundation

/// The contexts' own rules for starting iron, apart from the classification.
enum IronEligibility {
    /// `nil` where the context has no such rule, or a marker it needs is missing.
    static func mayStart(_ sample: IronSample, _ input: IronStatusInput) -> Bool? {
        guard applies(to: input), let ferritin = sample.ferritin, let saturation = sample.saturation
        else { return nil }
        switch input.context {
        case .ckdNonDialysis, .ckdPeritonealDialysis:
            // KDIGO 2026 (V2).
            return ferritin < 100 && saturation < 40
                || ferritin >= 100 && ferritin < 300 && saturation < 25
        case .ckdHemodialysis:
            // KDIGO 2026 (V2).
            return ferritin <= 500 && saturation <= 30
        case .heartFailure:
            // FDA label of Injectafer, maintenance: 100 and 300 are both inside (V).
            return ferritin < 100 || ferritin <= 300 && saturation < 20
        case .oncology, .metastaticBreastCancer:
            // NCCN, ASCO/ASH: on an ESA, with or without deficiency (V).
            return saturation < 50 && ferritin <= 800
        case .ibdActive, .ibdInactive:
            // Retreatment below 100 (eTG, V; R-11).
            return ferritin < 100
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
