import Foundation

/// A UCUM unit that an analyte may come in, and the way from it to the canonical one.
public struct AcceptedUnit: Hashable, Sendable {
    /// UCUM, case-sensitive.
    public let ucum: String
    public let property: AnalyteCode.Property
    let conversion: Conversion
    let warning: LabWarning?

    enum Conversion: Hashable, Sendable {
        case times(Decimal)
        /// Where the exact factor is a divisor.
        case over(Decimal)
        /// Haemoglobin: rounded to 0.01 g/dL, as its bands are compared.
        case timesToHundredths(Decimal)
    }

    func canonical(_ value: Decimal) -> Decimal {
        switch conversion {
        case .times(let factor): value * factor
        case .over(let divisor): value / divisor
        case .timesToHundredths(let factor): (value * factor).rounded(places: 2)
        }
    }
}

extension Analyte {
    /// The one unit that the rules read (architecture §3); factors of clinical facts §8 and R-40.
    public var canonicalUnit: String { units[0].ucum }

    /// The units the analyte is accepted in, the canonical one first. UCUM writes the litre `l` or `L`.
    public var units: [AcceptedUnit] {
        switch self {
        case .hemoglobin:
            [
                unit("g/dL", .mass, .timesToHundredths(1)),
                unit("g/dl", .mass, .timesToHundredths(1)),
                unit("g/L", .mass, .timesToHundredths(d("0.1"))),
                unit("g/l", .mass, .timesToHundredths(d("0.1"))),
                unit("mmol/L", .substance, .timesToHundredths(d("1.6114"))),
                unit("mmol/l", .substance, .timesToHundredths(d("1.6114"))),
            ]
        case .hematocrit:
            [unit("%"), unit("L/L", .other, .times(100)), unit("l/l", .other, .times(100))]
        case .meanCorpuscularVolume: [unit("fL"), unit("fl"), unit("um3")]
        case .ferritin:
            nanogramsPerMilliliter + [
                // 0.445 is from general knowledge.
                unit("pmol/L", .substance, .times(d("0.445")), .unverifiedFactor),
                unit("pmol/l", .substance, .times(d("0.445")), .unverifiedFactor),
            ]
        case .iron, .totalIronBindingCapacity:
            [
                unit("ug/dL", .mass), unit("ug/dl", .mass),
                unit("umol/L", .substance, .times(d("5.585"))),
                unit("umol/l", .substance, .times(d("5.585"))),
            ]
        case .transferrin:
            [unit("mg/dL", .mass), unit("mg/dl", .mass)] + [
                unit("g/L", .mass, .times(100)), unit("g/l", .mass, .times(100)),
            ]
        case .transferrinSaturation: [unit("%")]
        case .cReactiveProtein:
            [unit("mg/L", .mass), unit("mg/l", .mass)] + [
                unit("mg/dL", .mass, .times(10)), unit("mg/dl", .mass, .times(10)),
            ]
        case .phosphate:
            [unit("mg/dL", .mass), unit("mg/dl", .mass)] + [
                unit("mmol/L", .substance, .times(d("3.097"))),
                unit("mmol/l", .substance, .times(d("3.097"))),
            ]
        case .vitaminB12:
            [unit("pg/mL", .mass), unit("pg/ml", .mass), unit("ng/L", .mass), unit("ng/l", .mass)]
                + [
                    unit("pmol/L", .substance, .times(d("1.355"))),
                    unit("pmol/l", .substance, .times(d("1.355"))),
                ]
        case .folate:
            nanogramsPerMilliliter + [
                unit("nmol/L", .substance, .times(d("0.4413"))),
                unit("nmol/l", .substance, .times(d("0.4413"))),
            ]
        case .creatinine:
            [unit("mg/dL", .mass), unit("mg/dl", .mass)] + [
                unit("umol/L", .substance, .over(d("88.42"))),
                unit("umol/l", .substance, .over(d("88.42"))),
            ]
        case .estimatedGlomerularFiltrationRate:
            [
                unit("mL/min/{1.73_m2}"), unit("ml/min/{1.73_m2}"),
                // Real data leave the body surface out; the reading says so.
                unit("mL/min", .other, .times(1), .notIndexedToBodySurface),
                unit("ml/min", .other, .times(1), .notIndexedToBodySurface),
            ]
        case .reticulocyteHemoglobin: [unit("pg")]
        }
    }

    private var nanogramsPerMilliliter: [AcceptedUnit] {
        ["ng/mL", "ng/ml", "ug/L", "ug/l"].map { unit($0, .mass) }
    }

    private func unit(
        _ ucum: String, _ property: AnalyteCode.Property = .other,
        _ conversion: AcceptedUnit.Conversion = .times(1), _ warning: LabWarning? = nil
    ) -> AcceptedUnit {
        AcceptedUnit(ucum: ucum, property: property, conversion: conversion, warning: warning)
    }
}
