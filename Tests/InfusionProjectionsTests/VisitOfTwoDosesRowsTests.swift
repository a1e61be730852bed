import EventStore
import Foundation
import Infusion
import InfusionProjections
import Testing

/// What the calendar says of a chair in which two doses are given to one patient.
@Suite struct `The chair of a visit with two doses` {
    /// Visit 5 from 10:00 to 12:15; dose 1 was begun in it.
    var begun: History {
        var history = History()
        history.order(9, at: "2026-03-01T09:00")
        let slot = AppointmentSlot(
            site: SiteID("north"), chair: ChairID("chair-1"), start: instant("2026-03-02T10:00"),
            end: instant("2026-03-02T12:15"))
        history.add(
            .appointmentBooked(
                Appointment(
                    id: AppointmentID(uuid(5)), order: OrderID(uuid(9)), slot: slot, findings: [])),
            at: "2026-03-01T09:10")
        history.start(1, order: 9, at: "2026-03-02T10:00", appointment: 5)
        history.end(1, "25", at: "2026-03-02T10:01")
        return history
    }

    /// The statuses that the visit went through, by the version of the event that made each.
    func statuses(_ history: History) throws -> [String] {
        var positions = StreamPositions()
        for number in history.events.indices { positions.append(Position(Int64(number + 1))) }
        let rows = try #require(
            PatientRows(of: history.events, to: history.state, at: positions))
        let last = try #require(rows.appointments.last)
        let known = try #require(history.state.appointment(AppointmentID(uuid(5))))
        #expect(last.status == AppointmentCalendarProjection.status(of: known, in: history.state))
        return rows.appointments.map { "\($0.opened.value) \($0.status.rawValue)" }
    }

    func discharged(_ history: inout History, _ dose: UInt64) {
        history.add(
            .patientDischarged(
                Discharge(dose: DoseID(uuid(dose)), observedMinutes: 30, stable: true)),
            at: "2026-03-02T12:00")
    }

    @Test func `it is taken until the last discharge, and a further dose changes nothing of it`()
        throws
    {
        var history = begun
        history.start(2, order: 9, at: "2026-03-02T11:05", appointment: 5)
        history.end(2, "75", at: "2026-03-02T11:15")
        #expect(try statuses(history) == ["3 booked", "4 checked-in"])
        discharged(&history, 1)
        #expect(try statuses(history) == ["3 booked", "4 checked-in"])
        discharged(&history, 2)
        #expect(try statuses(history) == ["3 booked", "4 checked-in", "9 fulfilled"])
    }

    @Test func `it is free with the only discharge, told once`() throws {
        var history = begun
        discharged(&history, 1)
        discharged(&history, 1)
        #expect(try statuses(history) == ["3 booked", "4 checked-in", "6 fulfilled"])
    }

    @Test func `command by command it is what the whole history says`() throws {
        var history = begun
        history.start(2, order: 9, at: "2026-03-02T11:05", appointment: 5)
        history.end(2, "75", at: "2026-03-02T11:15")
        discharged(&history, 1)
        discharged(&history, 2)
        var (state, rows) = (PatientState(), PatientRows())
        var positions = StreamPositions()
        for (number, event) in history.events.enumerated() {
            let after = state.evolve(event)
            positions.append(Position(Int64(number + 1)))
            rows.apply(
                PatientChanges.make(before: state, events: [event], after: after), at: positions)
            state = after
        }
        #expect(
            rows.appointments.map { "\($0.opened.value) \($0.status.rawValue)" }
                == (try statuses(history)))
    }
}
