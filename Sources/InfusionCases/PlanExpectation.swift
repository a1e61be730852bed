import Infusion

/// What is made of one dose of the last order that is still to come.
struct PlannedDoseExpectation {
    /// What the preparation says, or why there is none.
    enum Dilution: Hashable {
        case undiluted
        /// The label names no volume.
        case notNamed
        case absent(NoPreparation.Reason)
        case volume(from: Milliliters, to: Milliliters, toIncluded: Bool)
    }

    /// Vials in any order, `500 mg` once for each.
    var vials: [Milligrams]?
    var leftOver: Milligrams?
    var prescribed: Milligrams?
    var amount: Milligrams?
    var product: Milliliters?
    var dilution: Dilution?
    /// The least minutes of an infusion.
    var minutes: Int?
    var observationMinutes: Int?
    var testDose: Milligrams?
}

extension PlannedDoseExpectation.Dilution: CustomStringConvertible {
    init(_ making: DoseMaking) {
        switch making.preparation {
        case .failure(let reason): self = .absent(reason.reason)
        case .success(let preparation) where preparation.rule.diluents.isEmpty: self = .undiluted
        case .success(let preparation):
            guard let diluent = preparation.diluent else {
                self = .notNamed
                return
            }
            self = .volume(
                from: diluent.lowerBound, to: diluent.upperBound,
                toIncluded: !preparation.isUpperBoundOpen)
        }
    }

    var description: String {
        switch self {
        case .undiluted: "undiluted"
        case .notNamed: "notNamed"
        case .absent(let reason): reason.rawValue
        case .volume(let from, let to, let toIncluded):
            "\(from) to \(toIncluded ? "" : "less than ")\(to)"
        }
    }
}
