// The commands behind decisions, for rules that ask them again.

extension InfusionOrder {
    /// The prescription as it was sent. Targets and stores that the method chose itself are what it
    /// would choose again.
    var command: OrderInfusion {
        let isAimed = method == .ganzoni || method == .infedFormula
        return OrderInfusion(
            id: id, product: product, dosingRow: dosingRow, indication: indication,
            prescribed: prescribed, method: method,
            targetHemoglobin: isAimed ? need?.targetHemoglobin : nil,
            stores: method == .ganzoni ? need?.stores : nil, bloodLoss: need?.loss,
            signature: signature)
    }
}

extension DoseStarted {
    func command(at instant: Instant) -> StartDose {
        StartDose(id: id, order: order, appointment: appointment, planned: planned, at: instant)
    }
}
