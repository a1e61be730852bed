import Foundation

extension Decision {
    /// Planned and judged as of the signature, however late it is told: as the prescriber saw the
    /// patient. A visit and a dose are judged by their own dates.
    func order(_ command: OrderInfusion) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        try requireAlive()
        try requireNewOrder(command.id)
        guard let product = context.formulary.product(command.product) else {
            throw .unknownProduct(
                command.product, accepted: context.formulary.products.map(\.key.name))
        }
        guard let row = context.formulary.row(command.dosingRow, of: command.product) else {
            throw .unknownDosingRow(command.dosingRow, accepted: product.rows.map(\.name).sorted())
        }
        try product.requireLicensed(in: context.site.region)
        try validate(command)
        let signed = command.signature.signedAt
        let picture = ClinicalPicture(state: state, context: context, at: signed)
        let plan = try CoursePlan(command, product: product, row: row, picture: picture)
        let terms = OrderTerms(command, product: product, row: row, plan: plan)
        let findings = Gates.evaluate(
            GateQuestion(
                picture: picture, terms: terms, date: localDate(signed), occasion: .ordering))
        if findings.contains(where: \.refusesOrder) { throw .gatesShut(findings) }
        return [
            happened(
                .infusionOrdered(
                    InfusionOrder(
                        id: command.id, product: command.product, dosingRow: command.dosingRow,
                        moiety: product.moiety, indication: command.indication,
                        prescribed: command.prescribed, plannedTotal: plan.total,
                        method: command.method, need: plan.need,
                        whyIntravenous: command.whyIntravenous, signature: command.signature,
                        findings: findings, formularyVersion: context.formulary.version)),
                at: signed)
        ]
    }

    private func validate(_ command: OrderInfusion) throws(Refusal) {
        try requireCount(
            command.prescribed.count, field: "prescribed",
            accepted: 1...InfusionLimits.prescribedDosesPerOrder)
        for (index, dose) in command.prescribed.enumerated() where dose <= .zero {
            throw .invalidValue(
                field: "prescribed[\(index)]", problem: "is \(dose)", accepted: "more than 0 mg")
        }
        try requireText(
            command.signature.prescriber, field: "signature.prescriber",
            characters: 1...InfusionLimits.signerCharacters)
        try requirePast(command.signature.signedAt, field: "signature.signedAt")
        if let target = command.targetHemoglobin {
            try requireRange(
                target.value, field: "targetHemoglobin",
                accepted: InfusionLimits.targetHemoglobin, unit: Units.GramPerDeciliter.ucum)
        }
        if let stores = command.stores {
            try requireRange(
                stores.value, field: "stores", accepted: InfusionLimits.storesMilligrams,
                unit: Units.Milligram.ucum)
        }
        if command.targetHemoglobin != nil, !command.method.readsTarget {
            throw .invalidValue(
                field: "targetHemoglobin", problem: "is read by the formulas only",
                accepted: "none with the method \(command.method.rawValue)")
        }
        if command.stores != nil, command.method != .ganzoni {
            throw .invalidValue(
                field: "stores", problem: "is read by the Ganzoni formula only",
                accepted: "none with the method \(command.method.rawValue)")
        }
        try requireLoss(command)
    }

    /// A loss that is told is one that its method reads; that none is missing is the plan's to see.
    private func requireLoss(_ command: OrderInfusion) throws(Refusal) {
        guard let loss = command.bloodLoss else { return }
        guard command.method.replacesLoss else {
            throw .invalidValue(
                field: BloodLoss.Field.loss,
                problem: "is read by unitsLost and infedBloodLoss only",
                accepted: "none with the method \(command.method.rawValue)")
        }
        guard loss.method == command.method else {
            throw .invalidValue(
                field: BloodLoss.Field.loss,
                problem: "is told as the method \(loss.method.rawValue) reads it",
                accepted: loss.method == .unitsLost ? "a volume and its haematocrit" : "units")
        }
    }
}

extension Decision {
    /// Where the visit is to be, which need not be where it was ordered.
    /// - Parameter region: `nil` where nobody has told it.
    func requireLicensed(_ order: OrderRecord, in region: LabelRegion?) throws(Refusal) {
        guard let region, let product = context.formulary.product(order.order.product) else {
            return
        }
        try product.requireLicensed(in: region)
    }
}

extension NeedMethod {
    /// A formula with a desired haemoglobin; tables and label courses have none.
    fileprivate var readsTarget: Bool {
        switch self {
        case .ganzoni, .infedFormula: true
        case .labelCourse, .heartFailureTable, .simplifiedTable, .eccoTable, .unitsLost,
            .infedBloodLoss:
            false
        }
    }
}

extension Product {
    /// A product is ordered, and its visits are looked for and booked, where it is licensed.
    func requireLicensed(in region: LabelRegion) throws(Refusal) {
        guard self.region == region else {
            throw .invalidValue(
                field: "product", problem: "is licensed in \(self.region.rawValue)",
                accepted: "a product of the site's region, \(region.rawValue)")
        }
    }
}
