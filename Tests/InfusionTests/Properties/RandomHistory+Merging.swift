import Foundation
import Infusion

extension RandomHistory {
    /// Ends all that is open, as whoever means to merge the record has to.
    mutating func settle() {
        visit = []
        if let running = story.state.doseInProgress {
            let at = max(now, running.lastChange, running.startedAt.adding(minutes: 1))
            settle(
                .stopDose(
                    EndDose(
                        id: running.id, given: running.started.planned, lot: LotNumber("L"),
                        expiry: date("2040-01-01"),
                        at: min(at, running.startedAt.adding(hours: 24))), reason: .accessLost))
        }
        now = now.adding(hours: 48)
        for appointment in story.state.appointments where appointment.status.isToCome(at: now) {
            settle(.cancelAppointment(appointment.id, reason: .patientRequest))
        }
        let orders =
            story.state.orders.filter { $0.status == .active || $0.status == .held }.map(\.id)
            + story.state.transfusionOrders.filter { $0.status == .active }.map(\.id)
        for order in orders { settle(.cancelOrder(order, reason: .patientRequest)) }
    }

    /// The last dose was answered by an anaphylaxis, told only now.
    mutating func meetTheWorst() {
        guard let dose = story.state.doses.last(where: { $0.end != nil }) else { return }
        settle(
            .logReaction(
                Reaction(
                    id: fresh(), dose: dose.id, kind: .anaphylaxis, grade: .ctcae(4),
                    onsetMinute: 5, deliveredAtOnset: nil),
                at: dose.startedAt.adding(minutes: 1)))
    }

    /// Haemochromatosis is known of one of the records.
    mutating func tellOverload() {
        settle(
            .setClinicalContext(
                story.state.contexts.latest?.value ?? [.general],
                facts: [.knownIronOverload(true)], at: now))
    }

    private mutating func settle(_ command: PatientCommand) {
        guard
            let events = try? PatientDecider().decide(
                command, given: story.state, in: story.clinic.context(now: now))
        else { return }
        for event in events { story.state.apply(event) }
        story.events += events
    }

    /// Both are told or neither; what the survivor was told, and the refusal.
    mutating func join(
        _ command: PatientCommand, with other: inout RandomHistory
    ) -> (events: [PatientEvent], refusal: Refusal?) {
        now = max(now, other.now)
        other.now = now
        let before = story.events.count
        var records = TwoRecords(story, other.story)
        let refusal = records.does(command, at: now)
        story = records.survivor
        other.story = records.other
        return (Array(story.events[before...]), refusal)
    }
}
