import EventStore
import Foundation
import Infusion
import InfusionApplication
import Testing

/// What is told of a site's visits over the database, as it is in memory.
@Suite("A site's visits over the database") struct SiteClinicTests {
    @Test func `the calendar says for what somebody answers, as it was known`() async throws {
        try await ClinicDatabase.with { database in
            let clinic = try SiteClinic(database)
            try await clinic.open(chairs: 2, nurses: 1)
            let (first, second) = (AppointmentID(UUID()), AppointmentID(UUID()))
            let order = try await clinic.order("1").order
            try await clinic.send(
                .bookAppointment(first, order: order, slot: clinic.slot(1)), to: .order(order))
            let other = try await clinic.order("2").order
            let agreed = CapacityOverride(
                rules: [.nurseStarts], reason: .staffAgreed, role: .nurse)
            let booked = try await clinic.send(
                .bookAppointment(second, order: other, slot: clinic.slot(2), override: agreed),
                to: .order(other))
            try await clinic.send(
                .cancelAppointment(first, reason: .patientRequest), to: .appointment(first))

            // Named, since the log's own clock is not the clinic's.
            let today = CalendarDate(clinic.slot.start, in: .gmt)
            let dates = try #require(
                CalendarDateRange(
                    from: today.adding(days: -1), to: today.adding(days: 1), atMost: 3))
            func entries(_ knownAt: AsOf.Knowledge) async throws -> [CalendarEntry] {
                try await clinic.calendars.calendar(
                    CalendarQuestion(
                        site: clinic.site, dates: .range(dates), knownAt: knownAt),
                    actor: clinic.actor
                ).entries
            }
            for knowledge in [AsOf.Knowledge.now, .position(booked.position)] {
                let found = try await entries(knowledge)
                #expect(found.map(\.appointment) == [first, second])
                #expect(found.map(\.capacityOverride) == [nil, agreed])
                #expect(found.last?.changes == 0)
            }
        }
    }

    @Test func `a shift that is withdrawn names the visits that are left without`() async throws {
        // The log's own clock says what is still to come.
        let now = Instant(
            microsecondsSinceUnixEpoch: Int64(Date().timeIntervalSince1970) * 1_000_000)
        try await ClinicDatabase.with { database in
            let clinic = try SiteClinic(database, now: now)
            try await clinic.open(chairs: 2, nurses: 1)
            let visit = AppointmentID(UUID())
            let order = try await clinic.order("1").order
            try await clinic.send(
                .bookAppointment(visit, order: order, slot: clinic.slot(2)), to: .order(order))
            let today = try await clinic.decide(
                .withdrawShift(SiteEntryID("day-0"), reason: .sickLeave))
            #expect(today.unfit == .none)
            var named: [UnfitVisit] = []
            for day in ["day-1", "day-2"] {
                named += try await clinic.decide(
                    .withdrawShift(SiteEntryID(day), reason: .sickLeave)
                ).unfit.named
            }
            #expect(named.map(\.appointment) == [visit])
            #expect(named.map(\.slot) == [clinic.slot(2)])
            #expect(named.map(\.reason) == [.noResuscitationCover])
        }
    }
}
