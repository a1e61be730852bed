import ChairPlanning
import Testing

@Suite("Plan instance")
struct PlanInstanceTests {
    private func problems(_ make: () throws -> PlanInstance) -> [String] {
        do {
            _ = try make()
            return []
        } catch let problems as PlanProblems {
            return problems.all.map(\.description)
        } catch {
            return ["\(error)"]
        }
    }

    @Test
    func `a problem names the member, what is wrong and what is accepted`() {
        let found = problems {
            try Clinic.instance(visits: [
                Clinic.visit("a", .requested(earliest: 600, ready: 500, latest: 700)),
                Clinic.visit("a", .started(start: 480, chair: "nowhere")),
                Clinic.visit("c", phases: []),
            ])
        }
        #expect(
            found == [
                "/visits/1/id: is \"a\", as /visits/0/id is; accepted: ids of their own",
                "/visits/0/window/ready: is 500; accepted: from earliest to latest, 600 to 700",
                "/visits/1/started/chair: is \"nowhere\"; accepted: the id of a chair",
                "/visits/2/phases: has 0; accepted: 1 to 12",
            ])
    }

    @Test
    func `hours, chairs and shifts must fit each other`() {
        let found = problems {
            try PlanInstance(
                days: [DayHours(opens: 600, overtimeFrom: 500, closes: 700)], startGridMinutes: 7,
                chairs: [Chair(id: "c", available: [590..<650, 640..<700])],
                nurses: [NurseOnShift(id: "n", shifts: [600..<600])], visits: [])
        }
        #expect(
            found == [
                "/days/0/overtimeFrom: is 500; accepted: from opens to closes, 600 to 700",
                "/startEvery: is 7; accepted: 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60",
                "/chairs/0/available/0: is 590 to 650; accepted: inside one day's opens and closes",
                "/chairs/0/available/1/from: is 640; accepted: intervals in order, apart: 650 or later",
                "/nurses/0/shifts/0: is 600 to 600; accepted: from before until",
            ])
    }

    @Test
    func `what has started did so before now`() {
        let begun = Clinic.visit("a", .started(start: 700, chair: "c1"))
        let early = problems { try Clinic.instance(now: 600, visits: [begun]) }
        #expect(
            early == ["/visits/0/started/start: is 700; accepted: now, which is 600, or earlier"])
        let sound = problems { try Clinic.instance(now: 700, visits: [begun]) }
        #expect(sound.isEmpty)
        let never = problems { try Clinic.instance(now: -1, visits: []) }
        #expect(never == ["/now: is -1; accepted: 0 to 10080"])
    }

    @Test
    func `one patient is not in two chairs at once`() {
        let found = problems {
            try Clinic.instance(visits: [
                Clinic.visit("a", patient: "p", .started(start: 480, chair: "c1")),
                Clinic.visit("b", patient: "p", .started(start: 500, chair: "c2")),
            ])
        }
        #expect(
            found == [
                "/visits/1/started: is 500 to 560, in which the patient is also in /visits/0; "
                    + "accepted: visits of one patient one after the other"
            ])
    }

    @Test
    func `names are short and stay on their line, and a product's path is escaped`() {
        let long = String(repeating: "x", count: 65)
        let found = problems {
            try Clinic.instance(
                chairs: [Chair(id: "c\n1", tags: [""], available: [])], stock: ["a/b~c": -1],
                visits: [Clinic.visit("v", patient: long)])
        }
        let accepted = "accepted: text of 1 to 64 bytes without control characters"
        #expect(
            found == [
                "/chairs/0/id: has a control character; \(accepted)",
                "/chairs/0/tags: has 0 bytes; \(accepted)",
                "/stock/a~1b~0c: is -1; accepted: 0 to 10000",
                "/visits/0/patient: has 65 bytes; \(accepted)",
            ])
    }

    @Test
    func `days follow each other, and each is a day`() {
        func hours(_ opens: Int, _ closes: Int) -> DayHours {
            DayHours(opens: opens, overtimeFrom: closes, closes: closes)
        }
        func problems(_ days: [DayHours]) -> [String] {
            self.problems {
                try PlanInstance(
                    days: days, chairs: [Chair(id: "c", available: [])], nurses: [], visits: [])
            }
        }
        #expect(problems([hours(0, 1_440), hours(1_440, 2_880)]).isEmpty)
        #expect(problems([]) == ["/days: has 0; accepted: 1 to 7"])
        #expect(
            problems([hours(480, 1_020), hours(960, 1_500)])
                == ["/days/1/opens: is 960; accepted: days in order, from 1020 on"])
        #expect(
            problems([hours(1_020, 480)])
                == ["/days/0/closes: is 480; accepted: 1 to 1440 minutes after it opens at 1020"])
        #expect(
            problems([hours(480, 480)])
                == ["/days/0/closes: is 480; accepted: 1 to 1440 minutes after it opens at 480"])
    }

    @Test
    func `a day without nurses, visits, usable chairs or cover is an instance`() throws {
        let found = problems {
            try Clinic.instance(
                chairs: [Chair(id: "c", available: [])], nurses: [], cover: [], visits: [])
        }
        #expect(found.isEmpty)
    }

    @Test
    func `the combined objective orders plans as its members do`() throws {
        let instance = try Clinic.instance(visits: [Clinic.visit("a"), Clinic.visit("b")])
        let scale = ObjectiveScale(instance)
        var random = PlanningRandom(seed: 3)
        let objectives = (0..<60).map { _ in
            PlanObjective(
                unservedWeight: Int.random(in: 0...2, using: &random),
                overtimeMinutes: Int.random(in: 0...scale.overtimeLargest, using: &random),
                waitingMinutes: Int.random(in: 0...scale.waitingLargest, using: &random),
                peakNurses: Int.random(in: 0...scale.peakLargest, using: &random))
        }
        for one in objectives {
            for other in objectives {
                #expect((one < other) == (scale.combined(one) < scale.combined(other)))
            }
        }
    }
}
