import Foundation

/// Visits that wait for a time, and times that are offered to them.
extension Decision {
    func enterWaitlist(_ request: WaitlistRequest) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        try requireAlive()
        try requireVisitToWaitFor(request.order)
        guard state.waiting(request.order) == nil else {
            throw .alreadyOnWaitlist(request.order)
        }
        return [happensNow(.waitlistEntered(try entry(request)))]
    }

    /// The whole of the request is restated; its time on the list stays.
    func changeWaitlist(_ request: WaitlistRequest) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        try requireAlive()
        let waiting = try requireWaiting(request.order)
        if waiting.request == request { return [] }
        return [happensNow(.waitlistChanged(try entry(request)))]
    }

    /// An offer that waits for its answer is given back with it.
    func leaveWaitlist(
        _ id: OrderID, reason: CancellationReason
    ) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        let waiting = try requireWaiting(id)
        let offered = state.openOffer(of: waiting).flatMap { offer in
            now < offer.until ? offer.appointment.id : nil
        }
        return expiredHolds
            + (offered.map { [happensNow(.appointmentCancelled($0, reason: reason))] } ?? [])
            + [
                happensNow(
                    .waitlistLeft(WaitlistLeft(order: id, reason: .withdrawnByPerson(reason))))
            ]
    }

    /// Holds a time for somebody who waits for one. What the patient asked for binds, the notice too.
    func offer(_ offer: OfferVisit) throws(Refusal) -> [PatientEvent] {
        let waiting = try requireWaiting(offer.order)
        if let open = state.openOffer(of: waiting), now < open.until {
            throw .offerNotAnswered(open.appointment.id, until: open.until)
        }
        if let misfit = waiting.request.misfit(offer.slot, at: now, in: awaitedZone) {
            throw .invalidValue(
                field: "slot", problem: "does not suit the request: \(misfit.rawValue)",
                accepted: "a time that the patient asked for")
        }
        let held = try hold(
            offer.id, order: offer.order, slot: offer.slot, minutes: offer.minutes,
            override: nil)
        return held + [
            happensNow(
                .waitlistOffered(
                    WaitlistOffer(
                        order: offer.order, appointment: offer.id, freed: offer.freed)))
        ]
    }

    /// Gives the held time back; the patient waits on.
    func declineOffer(
        _ id: AppointmentID, reason: CancellationReason
    ) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        let appointment = try requireAppointment(id)
        guard let waiting = state.waiting(appointment.order),
            let open = state.openOffer(of: waiting), open.appointment.id == id
        else { throw .offerNotOpen(id) }
        guard now < open.until else { throw .holdExpired(id, at: open.until) }
        return [happensNow(.appointmentCancelled(id, reason: reason))]
    }

    /// Whose clock and dates a request means: those of the site where the visit is, or would be. Where any will do,
    /// the patient's own.
    private var awaitedZone: TimeZone { context.visitPlace?.timeZone ?? context.site.timeZone }

    private func entry(_ request: WaitlistRequest) throws(Refusal) -> WaitlistEntry {
        try validate(request)
        let ranking = WaitlistRanking(state: state, context: context)
        guard let priority = ranking.priority(of: request.order) else {
            throw .orderNotFound(request.order)
        }
        return WaitlistEntry(request: request, priority: priority)
    }

    private func requireWaiting(_ id: OrderID) throws(Refusal) -> WaitlistRecord {
        guard let waiting = state.waiting(id) else { throw .notOnWaitlist(id) }
        return waiting
    }

    /// An order that a visit could be booked for today, were there a time.
    private func requireVisitToWaitFor(_ id: OrderID) throws(Refusal) {
        guard let transfusion = state.transfusionOrder(id) else {
            return try requireDoseToBook(of: try requireActive(id, on: localDate(now)))
        }
        guard transfusion.status == .active else {
            throw .orderNotActive(id, status: transfusion.status.rawValue)
        }
        let booked = state.appointments.count {
            $0.order == id && $0.status.isToCome(at: now)
        }
        guard booked == 0 else { throw .orderFullyBooked(id, booked: booked, dosesLeft: 1) }
    }

    private func validate(_ request: WaitlistRequest) throws(Refusal) {
        if let site = request.site { try requirePlaceName(site.name, field: "site") }
        let minutes = InfusionLimits.appointmentMinutes
        guard minutes.contains(Int64(request.minutes)) else {
            throw .invalidValue(
                field: "minutes", problem: "is \(request.minutes)",
                accepted: "\(minutes.lowerBound) to \(minutes.upperBound)")
        }
        // A time of that length would be offered, and could not be booked.
        if let needed = leastMinutes(of: request.order), request.minutes < needed {
            throw .visitTooShort(minutes: request.minutes, needed: needed)
        }
        let notice = InfusionLimits.waitlistNoticeHours
        guard notice.contains(request.noticeHours) else {
            throw .invalidValue(
                field: "noticeHours", problem: "is \(request.noticeHours)",
                accepted: "\(notice.lowerBound) to \(notice.upperBound)")
        }
        guard !request.weekdays.isEmpty else {
            throw .invalidValue(
                field: "weekdays", problem: "are none", accepted: "at least one day of the week")
        }
        try validatePeriod(of: request)
        guard let hours = request.hours else { return }
        guard hours.until > hours.from || hours.until == .midnight else {
            throw .invalidValue(
                field: "hours.until", problem: "is not after \(hours.from)",
                accepted: "a later time of the same date")
        }
        guard hours.wallMinutes >= request.minutes else {
            throw .invalidValue(
                field: "hours", problem: "have \(hours.wallMinutes) minutes",
                accepted: "at least the visit's \(request.minutes)")
        }
    }

    private func validatePeriod(of request: WaitlistRequest) throws(Refusal) {
        let today = CalendarDate(now, in: awaitedZone)
        let horizon = today.adding(days: InfusionLimits.bookingHorizonDays)
        if let latest = request.latest {
            guard (today...horizon).contains(latest) else {
                throw .invalidValue(
                    field: "latest", problem: "is \(latest)", accepted: "\(today) to \(horizon)")
            }
        }
        guard let earliest = request.earliest else { return }
        let last = request.latest ?? horizon
        guard earliest <= last else {
            throw .invalidValue(
                field: "earliest", problem: "is \(earliest)", accepted: "\(last) or earlier")
        }
    }
}
