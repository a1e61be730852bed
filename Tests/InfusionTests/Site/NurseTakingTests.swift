import Foundation
import Infusion
import Testing

/// What visits take of nurses, quarter hour by quarter hour.
@Suite("What visits take of nurses") struct NurseTakingTests {
    private static let site = SiteID("main")

    /// Open round the clock in Rome, with the shifts.
    private func site(_ shifts: (LocalPeriod, Int)...) throws -> SiteStory {
        var story = try SiteStory.open("00:00-24:00")
        for (index, (period, people)) in shifts.enumerated() {
            try story.does(
                .planShift(Shift(SiteEntryID("s\(index)"), period, .people(people))))
        }
        return story
    }

    private func slot(_ span: TimeSpan, chair: ChairID = "chair-1") -> AppointmentSlot {
        AppointmentSlot(site: Self.site, chair: chair, start: span.from, end: span.until)
    }

    private func takings(
        _ story: SiteStory, _ span: TimeSpan, holding held: AppointmentRecord? = nil,
        overridden: Set<CapacityRule> = []
    ) throws -> [NurseTaking] {
        try #require(VisitSite(at: span.from, given: story.state)).takings(
            of: slot(span), holding: held, overridden: overridden)
    }

    /// The visit as it stands, by an override or without.
    private func visit(
        _ span: TimeSpan, overriding rules: Set<CapacityRule>? = nil
    ) throws -> AppointmentRecord {
        let override = rules.map {
            PatientFact.capacityOverridden(
                id(1), CapacityOverride(rules: $0, reason: .urgentTreatment, role: .prescriber))
        }
        let booked = PatientFact.appointmentBooked(
            Appointment(id: id(1), order: id(1), slot: slot(span), findings: []))
        let state = PatientState.fold(
            [booked, override].compactMap(\.self).map {
                PatientEvent(effectiveAt: span.from, fact: $0)
            })
        return try #require(state.appointment(id(1)))
    }

    private func starts(_ takings: [NurseTaking]) -> [String: Int] { table(takings, .starts) }
    private func patients(_ takings: [NurseTaking]) -> [String: Int] { table(takings, .patients) }

    private func table(_ takings: [NurseTaking], _ limit: NurseLimit) -> [String: Int] {
        Dictionary(
            uniqueKeysWithValues: takings.filter { $0.limit == limit }.map {
                (ZoneClock(.gmt).localTime(of: $0.quarter.start).time.description, $0.allowed)
            })
    }

    @Test func `a start in the first quarter hour, a patient in each that is touched`() throws {
        let story = try site(("2026-01-15T08:00/2026-01-15T16:00", 2))
        let takings = try takings(story, "2026-01-15T09:05/2026-01-15T09:46")
        #expect(starts(takings) == ["09:00": 2])
        #expect(
            patients(takings) == ["09:00": 8, "09:15": 8, "09:30": 8, "09:45": 8])
    }

    @Test func `a visit that ends with a quarter hour takes nothing of the next`() throws {
        let story = try site(("2026-01-15T08:00/2026-01-15T16:00", 1))
        #expect(
            patients(try takings(story, "2026-01-15T09:15/2026-01-15T09:30")) == ["09:15": 4])
    }

    @Test func `counted on are the nurses who are there all through the quarter hour`() throws {
        let story = try site(
            ("2026-01-15T08:00/2026-01-15T10:20", 1), ("2026-01-15T10:00/2026-01-15T16:00", 2))
        let takings = try takings(story, "2026-01-15T08:45/2026-01-15T09:45")
        // 09:00 UTC is 10:00 in Rome.
        #expect(patients(takings) == ["08:45": 4, "09:00": 12, "09:15": 8, "09:30": 8])
    }

    @Test func `nobody planned is nobody there`() throws {
        let story = try site(("2026-01-16T08:00/2026-01-16T16:00", 2))
        let takings = try takings(story, "2026-01-15T09:00/2026-01-15T09:15")
        #expect(starts(takings) == ["09:00": 0])
        #expect(patients(takings) == ["09:00": 0])
    }

    @Test func `where no shift was ever planned nothing is taken of anybody`() throws {
        #expect(try takings(try site(), "2026-01-15T09:00/2026-01-15T09:15").isEmpty)
    }

    @Test func `the site's own limits count`() throws {
        var story = try site(("2026-01-15T08:00/2026-01-15T16:00", 2))
        try story.does(.setLimits(CapacityLimits([.startsPerNurse: 2, .patientsPerNurse: 3])))
        let takings = try takings(story, "2026-01-15T09:00/2026-01-15T09:15")
        #expect(starts(takings) == ["09:00": 4])
        #expect(patients(takings) == ["09:00": 6])
    }

    @Test func `what a visit holds already it need not find again`() throws {
        let story = try site(("2026-01-15T08:00/2026-01-15T16:00", 1))
        let held = try visit("2026-01-15T09:00/2026-01-15T10:00")
        #expect(
            try takings(story, "2026-01-15T09:10/2026-01-15T10:00", holding: held).isEmpty)
        let later = try takings(story, "2026-01-15T09:30/2026-01-15T10:30", holding: held)
        #expect(starts(later) == ["09:30": 1])
        #expect(patients(later) == ["10:00": 4, "10:15": 4])
    }

    @Test func `what it holds by an override it has to find when it moves without one`() throws {
        let story = try site(("2026-01-15T08:00/2026-01-15T16:00", 1))
        let held = try visit(
            "2026-01-15T09:00/2026-01-15T10:00", overriding: [.nurseStarts])
        let moved = try takings(story, "2026-01-15T09:05/2026-01-15T10:00", holding: held)
        #expect(starts(moved) == ["09:00": 1])
        #expect(patients(moved) == [:])
        let again = try takings(
            story, "2026-01-15T09:05/2026-01-15T10:00", holding: held, overridden: [.nurseStarts])
        #expect(again.isEmpty)
    }

    @Test func `an override covers the rules that it names`() throws {
        let story = try site(("2026-01-15T08:00/2026-01-15T16:00", 1))
        let takings = try takings(
            story, "2026-01-15T09:00/2026-01-15T09:15", overridden: [.nurseStarts, .lastStart])
        #expect(starts(takings) == [:])
        #expect(patients(takings) == ["09:00": 4])
    }

    @Test func `on the day of 23 hours a visit takes the time that passes`() throws {
        let story = try site(("2026-03-29T00:00/2026-03-29T06:00", 1))
        // From 01:30 to 03:30 by the wall: one hour.
        let takings = try takings(story, "2026-03-29T00:30/2026-03-29T01:30")
        #expect(starts(takings) == ["00:30": 1])
        #expect(patients(takings) == ["00:30": 4, "00:45": 4, "01:00": 4, "01:15": 4])
    }

    @Test func `on the day of 25 hours nobody is counted on who may have left`() throws {
        let story = try site(
            ("2026-10-25T00:00/2026-10-25T02:30", 1), ("2026-10-25T02:30/2026-10-25T06:00", 2))
        // The hour from 02:00 to 03:00 comes twice: 00:00 to 02:00 UTC. The first shift ends, and the
        // second begins, with the first 02:30.
        let takings = try takings(story, "2026-10-25T00:15/2026-10-25T01:45")
        #expect(
            patients(takings) == [
                "00:15": 4, "00:30": 8, "00:45": 8, "01:00": 8, "01:15": 8, "01:30": 8,
            ])
    }

    @Test func `a slot shares the quarter hours that it touches`() throws {
        let quarter = QuarterHour(holding: .utc("2026-01-15T09:07"))
        #expect(quarter.start == .utc("2026-01-15T09:00"))
        #expect(quarter.end == .utc("2026-01-15T09:15"))
        let start = NurseTaking(limit: .starts, quarter: quarter, allowed: 1)
        let patient = NurseTaking(limit: .patients, quarter: quarter, allowed: 1)
        for (span, begins, isThere) in [
            ("2026-01-15T09:14/2026-01-15T10:00" as TimeSpan, true, true),
            ("2026-01-15T08:30/2026-01-15T09:01", false, true),
            ("2026-01-15T08:30/2026-01-15T09:00", false, false),
            ("2026-01-15T09:15/2026-01-15T10:00", false, false),
        ] {
            #expect(start.isShared(by: slot(span)) == begins)
            #expect(patient.isShared(by: slot(span)) == isThere)
        }
    }
}
