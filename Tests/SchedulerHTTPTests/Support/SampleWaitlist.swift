import EventStore
import Infusion
import InfusionApplication
import InfusionProjections

/// A visit that waits, and what it is answered with.
extension Samples {
    static let waitlistRequest = WaitlistRequest(
        order: order, site: SiteID("north"), minutes: 90, earliest: date,
        latest: date.adding(days: 14), weekdays: [.monday, .thursday],
        hours: ClockTime("08:00").map { ClockSpan(from: $0, until: .midnight) }, noticeHours: 24)

    static let waitlistEntry = WaitlistEntry(
        request: waitlistRequest,
        priority: WaitlistPriority(
            ruleVersion: 1, urgency: .urgent, due: date, predicates: [predicate],
            evidence: [EventVersion(15)]))

    static let waitlistRow = WaitlistRow(
        patient: patient, request: waitlistRequest, urgency: .urgent, due: date, since: instant,
        status: .offered, offer: WaitlistRow.Offer(appointment: appointment, until: instant),
        opened: Position(4_700), closed: nil)

    /// One of each kind.
    static let waitlistCandidates = [
        WaitlistCandidacy.fits(
            AppointmentSlot(
                site: SiteID("north"), chair: ChairID("chair-3"), start: instant,
                end: instant.adding(minutes: 90))),
        .unsuitable(.notice), .offeredBefore, .offered(until: instant),
        .refused(.orderFullyBooked(order, booked: 1, dosesLeft: 1)),
        .gatesShut([.diagnosis, .phosphate]), .full(.patients),
    ].map { WaitlistCandidate(row: waitlistRow, candidacy: $0) }

    /// One that waits and one that was booked.
    static var patientWaitlist: PatientWaitlist {
        let slot = AppointmentSlot(
            site: SiteID("north"), chair: ChairID("chair-3"), start: instant,
            end: instant.adding(minutes: 90))
        let facts: [PatientFact] = [
            .waitlistEntered(waitlistEntry),
            .waitlistLeft(WaitlistLeft(order: order, reason: .booked(appointment))),
            .waitlistEntered(waitlistEntry),
            .appointmentHeld(
                Appointment(id: appointment, order: order, slot: slot, findings: []),
                until: instant),
            .waitlistOffered(WaitlistOffer(order: order, appointment: appointment, freed: nil)),
        ]
        let state = PatientState.fold(facts.map { PatientEvent(effectiveAt: instant, fact: $0) })
        return PatientWaitlist(
            patient: patient, entries: state.waitlist,
            offers: [order: WaitlistRow.Offer(appointment: appointment, until: instant)],
            position: position)
    }
}
