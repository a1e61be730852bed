import Foundation

extension IronNeedCalculator {
    /// The INFeD label's formula (§2.3): `mL = 0.0442 × (desired − observed) × LBW + 0.26 × LBW`, and
    /// 50 mg in each mL, with the tables' constants. Exact; rounded only for display.
    public func infed(
        leanBodyWeight: Kilograms, hemoglobin: GramsPerDeciliter, desired: GramsPerDeciliter? = nil
    ) throws(IronNeedProblem) -> IronNeed {
        try DosingWeight.requirePossible(leanBodyWeight)
        try Self.requirePossible(hemoglobin)
        let weight = leanBodyWeight.value
        let constants = tables.infed
        let desired = desired ?? constants.desired(at: leanBodyWeight)
        try Self.requirePossible(target: desired)
        let deficit = max(0, desired.value - hemoglobin.value)
        let (factor, stores) = (constants.hemoglobinFactor, constants.storesFactor)
        let milliliters = factor * deficit * weight + stores * weight
        let iron = constants.ironPerMilliliter
        return IronNeed(
            method: .infedFormula, milligrams: Milligrams(milliliters * iron),
            weight: leanBodyWeight, hemoglobin: hemoglobin, targetHemoglobin: desired, stores: nil,
            formula:
                "(\(factor) × \(deficit) × \(weight) + \(stores) × \(weight)) mL × \(iron) mg/mL")
    }

    /// Lean body weight (§2.3): 50, for women 45.5, plus 2.3 kg for each inch above 60; the actual weight
    /// if lower, and for 5 to 15 kg always. All of them are the tables' constants.
    ///
    /// The height is needed above a child's weight. Where the sex is not known the women's figure, the
    /// lower, holds.
    public func leanBodyWeight(
        gender: AdministrativeGender, height: Centimeters?, actual: Kilograms
    ) throws(IronNeedProblem) -> Kilograms {
        let lean = tables.infed.leanBodyWeight
        guard actual >= lean.from else {
            throw .weightOutOfRange(actual.value, accepted: "\(lean.from) or more")
        }
        try DosingWeight.requirePossible(actual)
        guard actual > tables.infed.childUpTo else { return actual }
        guard let height else { throw .heightMissing }
        guard BodyMeasure.possibleHeight.admits(height.value, nil) else {
            throw .heightOutOfRange(
                height.value, accepted: BodyMeasure.possibleHeight.description)
        }
        let base =
            switch gender {
            case .male: lean.men
            case .female, .other, .unknown: lean.women
            }
        let perInch = lean.perInch.value
        // Multiplied before it is divided: a whole number of inches gives an exact weight.
        let above = height.value * perInch / d("2.54") - perInch * lean.aboveInches
        let found = base + Kilograms(above)
        guard found >= lean.from else {
            throw .heightOutOfRange(height.value, accepted: "a height the formula is made for")
        }
        return min(found, actual)
    }
}
