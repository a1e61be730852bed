import Foundation

/// How much iron a patient needs, by the methods of clinical facts §2. Exact; rounding is a separate step.
///
/// Every answer carries its formula: a clinician must be able to compute it again by hand.
public enum IronNeedCalculator {
    /// 0.0034 × 0.07 × 10,000 = 2.38, rounded to 2.4 by the SmPC: this constant, not 2.38 and, with
    /// g/dL, not 0.24 (V H).
    static let ganzoniFactor = d("2.4")
    /// Below this weight the child branch holds; exactly 35 kg is an adult by the published tables.
    static let childBelow = Kilograms(35)

    /// Ganzoni: `W × max(0, target − Hb) × 2.4 + stores` (§2.1, V H).
    ///
    /// Defaults by weight: target 15 and stores 500 mg, below 35 kg target 13 and stores 15 mg/kg. At or
    /// above the target the first term is zero and the need is the stores (ED).
    public static func ganzoni(
        _ weight: DosingWeight, hemoglobin: GramsPerDeciliter, target: GramsPerDeciliter? = nil,
        stores: Milligrams? = nil
    ) throws(IronNeedProblem) -> IronNeed {
        try DosingWeight.requirePossible(weight.weight)
        try requirePossible(hemoglobin)
        let isChild = weight.weight < childBelow
        let target = target ?? GramsPerDeciliter(isChild ? 13 : 15)
        let stores = stores ?? (isChild ? Milligrams(weight.weight.value * 15) : Milligrams(500))
        guard hemoglobinRange.admits(target.value, nil) else {
            throw .targetOutOfRange(target.value, accepted: hemoglobinRange.description)
        }
        guard storesRange.admits(stores.value, nil) else {
            throw .storesOutOfRange(stores.value, accepted: storesRange.description)
        }
        let deficit = max(0, target.value - hemoglobin.value)
        let need = weight.weight.value * deficit * ganzoniFactor + stores.value
        let difference =
            hemoglobin > target
            ? "max(0, \(target.value) − \(hemoglobin.value))"
            : "(\(target.value) − \(hemoglobin.value))"
        return IronNeed(
            method: .ganzoni, milligrams: Milligrams(need), weight: weight.weight,
            hemoglobin: hemoglobin, targetHemoglobin: target, stores: stores,
            formula: "\(weight.weight.value) × \(difference) × \(ganzoniFactor) + \(stores.value)"
                + weight.basis.remark)
    }

    /// A blood loss with stores intact: `W × 2.4 × ΔHb` (§2.3, Venofer label, V).
    public static func replacement(
        of loss: GramsPerDeciliter, weight: Kilograms, hemoglobin: GramsPerDeciliter
    ) throws(IronNeedProblem) -> IronNeed {
        guard loss > .zero else {
            throw .amountOutOfRange(loss.value, accepted: "more than 0 g/dL")
        }
        return try ganzoni(
            DosingWeight(weight: weight, basis: .actual), hemoglobin: hemoglobin,
            target: hemoglobin + loss, stores: .zero)
    }

    /// A known blood loss. Venofer: 200 mg for each unit; INFeD: a mL of red cells holds a mg (§2.3, V).
    public static func replacement(of loss: BloodLoss) throws(IronNeedProblem) -> IronNeed {
        switch loss {
        case .units(let units):
            let most = InfusionLimits.unitsLost
            guard units > 0, units <= most else {
                throw .unitsLostOutOfRange(units, accepted: "more than 0, at most \(most) units")
            }
            return IronNeed(
                replacing: loss, milligrams: Milligrams(units * unitLost.value),
                formula: "\(units) units × \(unitLost)")
        case .volume(let volume, let hematocrit):
            let most = Milliliters(InfusionLimits.millilitersLost)
            guard volume > .zero, volume <= most else {
                throw .volumeLostOutOfRange(volume.value, accepted: "more than 0, at most \(most)")
            }
            let possible = Analyte.hematocrit.possible
            guard possible.admits(hematocrit.value, nil) else {
                throw .hematocritOutOfRange(hematocrit.value, accepted: possible.description)
            }
            return IronNeed(
                replacing: loss, milligrams: Milligrams(volume.value * hematocrit.value / 100),
                formula: "\(volume) × \(hematocrit.value / 100)")
        }
    }

    /// The iron of one unit lost.
    static let unitLost = Milligrams(200)
    static let hemoglobinRange = Analyte.hemoglobin.possible
    /// Above the 1,000 mg that CADTH uses nothing is known; twice that is refused.
    static let storesRange = ValueRange(low: 0, high: 2_000, unit: Units.Milligram.ucum)

    static func requirePossible(_ hemoglobin: GramsPerDeciliter) throws(IronNeedProblem) {
        guard hemoglobinRange.admits(hemoglobin.value, nil) else {
            throw .hemoglobinOutOfRange(hemoglobin.value, accepted: hemoglobinRange.description)
        }
    }
}

extension DosingWeight.Basis {
    fileprivate var remark: String {
        switch self {
        case .actual: ""
        case .actualHeightUnknown: " (actual weight; height unknown, obesity not looked for)"
        case .ideal: " (ideal weight: 25 × height²)"
        case .prePregnancy: " (pre-pregnancy weight)"
        case .actualPregnant: " (actual weight in pregnancy; none from before it is known)"
        }
    }
}
