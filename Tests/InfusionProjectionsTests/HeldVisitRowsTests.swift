import EventStore
import Foundation
import Infusion
import InfusionProjections
import Testing

/// What the calendar's rows say of a visit that is held.
@Suite struct `A held visit's rows` {
    /// Visit 5, held from 09:10 until 10:10.
    var held: History {
        var history = History()
        history.order(9, at: "2026-03-01T09:00")
        history.add(
            .appointmentHeld(
                Appointment(
                    id: AppointmentID(uuid(5)), order: OrderID(uuid(9)),
                    slot: slot("chair-1"), findings: []),
                until: instant("2026-03-01T10:10")),
            at: "2026-03-01T09:10")
        return history
    }

    func slot(_ chair: String) -> AppointmentSlot {
        AppointmentSlot(
            site: SiteID("north"), chair: ChairID(chair), start: instant("2026-03-02T10:00"),
            end: instant("2026-03-02T11:00"))
    }

    func rows(_ history: History) throws -> [AppointmentRow] {
        var positions = StreamPositions()
        for number in history.events.indices { positions.append(Position(Int64(number + 1))) }
        return try #require(
            PatientRows(of: history.events, to: history.state, at: positions)
        ).appointments
    }

    @Test func `say until when, and that it has lapsed from then on`() throws {
        let row = try #require(try rows(held).last)
        #expect(row.status == .pending)
        #expect(row.heldUntil == instant("2026-03-01T10:10"))
        #expect(!row.isLapsed(at: instant("2026-03-01T10:09")))
        #expect(row.isLapsed(at: instant("2026-03-01T10:10")))
    }

    @Test func `say the same once it was moved`() throws {
        var history = held
        history.add(
            .appointmentMoved(AppointmentID(uuid(5)), to: slot("chair-2")), at: "2026-03-01T09:20")
        let row = try #require(try rows(history).last)
        #expect(row.slot.chair == ChairID("chair-2"))
        #expect(row.heldUntil == instant("2026-03-01T10:10"))
    }

    @Test func `say nothing of it once it is booked, or over`() throws {
        for end in [
            PatientFact.appointmentConfirmed(AppointmentID(uuid(5)), findings: []),
            .holdExpired(AppointmentID(uuid(5))),
        ] {
            var history = held
            history.add(end, at: "2026-03-01T09:30")
            let row = try #require(try rows(history).last)
            #expect(row.status != .pending)
            #expect(row.heldUntil == nil)
            #expect(!row.isLapsed(at: instant("2026-03-09T10:10")))
        }
    }
}
