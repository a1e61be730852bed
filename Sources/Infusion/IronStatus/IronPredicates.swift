import Foundation

/// Every comparison behind a classification, readable without the code.
enum IronPredicates {
    static func all(of input: IronStatusInput, _ limits: IronLimits) -> [Predicate] {
        let thresholds = ceilingThresholds(input, limits) + row(input, limits)
        var predicates = thresholds.map { predicate($0, input) }
        // Where the row compares it a missing one is named by that comparison.
        if input.context.requiresProtein, input.cReactiveProtein == nil,
            !thresholds.contains(where: { $0.marker == .cReactiveProtein })
        {
            predicates.append(
                .missing(
                    IronThreshold.Marker.cReactiveProtein.rawValue,
                    unit: Analyte.cReactiveProtein.canonicalUnit, "present", "c-reactive-protein",
                    source: required.line))
        }
        if input.circumstances.contains(.inflammation) {
            predicates.append(
                Predicate(
                    name: "inflammation", value: "true", unit: nil, comparison: "present",
                    threshold: "true", holds: true,
                    source: "clinical facts R-12: counts as a raised CRP (ED M)",
                    evidence: []))
        }
        if input.circumstances.contains(.knownIronOverload) {
            predicates.append(
                Predicate(
                    name: "known-iron-overload", value: "true", unit: nil, comparison: "present",
                    threshold: "true", holds: true, source: Gate.overload.because, evidence: []))
        }
        return predicates
    }

    /// What is drawn for a diagnosis in a context.
    static let required = ClinicalSource("clinical facts §3.1", .engineeringDefault, .low)

    /// The ceilings that bear on this patient: the one on saturation beside a ferritin that is not low
    /// is left out where ferritin surely is.
    static func ceilings(_ input: IronStatusInput, _ limits: IronLimits) -> [Predicate] {
        let isFar = limits[.highSaturationFerritin].holds(for: input.ferritin) == false
        return ceilingThresholds(input, limits)
            .filter { !isFar || $0 != limits[.highSaturation] }
            .map { predicate($0, input) }
    }

    private static func ceilingThresholds(
        _ input: IronStatusInput, _ limits: IronLimits
    ) -> [IronThreshold] {
        let ceiling = IronCeiling(input.activeContexts, limits)
        return [ceiling.ferritin] + (ceiling.saturation.map { [$0] } ?? [])
            + [limits[.highSaturation]]
    }

    /// What the row of the context compares.
    static func row(_ input: IronStatusInput, _ limits: IronLimits) -> [IronThreshold] {
        settings(input).map { limits[$0] }
    }

    private static func settings(_ input: IronStatusInput) -> [PolicySetting] {
        switch input.context {
        case .general:
            return [
                .generalFerritinAbsolute, .generalFerritinStores, .lowSaturation, .raisedProtein,
            ]
        case .oncology, .metastaticBreastCancer:
            let stimulated: [PolicySetting] = [
                .oncologyStimulatedSaturation, .oncologyStimulatedFerritin,
            ]
            return [.oncologyFerritinAbsolute, .oncologyFerritinDeficient, .lowSaturation]
                + (IronEligibility.applies(to: input) ? stimulated : [])
        case .heartFailure:
            let maintained: [PolicySetting] = [.heartFailureMaintenanceFerritin]
            return [.heartFailureFerritinAbsolute, .heartFailureFerritinFunctional, .lowSaturation]
                + (IronEligibility.applies(to: input) ? maintained : [])
        case .ckdNonDialysis, .ckdPeritonealDialysis:
            return [
                .kidneyStartFerritin, .kidneyStartSaturation, .kidneyStartSaturationAbsolute,
            ] + kidney(input)
        case .ckdHemodialysis:
            return [.hemodialysisStartFerritin, .hemodialysisStartSaturation] + kidney(input)
        case .ibdActive:
            return [.bowelDiseaseFerritinAbsolute, .bowelDiseaseFerritinMixed, .lowSaturation]
        case .ibdInactive:
            return [.bowelDiseaseInactiveFerritinAbsolute, .lowSaturation, .raisedProtein]
        case .pregnancy: return [.pregnancyFerritinAbsolute, .lowSaturation]
        case .preOperative:
            return [
                .preOperativeFerritinAbsolute, .preOperativeFerritinFunctional, .lowSaturation,
                .raisedProtein,
            ]
        }
    }

    private static func kidney(_ input: IronStatusInput) -> [PolicySetting] {
        [.ferritinAlone, .kidneyFerritinAbsolute, .lowSaturation, .raisedProtein]
            + (input.reticulocyteHemoglobin == nil ? [] : [.lowReticulocyteHemoglobin])
    }

    private static func predicate(_ threshold: IronThreshold, _ input: IronStatusInput) -> Predicate
    {
        let (marker, unit): (IronMarker?, String) =
            switch threshold.marker {
            case .ferritin: (input.ferritin, Analyte.ferritin.canonicalUnit)
            case .saturation: (input.saturation, Analyte.transferrinSaturation.canonicalUnit)
            case .cReactiveProtein: (input.cReactiveProtein, Analyte.cReactiveProtein.canonicalUnit)
            case .reticulocyteHemoglobin:
                (input.reticulocyteHemoglobin, Analyte.reticulocyteHemoglobin.canonicalUnit)
            }
        return Predicate(
            name: threshold.marker.rawValue,
            value: marker.map { ($0.comparator?.rawValue ?? "") + "\($0.value)" }, unit: unit,
            comparison: threshold.comparison.rawValue, threshold: "\(threshold.limit)",
            holds: threshold.holds(for: marker), source: threshold.source,
            evidence: marker?.evidence ?? [])
    }
}
