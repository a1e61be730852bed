import Foundation
import Testing

@testable import Infusion

@Suite("Openings for red cells") struct TransfusionOpeningsTests {
    @Test func `red cells are not offered on a day of iron`() throws {
        var story = given { story in
            story.patient(hemoglobin: decimal("6.5"), on: "2026-03-01")
            story.ordered(on: "2026-03-02")
        }
        story.does(
            .orderTransfusion(
                OrderTransfusion(
                    id: id(2), units: 1, indication: .general,
                    signature: Signature(
                        prescriber: "Dr Bianchi", signedAt: Clinic.newYork.at("2026-03-02 09:00")))),
            at: OpeningsTests.now)
        story.does(
            .bookAppointment(
                id(1), order: id(1), slot: Act.slot(Clinic.newYork.at("2026-03-04 14:00"))),
            at: OpeningsTests.now)
        let found = try OpeningsTests.ask(.order(id(2)), story, days: 5)
        #expect(found.dose == nil)
        #expect(found.days[2].constraint == .gatesShut)
        #expect(found.days[2].gates == [.transfusionSameDay])
        #expect(found.days.filter { $0.starts > 0 }.count == 4)
        for opening in found.openings.prefix(3) {
            story.when(
                .bookAppointment(id(9), order: id(2), slot: opening.slot), at: OpeningsTests.now
            )
            .accepted()
        }
    }

    @Test func `two units take a longer visit than one, offered as it is booked`() throws {
        var story = given { story in
            story.patient(hemoglobin: decimal("6.5"), on: "2026-03-01")
            story.has([.general], [.bleeding(.gastrointestinal, active: true)], on: "2026-03-02")
        }
        story.does(
            .orderTransfusion(
                OrderTransfusion(
                    id: id(2), units: 2, indication: .general,
                    signature: Signature(
                        prescriber: "Dr Bianchi", signedAt: Clinic.newYork.at("2026-03-02 09:00")))),
            at: OpeningsTests.now)
        let found = try OpeningsTests.ask(.order(id(2)), story, days: 2)
        #expect(found.minutes == 300)
        let opening = try #require(found.openings.first)
        #expect(opening.slot.end.seconds(since: opening.slot.start) == 300 * 60)
        story.when(
            .bookAppointment(id(9), order: id(2), slot: opening.slot), at: OpeningsTests.now
        ).accepted()
    }
}
