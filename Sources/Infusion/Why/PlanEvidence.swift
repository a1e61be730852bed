import Foundation

/// What a plan's total was computed from, each with its unit, its source and its event.
struct PlanEvidence {
    let record: OrderRecord
    let row: DosingRow
    let picture: ClinicalPicture

    private var order: InfusionOrder { record.order }

    private var source: String {
        switch order.method {
        case .labelCourse: "R-1: the label's course of \(row.id)"
        case .heartFailureTable: "facts §1.3, R-1"
        case .simplifiedTable: "facts §2.2, R-1"
        case .ganzoni: "facts §2.1, R-1"
        case .infedFormula: "facts §2.3, R-7"
        case .eccoTable: "facts §2.2, R-1"
        case .unitsLost: "facts §2.3, R-1: the Venofer label"
        case .infedBloodLoss: "facts §2.3, R-1: the INFeD label"
        }
    }

    var predicates: [Predicate] {
        if row.hasFixedCourse(by: order.method) {
            let total = order.plannedTotal.value
            return [input("course", total, Units.Milligram.ucum, [record.version])]
        }
        if let loss = order.need?.loss { return self.loss(loss) }
        let inputs = PlanInputs(picture, for: order.indication)
        return [weight(inputs), hemoglobin(inputs)]
            + (order.method == .ganzoni ? ganzoni(inputs) : [])
    }

    /// What was lost is the prescriber's word, and the order's own.
    private func loss(_ loss: BloodLoss) -> [Predicate] {
        let evidence = [record.version]
        return switch loss {
        case .units(let units): [input("units-lost", units, "{unit}", evidence)]
        case .volume(let volume, let hematocrit):
            [
                input("blood-lost", volume.value, Units.Milliliter.ucum, evidence),
                input("hematocrit-lost", hematocrit.value, Units.Percent.ucum, evidence),
            ]
        }
    }

    private func weight(_ inputs: PlanInputs) -> Predicate {
        let unit = Units.Kilogram.ucum
        guard let weight = inputs.weight, let kept = picture.state.weights.at(picture.at) else {
            return .missing("weight", unit: unit, "present", "weight", source: source)
        }
        return input("weight", weight.value, unit, [kept.version])
    }

    private func hemoglobin(_ inputs: PlanInputs) -> Predicate {
        guard let found = inputs.hemoglobin, let lab = inputs.hemoglobinFact else {
            return .missing(
                "hemoglobin", unit: Units.GramPerDeciliter.ucum, "present", "hemoglobin",
                source: source)
        }
        return input("hemoglobin", found.value, Units.GramPerDeciliter.ucum, [lab.evidence])
    }

    private func ganzoni(_ inputs: PlanInputs) -> [Predicate] {
        var found: [Predicate] = []
        if let height = inputs.height, let kept = picture.state.heights.at(picture.at) {
            found.append(input("height", height.value, Units.Centimeter.ucum, [kept.version]))
        }
        if let before = inputs.prePregnancy {
            found.append(
                input(
                    "weight-before-pregnancy", before.value.value, Units.Kilogram.ucum,
                    [before.version]))
        } else if inputs.isPregnant {
            found.append(
                .missing(
                    "weight-before-pregnancy", unit: Units.Kilogram.ucum, "present",
                    "weight-before-pregnancy", source: source))
        }
        if let target = order.need?.targetHemoglobin {
            found.append(
                input(
                    "target-hemoglobin", target.value, Units.GramPerDeciliter.ucum, [record.version]
                ))
        }
        if let stores = order.need?.stores {
            found.append(input("stores", stores.value, Units.Milligram.ucum, [record.version]))
        }
        return found
    }

    private func input(
        _ name: String, _ value: Decimal, _ unit: String, _ evidence: [EventVersion]
    ) -> Predicate {
        .fact(
            name, value, unit: unit, "present", name, holds: true, source: source,
            evidence: evidence)
    }
}
