import Foundation
import Infusion
import Testing

/// What the report counts (facts §10.2: the rate of each rule is watched).
@Suite struct `The use of overrides` {
    var clinic = Clinic.newYork
    /// 750 mg given on 2 March; the interval is shut until the 9th.
    let given750 = given { story in
        story.patient(on: "2026-03-01")
        story.ordered(on: "2026-03-02")
        story.dose(1, 750, on: "2026-03-02")
        story.noInfection(on: "2026-03-06")
        story.does(
            Act.override(1, .interval, until: story.clinic.at("2026-03-07 09:00")),
            at: "2026-03-06 09:00")
    }

    func outcomes(_ story: Story, at time: String) -> [OverrideUse.Outcome] {
        OverrideUse.all(of: story.state, at: clinic.at(time), in: clinic.zone).map(\.outcome)
    }

    @Test func `one that nobody needed is open until it expires`() {
        #expect(outcomes(given750, at: "2026-03-07 08:59") == [.open])
        #expect(outcomes(given750, at: "2026-03-07 09:00") == [.expired])
    }

    @Test func `one that was not given yet is not counted`() {
        #expect(outcomes(given750, at: "2026-03-06 08:59") == [])
    }

    @Test func `one that a dose was begun on is used for ever`() {
        var story = given750
        story.does(
            Act.start(2, 100, at: clinic.at("2026-03-06 10:00")), at: "2026-03-06 10:00")
        #expect(outcomes(story, at: "2026-03-06 10:00") == [.used])
        #expect(outcomes(story, at: "2026-04-06 10:00") == [.used])
    }

    @Test func `a visit booked on it does not use it`() {
        var story = given750
        story.does(
            .bookAppointment(
                id(1), order: id(1), slot: Act.slot(clinic.at("2026-03-06 14:00"))),
            at: "2026-03-06 09:30")
        #expect(outcomes(story, at: "2026-03-06 14:00") == [.open])
    }

    @Test func `it is of the clinic's date`() {
        var story = given750
        // Nobody has asked about an infection since the 6th.
        story.does(
            Act.override(2, .infection, until: clinic.at("2026-03-22")),
            at: "2026-03-20 23:30")
        let dates = OverrideUse.all(
            of: story.state, at: clinic.at("2026-05-01"), in: clinic.zone
        ).map(\.date)
        #expect(dates == [date("2026-03-06"), date("2026-03-20")])
    }

    @Test func `counts go by month and gate, and what nobody overrode has no row`() {
        func use(
            _ gate: Gate, _ day: String, _ outcome: OverrideUse.Outcome
        ) -> OverrideUse {
            OverrideUse(version: EventVersion(1), gate: gate, date: date(day), outcome: outcome)
        }
        let counts = OverrideCount.counts(of: [
            use(.interval, "2026-03-31", .used), use(.phosphate, "2026-04-01", .open),
            use(.interval, "2026-03-01", .expired), use(.phosphate, "2026-03-10", .used),
            use(.phosphate, "2025-12-31", .expired), use(.interval, "2026-03-02", .used),
        ])
        let rows = counts.map {
            "\($0.year)-\($0.month) \($0.gate.rawValue): "
                + "\($0.given) \($0.used) \($0.expired) \($0.open)"
        }
        #expect(
            rows == [
                "2025-12 G-PO4: 1 0 1 0", "2026-3 G-PO4: 1 1 0 0", "2026-3 G-INTERVAL: 3 2 1 0",
                "2026-4 G-PO4: 1 0 0 1",
            ])
        #expect(OverrideCount.counts(of: []) == [])
    }
}
