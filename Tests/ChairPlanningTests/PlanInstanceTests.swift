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
                "/visits/1/id: is there twice; accepted: ids of their own",
                "/visits/0/window/ready: is 500; accepted: from earliest to latest",
                "/visits/1/started/chair: names no chair; accepted: the id of a chair",
                "/visits/2/phases: is 0; accepted: 1 to 12",
                "/visits/2/phases: is 0; accepted: 1 to 900",
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
                "/days/0/overtimeFrom: is 500; accepted: from opens to closes",
                "/startEvery: is 7; accepted: 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60",
                "/chairs/0/available/0: is outside opening hours; accepted: inside one day's opens and closes",
                "/chairs/0/available/1/from: is before the one before it ends; accepted: intervals in order, apart",
                "/nurses/0/shifts/0: is empty; accepted: from before until",
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
                "/visits/1/started: the patient is in another chair; accepted: visits of one patient one after the other"
            ])
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
