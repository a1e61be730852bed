import Foundation

/// How much iron a patient needs, by the methods of clinical facts §2. Exact; rounding is a separate step.
///
/// Every answer carries its formula: a clinician must be able to compute it again by hand.
public struct IronNeedCalculator: Sendable {
    let tables: IronNeedTables

    public init(_ tables: IronNeedTables) { self.tables = tables }

    /// Ganzoni: `W × max(0, target − Hb) × factor + stores` (§2.1).
    ///
    /// Defaults by weight: the target and the stores of the tables, a child's below its weight. At or
    /// above the target the first term is zero and the need is the stores (ED).
    public func ganzoni(
        _ weight: DosingWeight, hemoglobin: GramsPerDeciliter, target: GramsPerDeciliter? = nil,
        stores: Milligrams? = nil
    ) throws(IronNeedProblem) -> IronNeed {
        try DosingWeight.requirePossible(weight.weight)
        try Self.requirePossible(hemoglobin)
        let constants = tables.ganzoni
        let target = target ?? constants.target(at: weight.weight)
        let stores = stores ?? constants.stores(at: weight.weight)
        try Self.requirePossible(target: target)
        guard Self.storesRange.admits(stores.value, nil) else {
            throw .storesOutOfRange(stores.value, accepted: Self.storesRange.description)
        }
        let deficit = max(0, target.value - hemoglobin.value)
        let need = weight.weight.value * deficit * constants.factor + stores.value
        let difference =
            hemoglobin > target
            ? "max(0, \(target.value) − \(hemoglobin.value))"
            : "(\(target.value) − \(hemoglobin.value))"
        return IronNeed(
            method: .ganzoni, milligrams: Milligrams(need), weight: weight.weight,
            hemoglobin: hemoglobin, targetHemoglobin: target, stores: stores,
            formula:
                "\(weight.weight.value) × \(difference) × \(constants.factor) + \(stores.value)"
                + weight.basis.remark)
    }

    /// A blood loss with stores intact: `W × factor × ΔHb` (§2.3, Venofer label, V).
    public func replacement(
        of loss: GramsPerDeciliter, weight: Kilograms, hemoglobin: GramsPerDeciliter
    ) throws(IronNeedProblem) -> IronNeed {
        guard loss > .zero else {
            throw .amountOutOfRange(loss.value, accepted: "more than 0 g/dL")
        }
        return try ganzoni(
            DosingWeight(weight: weight, basis: .actual), hemoglobin: hemoglobin,
            target: hemoglobin + loss, stores: .zero)
    }

    /// A known blood loss. Venofer: so much for each unit; INFeD: a mL of red cells holds a mg (§2.3, V).
    public func replacement(of loss: BloodLoss) throws(IronNeedProblem) -> IronNeed {
        switch loss {
        case .units(let units):
            let most = InfusionLimits.unitsLost
            guard units > 0, units <= most else {
                throw .unitsLostOutOfRange(units, accepted: "more than 0, at most \(most) units")
            }
            let iron = tables.unitLost.iron
            return IronNeed(
                replacing: loss, milligrams: iron * units, formula: "\(units) units × \(iron)")
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

    private static let hemoglobinRange = Analyte.hemoglobin.possible
    /// Above the 1,000 mg that CADTH uses nothing is known; twice that is refused.
    private static let storesRange = ValueRange(low: 0, high: 2_000, unit: Units.Milligram.ucum)

    static func requirePossible(_ hemoglobin: GramsPerDeciliter) throws(IronNeedProblem) {
        guard hemoglobinRange.admits(hemoglobin.value, nil) else {
            throw .hemoglobinOutOfRange(hemoglobin.value, accepted: hemoglobinRange.description)
        }
    }

    static func requirePossible(target: GramsPerDeciliter) throws(IronNeedProblem) {
        guard hemoglobinRange.admits(target.value, nil) else {
            throw .targetOutOfRange(target.value, accepted: hemoglobinRange.description)
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
