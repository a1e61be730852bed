import Foundation

extension Analyte {
    /// Outside this range a value cannot be and is rejected (clinical facts §8), in the canonical unit.
    public var possible: ValueRange {
        let (low, high): (Decimal, Decimal) =
            switch self {
            case .hemoglobin: (1, 25)
            case .hematocrit: (3, 75)
            case .meanCorpuscularVolume: (40, 160)
            case .ferritin: (0, 100_000)
            case .iron: (0, 1_000)
            case .totalIronBindingCapacity: (50, 1_000)
            case .transferrin: (20, 800)
            case .transferrinSaturation: (0, 100)
            case .cReactiveProtein: (0, 600)
            case .phosphate: (d("0.1"), 20)
            case .vitaminB12: (0, 20_000)
            case .folate: (0, 200)
            case .creatinine: (d("0.1"), 40)
            case .estimatedGlomerularFiltrationRate: (0, 250)
            case .reticulocyteHemoglobin: (10, 50)
            }
        return ValueRange(low: low, high: high, unit: canonicalUnit)
    }

    /// Below or above these a value is taken and pointed out (clinical facts §8).
    var usual: (low: Decimal?, high: Decimal?) {
        switch self {
        case .hemoglobin: (7, 18)
        case .meanCorpuscularVolume: (70, 110)
        case .ferritin: (nil, 1_000)
        // Iron given lately reads above 300.
        case .iron: (nil, 300)
        case .transferrinSaturation: (nil, 45)
        case .cReactiveProtein: (nil, 5)
        case .phosphate: (d("2.5"), nil)
        case .reticulocyteHemoglobin: (29, nil)
        case .hematocrit, .totalIronBindingCapacity, .transferrin, .vitaminB12, .folate,
            .creatinine,
            .estimatedGlomerularFiltrationRate:
            (nil, nil)
        }
    }
}
