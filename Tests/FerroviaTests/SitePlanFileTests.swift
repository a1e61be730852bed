import Foundation
import Infusion
import InfusionKnowledge
import Testing

@testable import ferrovia

/// The file of `ferrovia site apply`, and a day as it is drawn.
@Suite("Sites in a file") struct SitePlanFileTests {
    static let text = """
        format: 1
        sites:
          - site: main
            timeZone: Europe/Rome
            limits: {patientsPerNurse: 3, closingBufferMinutes: 20}
            chairs:
              - {chair: chair-1, kind: recliner, equipment: [infusionPump, oxygen]}
              - {chair: chair-2, kind: bed, isolated: true, retired: 2027-01-01}
            hours:
              - from: 2026-01-05
                monday: [08:00-12:00, 13:00-17:00]
                friday: [18:00-02:00]
                sunday: [00:00-24:00]
              - {from: 2025-01-01, withdrawn: true}
            closures:
              - {closure: natale, firstDay: 2026-12-25, lastDay: 2026-12-26, reason: publicHoliday}
              - closure: training
                from: 2026-11-27T12:00
                until: 2026-11-27T14:00
                reason: training
              - {closure: old, withdrawn: true}
            openings:
              - {opening: fair, from: 2026-12-05T09:00, until: 2026-12-05T13:00}
            outages:
              - {outage: pump, chair: chair-1, from: 2026-11-20T09:15, reason: equipmentFault}
            shifts:
              - shift: early
                on: [2026-11-23, 2026-11-24]
                time: 07:45-14:00
                roles: [registeredNurse]
                people: 2
              - shift: night
                on: 2026-11-27
                time: 18:00-02:00
                roles: [registeredNurse, resuscitation]
                staff: R-07
          - site: east
            timeZone: Australia/Lord_Howe
        """

    private static let now = Instant(microsecondsSinceUnixEpoch: 1_763_630_100_000_000)

    private static func read(_ text: String) throws -> [SitePlan] {
        try SitePlanFile(text, file: "sites.yaml", now: now).plans
    }

    /// What is said against a text, line by line.
    private static func problems(_ text: String) -> [String] {
        do {
            _ = try read(text)
            return []
        } catch {
            return "\(error)".split(separator: "\n").map(String.init)
        }
    }

