import ChairPlanning
import Testing

@Suite("Replanning")
struct ReplanningTests {
    /// Two visits under way, two promised, one asked for.
    private func visits(movable: Int = 0) -> [PlannedVisit] {
        [
            Clinic.visit("begun", .started(start: 487, chair: "c1")),
            Clinic.visit("also begun", .started(start: 489, chair: "c2")),
            Clinic.visit("promised", .promised(start: 560, earlier: 0, later: movable)),
            Clinic.visit("also promised", .promised(start: 560, earlier: 0, later: movable)),
            Clinic.visit("asked for", urgency: .emergency),
        ]
    }

    @Test
    func `what has started stays, promises are kept, and requests go around them`() async throws {
        let instance = try Clinic.instance(nurses: Clinic.nurses(3), visits: visits())
        let answer = await Clinic.solved(instance)
        let starts = answer.plan.bookings.map { $0?.start }
        #expect(starts.prefix(4) == [487, 489, 560, 560])
        #expect(starts[4] == 630)
        let report = PlanReport(answer.plan, of: instance)
        #expect(report.brokenPromises.isEmpty && report.movedPromises.isEmpty)
        #expect(report.conflicts.isEmpty && report.unserved.isEmpty)
    }

    @Test
    func `whoever has not started starts no earlier than now, however it is planned`() async throws
    {
        let instance = try Clinic.instance(
            now: 601,
            visits: [
                Clinic.visit("begun", .started(start: 487, chair: "c1")), Clinic.visit("asked for"),
            ])
        let answer = await Clinic.solved(instance)
        #expect(answer.plan.bookings.map { $0?.start } == [487, 605])
        #expect(answer.objective.waitingMinutes == 605 - 480)
        #expect(answer.isProvedBest)
        for baseline in PlanBaseline.allCases {
            #expect(baseline.plan(instance).bookings.map { $0?.start } == [487, 605])
        }
    }

    @Test
    func `a promise whose time has passed is named, unless it may be kept later`() async throws {
        func report(later: Int) async throws -> PlanReport {
            let instance = try Clinic.instance(
                now: 600,
                visits: [Clinic.visit("promised", .promised(start: 560, earlier: 0, later: later))])
            return PlanReport(await Clinic.solved(instance).plan, of: instance)
        }
        let missed = try await report(later: 0)
        #expect(missed.brokenPromises.map(\.visit) == ["promised"])
        #expect(missed.brokenPromises.map(\.reason) == [.past])
        let kept = try await report(later: 60)
        #expect(kept.brokenPromises.isEmpty)
        #expect(kept.movedPromises.map(\.start) == [600])
    }

    @Test
    func `when a chair breaks, the promise that cannot be kept is reported by name`() async throws {
        let broken = [
            Chair(id: "c1", available: [480..<1_020]), Chair(id: "c2", available: [480..<555]),
        ]
        let instance = try Clinic.instance(
            chairs: broken, nurses: Clinic.nurses(3), visits: visits())
        let answer = await Clinic.solved(instance)
        let report = PlanReport(answer.plan, of: instance)
        #expect(report.brokenPromises.count == 1)
        #expect(report.brokenPromises.first?.reason == .capacity)
        #expect(["promised", "also promised"].contains(report.brokenPromises.first?.visit))
        #expect(PlanChecker(instance).violations(of: answer.plan).isEmpty)
    }

    @Test
    func `a promise that may be moved is kept later, and said to be`() async throws {
        let broken = [
            Chair(id: "c1", available: [480..<1_020]), Chair(id: "c2", available: [480..<555]),
        ]
        let instance = try Clinic.instance(
            chairs: broken, nurses: Clinic.nurses(3), visits: visits(movable: 90))
        let answer = await Clinic.solved(instance)
        let report = PlanReport(answer.plan, of: instance)
        #expect(report.brokenPromises.isEmpty)
        #expect(report.movedPromises.map(\.start) == [630])
    }

