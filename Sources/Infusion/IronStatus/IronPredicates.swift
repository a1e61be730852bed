import Foundation

/// Every comparison behind a classification, readable without the code.
enum IronPredicates {
    static func all(of input: IronStatusInput) -> [Predicate] {
        var predicates = thresholds(input).map { predicate($0, input) }
        if input.circumstances.contains(.inflammation) {
            predicates.append(
                Predicate(
                    name: "inflammation", value: "true", unit: nil, comparison: "present",
                    threshold: "true", holds: true, source: "R-12: counts as a raised CRP",
                    evidence: []))
        }
        if input.circumstances.contains(.knownIronOverload) {
            predicates.append(
                Predicate(
                    name: "known-iron-overload", value: "true", unit: nil, comparison: "present",
                    threshold: "true", holds: true, source: "R-13, G-OVERLOAD", evidence: []))
        }
        return predicates
    }

    /// The ceilings that bear on this patient: the one on saturation beside ferritin of 200 ng/mL
    /// or more is left out where ferritin is surely below that.
    static func ceilings(_ input: IronStatusInput) -> [Predicate] {
        let isFar = input.ferritin.flatMap { ReportedRange($0.value, $0.comparator).isBelow(200) }
        return ceilingThresholds(input)
            .filter { $0 != IronCeiling.saturationWithFerritin || isFar != true }
            .map { predicate($0, input) }
    }

    static func thresholds(_ input: IronStatusInput) -> [IronThreshold] {
        ceilingThresholds(input) + row(input)
    }

    private static func ceilingThresholds(_ input: IronStatusInput) -> [IronThreshold] {
        let ceiling = IronCeiling(input.activeContexts)
        return [ceiling.ferritin] + (ceiling.saturation.map { [$0] } ?? [])
            + [IronCeiling.saturationWithFerritin]
    }

    static func row(_ input: IronStatusInput) -> [IronThreshold] {
        let lowSaturation = IronThreshold(.saturation, .below, 20, "§3, R-12")
        let raisedProtein = IronThreshold(.cReactiveProtein, .above, 5, "R-12")
        switch input.context {
        case .general:
            return [
                IronThreshold(.ferritin, .below, input.absoluteFerritin, "R-12; AGA: 45"),
                IronThreshold(.ferritin, .below, 100, "R-12"), lowSaturation, raisedProtein,
            ]
        case .oncology, .metastaticBreastCancer:
            let deficient = [
                IronThreshold(.ferritin, .below, 30, "NCCN (V)"),
                IronThreshold(.ferritin, .atMost, 100, "SEED-A; ESMO (V2)"), lowSaturation,
            ]
            let stimulated = [
                IronThreshold(.saturation, .below, 50, "NCCN on an ESA (V)"),
                IronThreshold(.ferritin, .atMost, 800, "NCCN on an ESA (V)"),
            ]
            return deficient + (IronEligibility.applies(to: input) ? stimulated : [])
        case .heartFailure:
            let deficient = [
                IronThreshold(.ferritin, .below, 100, "ESC/HFA, AHA (V)"),
                IronThreshold(.ferritin, .below, 300, "ESC/HFA, AHA (V)"), lowSaturation,
            ]
            let maintained = [
                IronThreshold(.ferritin, .atMost, 300, "FDA Injectafer maintenance (V)")
            ]
            return deficient + (IronEligibility.applies(to: input) ? maintained : [])
        case .ckdNonDialysis, .ckdPeritonealDialysis, .ckdHemodialysis:
            return kidney(input, lowSaturation, raisedProtein)
        case .ibdActive:
            return [
                IronThreshold(.ferritin, .below, 30, "ECCO (V2)"),
                IronThreshold(.ferritin, .atMost, 100, "ECCO (V2), R-12"), lowSaturation,
            ]
        case .ibdInactive:
            return [
                IronThreshold(.ferritin, .below, 30, "ECCO (V2), CHOP (V)"), lowSaturation,
                raisedProtein,
            ]
        case .pregnancy:
            return [IronThreshold(.ferritin, .below, 30, "BSH (V)"), lowSaturation]
        case .preOperative:
            return [
                IronThreshold(.ferritin, .below, 30, "Right Decisions (V)"),
                IronThreshold(.ferritin, .atMost, 100, "Right Decisions (V)"), lowSaturation,
                raisedProtein,
            ]
        }
    }

    private static func kidney(
        _ input: IronStatusInput, _ lowSaturation: IronThreshold, _ raisedProtein: IronThreshold
    ) -> [IronThreshold] {
        let source = "KDIGO 2026 (V2)"
        let start =
            input.context == .ckdHemodialysis
            ? [
                IronThreshold(.ferritin, .atMost, 500, source),
                IronThreshold(.saturation, .atMost, 30, source),
            ]
            : [
                IronThreshold(.ferritin, .below, 300, source),
                IronThreshold(.saturation, .below, 25, source),
                IronThreshold(.saturation, .below, 40, source),
            ]
        let retic =
            input.reticulocyteHemoglobin == nil
            ? [] : [IronThreshold(.reticulocyteHemoglobin, .below, 29, "NICE (V)")]
        let deficient = [
            IronThreshold(.ferritin, .below, 30, "§3: the low cut-off"),
            IronThreshold(.ferritin, .below, 100, "KDIGO 2026 (V2), NICE (V)"),
        ]
        return start + deficient + [lowSaturation, raisedProtein] + retic
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