    private func time(_ text: String) throws -> LocalTime { try #require(LocalTime(text)) }
    private func date(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }
    private func span(_ from: String, _ until: String) throws -> ClockSpan {
        ClockSpan(from: try #require(ClockTime(from)), until: try #require(ClockTime(until)))
    }
    private func period(_ from: String, _ until: String) throws -> LocalPeriod {
        try #require(LocalPeriod(from: try time(from), until: try time(until)))
    }

    @Test func `a site is read as it is written`() throws {
        let plans = try Self.read(Self.text)
        #expect(plans.map(\.site.name) == ["main", "east"])
        let main = plans[0]
        #expect(main.timeZone == "Europe/Rome")
        #expect(main.limits[.startsPerNurse] == 1)
        #expect(main.limits[.patientsPerNurse] == 3)
        #expect(main.limits[.closingBufferMinutes] == 20)
        #expect(
            main.chairs == [
                SitePlan.Chair(
                    SiteChair(
                        id: ChairID("chair-1"), kind: .recliner,
                        equipment: [.infusionPump, .oxygen])),
                SitePlan.Chair(
                    SiteChair(id: ChairID("chair-2"), kind: .bed, isIsolated: true),
                    retiredFrom: try date("2027-01-01")),
            ])
        #expect(
            main.hours == [
                .set(
                    WeeklyHours(
                        validFrom: try date("2026-01-05"),
                        days: [
                            .monday: [try span("08:00", "12:00"), try span("13:00", "17:00")],
                            .friday: [try span("18:00", "02:00")],
                            .sunday: [try span("00:00", "00:00")],
                        ])),
                .withdrawn(validFrom: try date("2025-01-01")),
            ])
        #expect(
            main.closures == [
                .announced(
                    SiteClosure(
                        id: SiteEntryID("natale"),
                        period: try period("2026-12-25T00:00", "2026-12-27T00:00"),
                        reason: .publicHoliday)),
                .announced(
                    SiteClosure(
                        id: SiteEntryID("training"),
                        period: try period("2026-11-27T12:00", "2026-11-27T14:00"),
                        reason: .training)),
                .withdrawn(SiteEntryID("old")),
            ])
        #expect(
            main.outages == [
                .announced(
                    ChairOutage(
                        id: SiteEntryID("pump"), chair: ChairID("chair-1"),
                        from: try time("2026-11-20T09:15"), until: nil, reason: .equipmentFault))
            ])
    }

    @Test func `a shift of several dates is one for each`() throws {
        let shifts = try Self.read(Self.text)[0].shifts
        func early(_ date: String) throws -> Shift {
            Shift(
                id: SiteEntryID("early-\(date)"), roles: [.registeredNurse], staff: .people(2),
                period: try period("\(date)T07:45", "\(date)T14:00"))
        }
        #expect(
            shifts == [
                .announced(try early("2026-11-23")), .announced(try early("2026-11-24")),
                .announced(
                    Shift(
                        id: SiteEntryID("night"), roles: [.registeredNurse, .resuscitation],
                        staff: .person(StaffCode("R-07")),
                        period: try period("2026-11-27T18:00", "2026-11-28T02:00"))),
            ])
    }

    @Test func `automatic offers are on where the file says for how long`() throws {
        #expect(try Self.read(Self.text).map(\.automaticOffers) == [.off, .off])
        let line = "    timeZone: Australia/Lord_Howe"
        let text = Self.text.replacing(
            line, with: "\(line)\n    automaticOffers: {keepMinutes: 60}")
        #expect(
            try Self.read(text).map(\.automaticOffers) == [.off, .on(keepMinutes: 60)])
        let wrong = text.replacing("keepMinutes: 60", with: "keepMinutes: 1441")
        #expect(
            Self.problems(wrong).contains {
                $0.hasPrefix("sites.yaml:39:") && $0.contains("a whole number from 1 to 1440")
            }, "\(Self.problems(wrong))")
    }

    /// A text that is replaced, by what, the line that is named, and a part of what is said there.
    static let mistakes: [(old: String, new: String, line: Int, says: String)] = [
        ("format: 1", "format: 2", 1, "accepted: 1"),
        ("Europe/Rome", "Rome", 4, "an IANA name"),
        ("patientsPerNurse: 3", "patientsPerNurse: 9", 5, "a whole number from 1 to 6"),
        ("patientsPerNurse: 3", "patients: 3", 5, "is not known here"),
        ("kind: recliner", "kind: stool", 7, "recliner, bed"),
        ("chair: chair-2", "chair: chair-1", 8, "which is described above"),
        ("2027-01-01", "2027-02-29", 8, "a date, such as"),
        ("08:00-12:00", "08:00-14:00", 10, "runs into the span that follows"),
        ("08:00-12:00", "8:00-12:00", 11, "times of the clock"),
        ("lastDay: 2026-12-26", "lastDay: 2026-12-24", 16, "2026-12-25 or later"),
        ("until: 2026-11-27T14:00", "until: 2026-11-27T11:00", 19, "a time after"),
        ("closure: training", "closure: natale", 17, "which is described above"),
        ("chair: chair-1, from", "chair: chair-9, from", 25, "no chair chair-9"),
        ("reason: equipmentFault", "reason: broken", 25, "equipmentFault, maintenance"),
        ("people: 2", "people: 0", 31, "a whole number from 1 to 50"),
        ("staff: R-07", "staff: Anna Rossi", 32, "visible ASCII"),
        ("staff: R-07", "leader: R-07", 32, "neither 'people' nor 'staff'"),
        ("site: east", "site: main", 37, "which is described above"),
        ("sunday:", "sonntag:", 13, "is not known here"),
    ]

    @Test(arguments: mistakes.indices) func `a mistake is named by its line`(_ index: Int) {
        let (old, new, line, says) = Self.mistakes[index]
        let problems = Self.problems(Self.text.replacing(old, with: new, maxReplacements: 1))
        #expect(
            problems.contains { $0.hasPrefix("sites.yaml:\(line):") && $0.contains(says) },
            "\(problems)")
    }

    @Test func `all that is wrong is told at once`() {
        let text = Self.text.replacing("kind: recliner", with: "kind: stool")
            .replacing("people: 2", with: "people: 0").replacing("sunday:", with: "sonntag:")
        #expect(Self.problems(text).count == 3)
    }

    @Test func `who makes five mistakes in one entry is told five`() {
        let text = Self.text.replacing(
            "time: 18:00-02:00", with: "time: 18-02\n        note: x"
        ).replacing("on: 2026-11-27", with: "on: 2026-11-31")
            .replacing("[registeredNurse, resuscitation]", with: "[nurse, resuscitation]")
            .replacing("staff: R-07", with: "leader: R-07")
        let problems = Self.problems(text)
        for part in [
            "shifts[1].time: is '18-02'", "shifts[1].on: is '2026-11-31'",
            "shifts[1].roles[0]: is 'nurse'", "shifts[1]: has neither 'people' nor 'staff'",
            "shifts[1].note: is not known here", "shifts[1].leader: is not known here",
        ] {
            #expect(problems.contains { $0.contains(part) }, "\(part): \(problems)")
        }
        #expect(problems.count == 6, "\(problems)")
    }

    @Test func `what is wrong with the site keeps nobody from looking at its entries`() {
        let text = Self.text.replacing("Europe/Rome", with: "Rome")
            .replacing("site: main", with: "site: Main Site")
            .replacing("kind: recliner", with: "kind: stool")
            .replacing("08:00-12:00", with: "08:00-14:00")
        let problems = Self.problems(text)
        for part in [
            "sites[0].site: ", "sites[0].timeZone: ", "chairs[0].kind: is 'stool'",
            "runs into the span that follows",
        ] {
            #expect(problems.contains { $0.contains(part) }, "\(part): \(problems)")
        }
        // The outage of the chair that could not be read is nobody's fault.
        #expect(problems.count == 4, "\(problems)")
    }

    @Test func `a day is drawn in quarters of an hour`() throws {
        var state = SiteState()
        let decider = SiteDecider()
        for plan in try Self.read(Self.text).prefix(1) {
            for event in try decider.decide(
                .apply(plan), given: state, at: Self.now, by: .standard)
            {
                state = decider.evolve(state, event)
            }
        }
        // A Monday; the pump of the first chair is out since Friday.
        let day = try #require(SiteDay(of: try date("2026-11-23"), given: state))
        let lines = SiteDayDrawing(day).lines
        let morning = String(repeating: "█", count: 16)
        let noon = String(repeating: "·", count: 4)
        #expect(lines[0] == "main, Monday 2026-11-23, Europe/Rome, 24 hours")
        #expect(lines[1] == "open 08:00 to 12:00, 13:00 to 17:00")
        #expect(
            lines[2].trimmingCharacters(in: .whitespaces) == "08  09  10  11  12  13  14  15  16")
        #expect(lines[3].hasPrefix("chair-1        ░░░░"))
        #expect(lines[4] == "chair-2        \(morning)\(noon)\(morning)")
        #expect(
            lines[5]
                == "nurses         " + String(repeating: "2", count: 24)
                + String(repeating: "0", count: 12))
        #expect(lines[6] == "resuscitation  " + String(repeating: "0", count: 36))

        let closed = try #require(SiteDay(of: try date("2026-12-25"), given: state))
        #expect(
            SiteDayDrawing(closed).lines.dropFirst() == [
                "closure natale (publicHoliday): 2026-12-25T00:00 to 2026-12-27T00:00", "closed",
            ])
    }
}
