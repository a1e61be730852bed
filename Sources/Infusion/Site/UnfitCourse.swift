public import Foundation

/// Which of a patient's visits no longer fit after another of theirs was given back, missed or moved: the next one is
/// of another dose now, or the first of its product, or outside its interval. Told is what is new, so that the same
/// visit is not named again for what was known before.
public struct UnfitCourse: Sendable {
    /// Where a visit is.
    public struct Place: Hashable, Sendable {
        /// Of the site's clocks.
        public let timeZone: TimeZone
        /// Whether anything was decided about the site: elsewhere no booking is judged by its length.
        public let isOpened: Bool

        public init(timeZone: TimeZone, isOpened: Bool) {
            self.timeZone = timeZone
            self.isOpened = isOpened
        }
    }

    private let before: Decision
    private let after: Decision

    /// - Parameter context: In which the command was decided on the state before; its `now` is the command's.
    public init(before: PatientState, after: PatientState, in context: DecisionContext) {
        self.before = Decision(state: before, context: context)
        self.after = Decision(state: after, context: context)
    }

    /// The visits for iron that are to come and that the command has left where they were.
    public var visits: [AppointmentRecord] {
        after.state.appointments.filter { visit in
            visit.status.isToCome(at: after.now) && after.state.order(visit.order) != nil
                && before.state.appointment(visit.id)?.slot == visit.slot
        }
    }

    /// By start; of several reasons the first in the order of ``UnfitReason``.
    /// - Parameter places: Of the visits' sites; a visit elsewhere is not judged.
    public func unfit(at places: [SiteID: Place]) -> [UnfitVisit] {
        visits.sorted { $0.slot.start < $1.slot.start }.compactMap { visit in
            guard let place = places[visit.slot.site] else { return nil }
            let known = before.reasons(against: visit, isOpened: place.isOpened)
            let found = after.reasons(against: visit, isOpened: place.isOpened)
            let new = UnfitReason.allCases.first { found.contains($0) && !known.contains($0) }
            return new.map { reason in
                UnfitVisit(
                    appointment: visit.id, slot: visit.slot,
                    start: ZoneClock(place.timeZone).localTime(of: visit.slot.start),
                    reason: reason)
            }
        }
    }
}

extension Decision {
    /// What a booking of the visit would be refused for, of what other visits of the patient decide.
    fileprivate func reasons(
        against visit: AppointmentRecord, isOpened: Bool
    ) -> Set<UnfitReason> {
        guard let order = state.order(visit.order) else { return [] }
        let overridden = visit.capacityOverride?.rules ?? []
        var reasons: Set<UnfitReason> = []
        if isOpened, !overridden.contains(.visitLength), isTooShort(visit) {
            reasons.insert(.visitTooShort)
        }
        if lacksVials(visit, of: order) { reasons.insert(.stockShort) }
        if isShut(visit, of: order) { reasons.insert(.gatesShut) }
        return reasons
    }

    private func isTooShort(_ visit: AppointmentRecord) -> Bool {
        do throws(Refusal) {
            try requireLength(of: visit.order, slot: visit.slot, besides: visit.id)
            return false
        } catch {
            if case .visitTooShort = error { return true }
            return false
        }
    }

    /// The vials that are kept for it hold less than the dose whose turn it is.
    private func lacksVials(_ visit: AppointmentRecord, of order: OrderRecord) -> Bool {
        guard let need = visit.stock else { return false }
        let kept = need.vials.map { $0.size * Decimal($0.count) }.sum()
        return kept < plannedDose(of: order, at: visit.slot.start, besides: visit.id)
    }

    private func isShut(_ visit: AppointmentRecord, of order: OrderRecord) -> Bool {
        do throws(Refusal) {
            _ = try judge(order, slot: visit.slot, besides: visit.id)
            return false
        } catch {
            if case .gatesShut = error { return true }
            return false
        }
    }
}