    /// Of ``visits(movable:)``.
    private func conflicts(of instance: PlanInstance) -> [String] {
        let none = ChairPlan(bookings: [Booking?](repeating: nil, count: 5))
        return PlanReport(none, of: instance).conflicts.map {
            "\($0.visit): \($0.reason.rawValue)"
        }
    }

    @Test
    func `a patient in a chair that broke, or without any nurse, is named`() throws {
        let broken = [
            Chair(id: "c1", available: [480..<500]), Chair(id: "c2", available: [480..<1_020]),
        ]
        let instance = try Clinic.instance(chairs: broken, nurses: [], visits: visits())
        #expect(
            conflicts(of: instance) == [
                "begun: chairUnavailable", "begun: tooFewNurses", "begun: tooFewHands",
                "also begun: tooFewNurses", "also begun: tooFewHands",
            ])
    }

    @Test
    func `two patients who need the hands of the one nurse who is left are named`() throws {
        let instance = try Clinic.instance(nurses: Clinic.nurses(1), visits: visits())
        #expect(conflicts(of: instance) == ["begun: tooFewHands", "also begun: tooFewHands"])
        // The first leaves at 547; the last two minutes of the other take one nurse.
        let later = try Clinic.instance(nurses: Clinic.nurses(1), now: 547, visits: visits())
        #expect(conflicts(of: later).isEmpty)
        // While both are in the infusion, their ends are still to come.
        let between = try Clinic.instance(nurses: Clinic.nurses(1), now: 515, visits: visits())
        #expect(conflicts(of: between) == conflicts(of: instance))
    }

    @Test
    func `whoever is in a chair when the cover goes home is named, whoever has left is not`() throws
    {
        let instance = try Clinic.instance(
            nurses: Clinic.nurses(3), cover: [480..<548], visits: visits())
        #expect(conflicts(of: instance) == ["also begun: noCover"])
        // A gap that has passed is nobody's to mend.
        let gap = try Clinic.instance(
            nurses: Clinic.nurses(3), cover: [480..<490, 495..<1_020], visits: visits())
        #expect(conflicts(of: gap) == ["begun: noCover", "also begun: noCover"])
        let passed = try Clinic.instance(
            nurses: Clinic.nurses(3), cover: [480..<490, 495..<1_020], now: 500, visits: visits())
        #expect(conflicts(of: passed).isEmpty)
    }

    @Test
    func `a sick nurse costs requests before promises`() async throws {
        let sick = [
            NurseOnShift(id: "n1", shifts: [480..<1_020]), NurseOnShift(id: "n2", shifts: []),
        ]
        let only = VisitTiming.requested(earliest: 600, ready: 600, latest: 600)
        let instance = try Clinic.instance(
            nurses: sick,
            visits: [
                Clinic.visit("emergency", urgency: .emergency, only),
                Clinic.visit("promised", .promised(start: 600, earlier: 0, later: 0)),
            ])
        let answer = await Clinic.solved(instance)
        #expect(answer.plan.bookings.map { $0?.start } == [nil, 600])
        #expect(
            PlanReport(answer.plan, of: instance).unserved.map(\.reason) == [.capacity])
    }

    @Test
    func `who cannot be served at all is told why`() throws {
        let instance = try Clinic.instance(visits: [
            Clinic.visit("bed", needs: ["bed"]),
            Clinic.visit("late", .requested(earliest: 1_000, ready: 1_000, latest: 1_020)),
        ])
        let none = ChairPlan(bookings: [nil, nil])
        #expect(
            PlanReport(none, of: instance).unserved.map(\.reason) == [.equipment, .hours])
    }

    @Test
    func `whose last start has passed is told so, who had none is told that`() throws {
        let instance = try Clinic.instance(
            now: 600,
            visits: [
                Clinic.visit("missed", .requested(earliest: 480, ready: 480, latest: 595)),
                Clinic.visit("late", .requested(earliest: 1_000, ready: 1_000, latest: 1_020)),
            ])
        let none = ChairPlan(bookings: [nil, nil])
        #expect(PlanReport(none, of: instance).unserved.map(\.reason) == [.past, .hours])
    }
}
