/// The vials of a visit, where its site keeps account of them.
extension Decision {
    /// Told after the visit that it is of; nothing where the visit has its vials already.
    /// - Parameter overridden: Rules that somebody answers for: the vials are kept for it all the same, and
    ///   missed by others.
    func stockReserved(
        for id: AppointmentID, order: OrderID, slot: AppointmentSlot,
        overridden: Set<CapacityRule>
    ) throws(Refusal) -> [PatientEvent] {
        guard let stock = context.stock, let record = state.order(order),
            record.order.product == stock.product,
            let product = context.formulary.product(stock.product),
            let need = stock.need(
                for: plannedDose(of: record, at: slot.start, besides: id), of: product,
                leaving: context.site.policy.preparation.vialLeftOverPercent)
        else { return [] }
        let held = state.appointment(id).flatMap { $0.slot.site == slot.site ? $0 : nil }
        let isHeld = held?.stock == need
        if isHeld, held?.slot.isSameTime(as: slot) ?? false { return [] }
        guard overridden.contains(.stock) || stock.bears(need, at: slot.start) else {
            throw .stockShort(stock.shortage(of: need, at: slot.start))
        }
        return isHeld ? [] : [happensNow(.stockReserved(id, need))]
    }
}
