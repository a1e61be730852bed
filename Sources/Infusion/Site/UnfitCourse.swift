public import Foundation

/// Which of a patient's visits for iron no longer fit after a command about their patient: its gates have shut on their
/// date, its order is held, no dose is left for them, or the next one is of another dose now, or the first of its
/// product, or outside its interval.
///
/// Each is judged as a booking of it would be, on the patient as they were before the command and as they are after it,
/// both at the command's moment. Told is what is new, so that the same visit is not named again for what was known
/// before, nor for what time alone has done.
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

    /// The visits for iron that are to come, have not ended, and that the command has left where they were. No others are
    /// judged: a patient without any costs this look.
    public static func visits(
        before: PatientState, after: PatientState, at now: Instant
    ) -> [AppointmentRecord] {
        after.appointments.filter { visit in
            visit.status.isToCome(at: now) && visit.slot.end > now
                && after.order(visit.order) != nil
                && before.appointment(visit.id)?.slot == visit.slot
        }
    }

    /// The sites of those that would be named if every site were opened.
    public var sites: Set<SiteID> { Set(changed { _ in true }.map(\.visit.slot.site)) }

    /// By start; of several reasons the first in the order of ``UnfitReason``.
    /// - Parameter places: Of ``sites``; a visit elsewhere is not judged.
    public func unfit(at places: [SiteID: Place]) -> [UnfitVisit] {
        changed { places[$0]?.isOpened }.compactMap { visit, reason, gates in
            places[visit.slot.site].map { place in
                UnfitVisit(
                    appointment: visit.id, slot: visit.slot,
                    start: ZoneClock(place.timeZone).localTime(of: visit.slot.start),
                    reason: reason, gates: gates)
            }
        }
    }

    /// - Parameter isOpened: `nil` where a visit is not judged.
    private func changed(
        at isOpened: (SiteID) -> Bool?
    ) -> [(visit: AppointmentRecord, reason: UnfitReason, gates: [Gate])] {
        Self.visits(before: before.state, after: after.state, at: after.now)
            .sorted { $0.slot.start < $1.slot.start }
            .compactMap { visit in
                guard let isOpened = isOpened(visit.slot.site) else { return nil }
                let found = after.misfit(of: visit, isOpened: isOpened)
                // Nearly every one: what it was before need not be asked.
                guard !found.isNone else { return nil }
                let new = found.without(before.misfit(of: visit, isOpened: isOpened))
                return new.reason.map { (visit, $0, new.gates) }
            }
    }
}

/// What a booking of a visit would be refused for, of what the patient and their other visits decide.
private struct Misfit {
    var reasons: Set<UnfitReason> = []
    /// In the order of ``Gate``'s cases.
    var gates: [Gate] = []

    var isNone: Bool { reasons.isEmpty && gates.isEmpty }

    func without(_ known: Misfit) -> Misfit {
        Misfit(
            reasons: reasons.subtracting(known.reasons),
            gates: gates.filter { !known.gates.contains($0) })
    }

    /// The first; a gate that has shut beside others that were shut is one.
    var reason: UnfitReason? {
        let all = gates.isEmpty ? reasons : reasons.union([.gatesShut])
        return UnfitReason.allCases.first(where: all.contains)
    }
}

extension Decision {
    fileprivate func misfit(of visit: AppointmentRecord, isOpened: Bool) -> Misfit {
        guard let order = state.order(visit.order) else { return Misfit() }
        let overridden = visit.capacityOverride?.rules ?? []
        var misfit = Misfit(gates: shutGates(for: visit, of: order))
        if isInactive(order, for: visit) { misfit.reasons.insert(.orderNotActive) }
        if hasNoDose(visit, of: order) { misfit.reasons.insert(.orderFullyBooked) }
        if isOpened, !overridden.contains(.visitLength), isTooShort(visit) {
            misfit.reasons.insert(.visitTooShort)
        }
        if lacksVials(visit, of: order) { misfit.reasons.insert(.stockShort) }
        return misfit
    }

    private func shutGates(for visit: AppointmentRecord, of order: OrderRecord) -> [Gate] {
        // A formulary that does not know the product any more refuses the booking for that, and no gate.
        let question = try? bookingQuestion(of: order, at: visit.slot.start, besides: visit.id)
        return question.map(BookingGates.shut) ?? []
    }

    private func isInactive(_ order: OrderRecord, for visit: AppointmentRecord) -> Bool {
        do throws(Refusal) {
            _ = try requireActive(order.id, on: localDate(visit.slot.start))
            return false
        } catch {
            return true
        }
    }

    /// The visits before it take all doses that are left.
    private func hasNoDose(_ visit: AppointmentRecord, of order: OrderRecord) -> Bool {
        let earlier = state.appointments.count {
            $0.order == order.id && $0.id != visit.id && $0.status.isToCome(at: now)
                && $0.slot.start < visit.slot.start
        }
        return earlier >= dosesLeft(of: order)
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
}
