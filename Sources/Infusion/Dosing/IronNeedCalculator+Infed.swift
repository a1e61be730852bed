import Foundation

extension IronNeedCalculator {
    /// The INFeD label's formula (§2.3, V H): `mL = 0.0442 × (desired − observed) × LBW + 0.26 × LBW`, and
    /// 50 mg in each mL. Exact; rounded only for display.
    public static func infed(
        leanBodyWeight: Kilograms, hemoglobin: GramsPerDeciliter, desired: GramsPerDeciliter? = nil
    ) throws(IronNeedProblem) -> IronNeed {
        try DosingWeight.requirePossible(leanBodyWeight)
        try requirePossible(hemoglobin)
        let weight = leanBodyWeight.value
        let desired = desired ?? infedDesired(leanBodyWeight)
        guard hemoglobinRange.admits(desired.value, nil) else {
            throw .targetOutOfRange(desired.value, accepted: hemoglobinRange.description)
        }
        let deficit = max(0, desired.value - hemoglobin.value)
        let milliliters = d("0.0442") * deficit * weight + d("0.26") * weight
        return IronNeed(
            method: .infedFormula, milligrams: Milligrams(milliliters * 50), weight: leanBodyWeight,
            hemoglobin: hemoglobin, targetHemoglobin: desired, stores: nil,
            formula: "(0.0442 × \(deficit) × \(weight) + 0.26 × \(weight)) mL × 50 mg/mL")
    }

    /// The haemoglobin that the label's formula aims at where the prescriber names none (§2.3, V H): 14.8
    /// above 15 kg, else 12.0; the lean weight of a child of up to 15 kg is its own.
    static func infedDesired(_ leanBodyWeight: Kilograms) -> GramsPerDeciliter {
        GramsPerDeciliter(leanBodyWeight.value > 15 ? d("14.8") : 12)
    }

    /// Lean body weight (§2.3, V H): 50, for women 45.5, plus 2.3 kg for each inch above 60; the actual
    /// weight if lower, and for 5 to 15 kg always.
    ///
    /// The height is needed above 15 kg. Where the sex is not known the women's figure, the lower, holds.
    public static func leanBodyWeight(
        gender: AdministrativeGender, height: Centimeters?, actual: Kilograms
    ) throws(IronNeedProblem) -> Kilograms {
        guard actual.value >= 5 else {
            throw .weightOutOfRange(actual.value, accepted: "5 kg or more")
        }
        try DosingWeight.requirePossible(actual)
        guard actual.value > 15 else { return actual }
        guard let height else { throw .heightMissing }
        guard BodyMeasure.possibleHeight.admits(height.value, nil) else {
            throw .heightOutOfRange(
                height.value, accepted: BodyMeasure.possibleHeight.description)
        }
        let base: Decimal =
            switch gender {
            case .male: 50
            case .female, .other, .unknown: d("45.5")
            }
        // Multiplied before it is divided: a whole number of inches gives an exact weight.
        let lean = base + (height.value * d("2.3") / d("2.54") - d("138"))
        guard lean >= 5 else {
            throw .heightOutOfRange(height.value, accepted: "a height the formula is made for")
        }
        return min(Kilograms(lean), actual)
    }
}
