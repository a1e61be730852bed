import EventStore
import Foundation
import Infusion
import InfusionProjections
import Testing

/// What the calendar says of a chair in which red cells are given.
@Suite struct `The chair of a visit for red cells` {
    private let visit = AppointmentID(uuid(5))
    private let order = OrderID(uuid(9))

    private var booked: History {
        var history = History()
        let slot = AppointmentSlot(
            site: SiteID("north"), chair: ChairID("chair-1"), start: instant("2026-03-02T10:00"),
            end: instant("2026-03-02T12:00"))
        history.add(
            .appointmentBooked(Appointment(id: visit, order: order, slot: slot, findings: [])),
            at: "2026-03-01T09:10")
        return history
    }

    private var filled: PatientFact {
        .transfusionOrderFilled(
            TransfusionOrderFilled(
                order: order, transfusion: TransfusionID(uuid(7)), appointment: visit))
    }

    /// The statuses that the visit went through, by the version of the event that made each.
    private func statuses(_ history: History) throws -> [String] {
        var positions = StreamPositions()
        for number in history.events.indices { positions.append(Position(Int64(number + 1))) }
        let rows = try #require(
            PatientRows(of: history.events, to: history.state, at: positions))
        let known = try #require(history.state.appointment(visit))
        #expect(
            rows.appointments.last?.status
                == AppointmentCalendarProjection.status(of: known, in: history.state))
        return rows.appointments.map { "\($0.opened.value) \($0.status.rawValue)" }
    }

    @Test func `it is taken from the sitting down to the leaving`() throws {
        var history = booked
        history.add(.visitBegun(visit), at: "2026-03-02T10:05")
        history.add(filled, at: "2026-03-02T11:30")
        #expect(try statuses(history) == ["2 booked", "3 checked-in"])
        history.add(
            .visitLeft(VisitLeft(appointment: visit, observedMinutes: 30, stable: true)),
            at: "2026-03-02T12:00")
        #expect(try statuses(history) == ["2 booked", "3 checked-in", "5 fulfilled"])
    }

    @Test func `where the visit was never begun it is free with the red cells, as it was`() throws {
        var history = booked
        history.add(filled, at: "2026-03-02T11:30")
        #expect(try statuses(history) == ["2 booked", "3 fulfilled"])
    }
}
