// The commands behind decisions, for rules that ask them again.

extension InfusionOrder {
    /// The prescription as it was sent. A target or stores that these tables choose by themselves were not
    /// named, and other tables or another weight choose anew.
    func command(by tables: IronNeedTables) -> OrderInfusion {
        OrderInfusion(
            id: id, product: product, dosingRow: dosingRow, indication: indication,
            prescribed: prescribed, method: method, targetHemoglobin: namedTarget(tables),
            stores: namedStores(tables), bloodLoss: need?.loss,
            whyIntravenous: whyIntravenous, signature: signature)
    }

    private func namedTarget(_ tables: IronNeedTables) -> GramsPerDeciliter? {
        guard let need, let weight = need.weight else { return nil }
        let usual: GramsPerDeciliter
        switch method {
        case .ganzoni: usual = tables.ganzoni.target(at: weight)
        case .infedFormula: usual = tables.infed.desired(at: weight)
        case .labelCourse, .heartFailureTable, .simplifiedTable, .eccoTable, .unitsLost,
            .infedBloodLoss:
            return nil
        }
        return need.targetHemoglobin == usual ? nil : need.targetHemoglobin
    }

    private func namedStores(_ tables: IronNeedTables) -> Milligrams? {
        guard method == .ganzoni, let need, let weight = need.weight else { return nil }
        return need.stores == tables.ganzoni.stores(at: weight) ? nil : need.stores
    }
}

extension DoseStarted {
    func command(at instant: Instant) -> StartDose {
        StartDose(id: id, order: order, appointment: appointment, planned: planned, at: instant)
    }
}
