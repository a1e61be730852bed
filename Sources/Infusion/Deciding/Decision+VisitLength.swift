/// How long a visit takes its chair.
extension Decision {
    /// Refuses a visit for iron that is shorter than what its formulary row prescribes for the dose takes; what a
    /// site adds to that is the site's own to know. What red cells take is bounded by the site's policy.
    func requireLength(
        of id: OrderID, slot: AppointmentSlot, besides visit: AppointmentID
    ) throws(Refusal) {
        guard let record = state.order(id) else { return }
        let needed = try leastMinutes(of: record, at: slot.start, besides: visit)
        guard slot.end.seconds(since: slot.start) >= Int64(needed) * 60 else {
            throw .visitTooShort(
                minutes: Int(slot.end.seconds(since: slot.start) / 60), needed: needed)
        }
    }

    /// What no visit that the order may still have is shorter than, whenever it is; `nil` where nothing is known of
    /// its length.
    func leastMinutes(of id: OrderID) -> Int? {
        if let transfusion = state.transfusionOrder(id) {
            let policy = context.site.policy.transfusion
            return policy.visitMinutes(of: transfusion.order.units)?.lowerBound
        }
        guard let record = state.order(id) else { return nil }
        // Before the visits that are booked, between them and after them it may be another dose's turn.
        let starts =
            [now] + state.appointments.filter { $0.status.isToCome(at: now) }.map(\.slot.end)
        return starts.compactMap { try? leastMinutes(of: record, at: $0, besides: nil) }.min()
    }

    private func leastMinutes(
        of record: OrderRecord, at start: Instant, besides visit: AppointmentID?
    ) throws(Refusal) -> Int {
        let terms = try requireTerms(of: record)
        return ChairTime.leastMinutes(
            of: terms.product, by: terms.row,
            dose: plannedDose(of: record, at: start, besides: visit),
            isFirst: isFirst(of: terms.product.key, at: start, besides: visit))
    }

    /// Whether nothing of the product has been given before, nor is booked to be.
    private func isFirst(
        of product: ProductKey, at start: Instant, besides visit: AppointmentID?
    ) -> Bool {
        !state.doses.contains { $0.started.product == product && $0.startedAt < start }
            && !state.appointments.contains {
                $0.id != visit && $0.status.isToCome(at: now) && $0.slot.start < start
                    && state.order($0.order)?.order.product == product
            }
    }

    /// The dose whose turn it is in a visit at that time, after those that were begun and those of visits that
    /// come before it.
    func plannedDose(
        of record: OrderRecord, at start: Instant, besides id: AppointmentID?
    ) -> Milligrams {
        let begun = state.doses.count { $0.order == record.id }
        let booked = state.appointments.count {
            $0.order == record.id && $0.id != id && $0.status.isToCome(at: now)
                && $0.slot.start < start
        }
        return record.prescribed(inTurn: begun + booked)
    }
}
