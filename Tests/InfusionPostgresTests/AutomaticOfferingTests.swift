import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionProjections
import Testing

/// Automatic offers over the database, by several processes at once.
@Suite struct AutomaticOfferingTests {
    @Test func `a time has one open offer, however many processes look for it`() async throws {
        try await ClinicDatabase.with { database in
            let clinic = try SiteClinic(database)
            try await clinic.open()
            let (_, first) = try await clinic.order("1")
            for name in ["2", "3"] { try await clinic.wait(try await clinic.order(name).order) }
            let visit = AppointmentID(UUID())
            try await clinic.send(
                .bookAppointment(visit, order: first, slot: clinic.slot), to: .order(first))
            #expect(try await clinic.runTogether() == 0)
            try await clinic.send(
                .cancelAppointment(visit, reason: .patientRequest), to: .appointment(visit))
            #expect(try await clinic.runTogether() == 1)
            let offered = try #require(try await clinic.offered())
            let offer = try #require(offered.offer).appointment
            #expect(try await clinic.runTogether() == 0)
            try await clinic.send(
                .declineOffer(offer, reason: .patientRequest), to: .appointment(offer))
            #expect(try await clinic.runTogether() == 1)
            let next = try #require(try await clinic.offered())
            #expect(next.order != offered.order)
        }
    }
}

extension SiteClinic {
    fileprivate func wait(_ order: OrderID) async throws {
        try await send(
            .enterWaitlist(
                WaitlistRequest(
                    order: order, site: nil, minutes: 120, earliest: nil, latest: nil,
                    weekdays: Set(Weekday.allCases), hours: nil, noticeHours: 0)),
            to: .order(order))
    }

    /// Six processes that have just started; how many offers they make.
    fileprivate func runTogether() async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<6 {
                group.addTask { try await AutomaticOffering(service).run(tenant) }
            }
            return try await group.reduce(0, +)
        }
    }

    /// The one who is offered a time; `nil` where nobody is, or several are.
    fileprivate func offered() async throws -> WaitlistRow? {
        let rows = try await service.waitlist(
            WaitlistQuestion(site: site, knownAt: .now, after: nil, limit: 50), actor: actor
        ).rows.filter { $0.status == .offered }
        return rows.count == 1 ? rows[0] : nil
    }
}
