import Foundation

/// Every limit of the iron-status rules, as the pathways have it (facts §3; ): the rules
/// decide by them, and their predicates show them.
struct IronLimits: Hashable {
    private let thresholds: [PolicySetting: IronThreshold]
    /// What a value can lie above, on or below, each once and in order.
    private let values: [IronThreshold.Marker: [Decimal]]

    init(_ pathways: ClinicalPathways) {
        thresholds = Dictionary(
            Self.compared.map { setting, marker, comparison in
                let threshold = IronThreshold(
                    marker, comparison, pathways.decimal(setting), pathways.because(setting))
                return (setting, threshold)
            }, uniquingKeysWith: { first, _ in first })
        values = Dictionary(grouping: thresholds.values, by: \.marker)
            .mapValues { Set($0.map(\.limit)).sorted() }
    }

    subscript(setting: PolicySetting) -> IronThreshold {
        guard let threshold = thresholds[setting] else {
            preconditionFailure("\(setting) is no limit of the iron status")
        }
        return threshold
    }

    func values(of marker: IronThreshold.Marker) -> [Decimal] { values[marker] ?? [] }

    /// What each is compared with, and how.
    private static let compared: [(PolicySetting, IronThreshold.Marker, IronThreshold.Comparison)] =
        [
            (.lowSaturation, .saturation, .below), (.raisedProtein, .cReactiveProtein, .above),
            (.lowReticulocyteHemoglobin, .reticulocyteHemoglobin, .below),
            (.ferritinAlone, .ferritin, .below),
            (.generalFerritinAbsolute, .ferritin, .below),
            (.generalFerritinStores, .ferritin, .below),
            (.oncologyFerritinAbsolute, .ferritin, .below),
            (.oncologyFerritinDeficient, .ferritin, .atMost),
            (.oncologyStimulatedSaturation, .saturation, .below),
            (.oncologyStimulatedFerritin, .ferritin, .atMost),
            (.oncologyIndividualizeFerritin, .ferritin, .above),
            (.heartFailureFerritinAbsolute, .ferritin, .below),
            (.heartFailureFerritinFunctional, .ferritin, .below),
            (.heartFailureMaintenanceFerritin, .ferritin, .atMost),
            (.kidneyFerritinAbsolute, .ferritin, .below),
            (.kidneyStartFerritin, .ferritin, .below),
            (.kidneyStartSaturation, .saturation, .below),
            (.kidneyStartSaturationAbsolute, .saturation, .below),
            (.hemodialysisStartFerritin, .ferritin, .atMost),
            (.hemodialysisStartSaturation, .saturation, .atMost),
            (.kidneyReviewFerritin, .ferritin, .above),
            (.bowelDiseaseFerritinAbsolute, .ferritin, .below),
            (.bowelDiseaseFerritinMixed, .ferritin, .atMost),
            (.bowelDiseaseInactiveFerritinAbsolute, .ferritin, .below),
            (.bowelDiseaseRetreatmentFerritin, .ferritin, .below),
            (.pregnancyFerritinAbsolute, .ferritin, .below),
            (.preOperativeFerritinAbsolute, .ferritin, .below),
            (.preOperativeFerritinFunctional, .ferritin, .atMost),
            (.preOperativeFerritinForLoss, .ferritin, .below),
            (.ferritinCeiling, .ferritin, .above), (.oncologyFerritinCeiling, .ferritin, .above),
            (.oncologySaturationCeiling, .saturation, .atLeast),
            (.kidneyFerritinCeiling, .ferritin, .above),
            (.kidneySaturationCeiling, .saturation, .atLeast),
            (.highSaturation, .saturation, .above), (.highSaturationFerritin, .ferritin, .atLeast),
            (.contradictedFerritin, .ferritin, .below),
        ]
}
