import ChairPlanning
import Testing

@Suite("Plan checker")
struct PlanCheckerTests {
    private func rules(_ instance: PlanInstance, _ bookings: [Booking?]) -> Set<PlanViolation.Rule>
    {
        Set(PlanChecker(instance).violations(of: ChairPlan(bookings: bookings)).map(\.rule))
    }

    @Test
    func `a plan that keeps every rule breaks none, and costs what it says`() throws {
        let instance = try Clinic.instance(visits: [
            Clinic.visit("a"), Clinic.visit("b", urgency: .urgent),
            Clinic.visit("c", urgency: .soon),
        ])
        let plan = ChairPlan(bookings: [
            Booking(chair: 0, start: 480), Booking(chair: 0, start: 550), nil,
        ])
        #expect(PlanChecker(instance).violations(of: plan).isEmpty)
        #expect(
            PlanChecker(instance).objective(of: plan)
                == PlanObjective(
                    unservedWeight: 10, overtimeMinutes: 0, waitingMinutes: 70, peakNurses: 1))
    }

    @Test
    func `overtime counts each patient's minutes after regular hours`() throws {
        let instance = try Clinic.instance(visits: [Clinic.visit("a"), Clinic.visit("b")])
        let plan = ChairPlan(bookings: [
            Booking(chair: 0, start: 930), Booking(chair: 1, start: 945),
        ])
        #expect(PlanChecker(instance).violations(of: plan).isEmpty)
        #expect(PlanChecker(instance).objective(of: plan).overtimeMinutes == 30 + 45)
    }

    @Test
    func `each rule that is broken is named`() throws {
        let two = try Clinic.instance(visits: [Clinic.visit("a"), Clinic.visit("b")])
        // The turnover still holds the chair.
        #expect(
            rules(two, [Booking(chair: 0, start: 480), Booking(chair: 0, start: 545)]) == [.chair])
        #expect(rules(two, [Booking(chair: 0, start: 482), nil]) == [.window])
        // Leaves at 1010, 10 minutes before closing; 15 are asked for.
        #expect(rules(two, [Booking(chair: 0, start: 950), nil]) == [.hours])
        #expect(rules(two, [nil]) == [.shape])

        let bed = try Clinic.instance(visits: [Clinic.visit("a", needs: ["bed"])])
        #expect(rules(bed, [Booking(chair: 0, start: 480)]) == [.equipment])

        let halfDay = try Clinic.instance(
            chairs: [Chair(id: "c1", available: [480..<540])], visits: [Clinic.visit("a")])
        #expect(rules(halfDay, [Booking(chair: 0, start: 480)]) == [.availability])

        let one = try Clinic.instance(
            visits: [Clinic.visit("a", patient: "p"), Clinic.visit("b", patient: "p")])
        #expect(
            rules(one, [Booking(chair: 0, start: 480), Booking(chair: 1, start: 500)]) == [.patient]
        )

        let uncovered = try Clinic.instance(cover: [480..<530], visits: [Clinic.visit("a")])
        #expect(rules(uncovered, [Booking(chair: 0, start: 480)]) == [.cover])

        let scarce = try Clinic.instance(
            stock: ["iron": 1],
            visits: [Clinic.visit("a", uses: ProductUse(product: "iron", units: 2))])
        #expect(rules(scarce, [Booking(chair: 0, start: 480)]) == [.stock])
    }

    @Test
    func `nurses' hands, patients and starts are counted apart`() throws {
        let visits = (1...6).map { Clinic.visit("v\($0)") }
        let instance = try Clinic.instance(
            chairs: Clinic.chairs(6), nurses: Clinic.nurses(1), visits: visits)
        let at = { (starts: [Int]) in
            starts.enumerated().map { Booking?.some(Booking(chair: $0, start: $1)) }
                + [Booking?](repeating: nil, count: 6 - starts.count)
        }
        #expect(rules(instance, at([480, 495])) == [.hands])
        #expect(rules(instance, at([480, 490])) == [.hands, .startsPerNurse])
        let five = try Clinic.instance(
            chairs: Clinic.chairs(6), nurses: Clinic.nurses(1),
            visits: (1...6).map {
                Clinic.visit("v\($0)", phases: [VisitPhase(minutes: 100, needsNurse: false)])
            })
        #expect(rules(five, at([480, 495, 510, 525, 540])) == [.patientsPerNurse])
    }

    @Test
    func `a nurse who comes or goes within a quarter of an hour starts nobody in it`() async throws
    {
        // At every minute one of the two is there; in the first quarter neither is all the time.
        let instance = try Clinic.instance(
            nurses: [
                NurseOnShift(id: "early", shifts: [480..<490]),
                NurseOnShift(id: "late", shifts: [490..<600, 600..<1_020]),
            ], visits: [Clinic.visit("a")])
        #expect(rules(instance, [Booking(chair: 0, start: 480)]) == [.startsPerNurse])
        #expect(rules(instance, [Booking(chair: 0, start: 495)]).isEmpty)
        // Two shifts that touch are one.
        #expect(rules(instance, [Booking(chair: 0, start: 595)]).isEmpty)
        let answer = await Clinic.solved(instance)
        #expect(answer.plan.bookings == [Booking(chair: 0, start: 495)])
        #expect(answer.isProvedBest)
    }

    @Test
    func `what has started stays, and nothing is added where it is too much already`() throws {
        let instance = try Clinic.instance(
            chairs: Clinic.chairs(3), nurses: [NurseOnShift(id: "n", shifts: [600..<1_020])],
            visits: [
                Clinic.visit("a", .started(start: 483, chair: "c2")), Clinic.visit("b"),
            ])
        // Nobody is on shift yet: what is under way is as it is.
        #expect(rules(instance, [Booking(chair: 1, start: 483), nil]).isEmpty)
        #expect(rules(instance, [Booking(chair: 0, start: 483), nil]) == [.started])
        #expect(rules(instance, [nil, nil]) == [.started])
        #expect(
            rules(instance, [Booking(chair: 1, start: 483), Booking(chair: 0, start: 540)])
                == [.hands, .patientsPerNurse, .startsPerNurse])
    }

    @Test
    func `whoever has not started starts no earlier than now`() throws {
        let instance = try Clinic.instance(
            chairs: Clinic.chairs(3), now: 600,
            visits: [
                Clinic.visit("begun", .started(start: 487, chair: "c1")), Clinic.visit("asked for"),
                Clinic.visit("promised", .promised(start: 560, earlier: 0, later: 60)),
            ])
        let begun = Booking(chair: 0, start: 487)
        func rules(_ asked: Int?, _ promised: Int?) -> Set<PlanViolation.Rule> {
            self.rules(
                instance,
                [
                    begun, asked.map { Booking(chair: 1, start: $0) },
                    promised.map { Booking(chair: 2, start: $0) },
                ])
        }
        #expect(rules(600, 620).isEmpty)
        #expect(rules(595, nil) == [.past])
        // Its minute was promised, and has passed all the same.
        #expect(rules(nil, 560) == [.past])
        #expect(rules(nil, nil).isEmpty)
    }

    @Test
    func `a promise is kept at its minute, or on the grid as far as it may be moved`() throws {
        let instance = try Clinic.instance(visits: [
            Clinic.visit("a", .promised(start: 502, earlier: 0, later: 20))
        ])
        #expect(rules(instance, [Booking(chair: 0, start: 502)]).isEmpty)
        #expect(rules(instance, [Booking(chair: 0, start: 520)]).isEmpty)
        #expect(rules(instance, [Booking(chair: 0, start: 500)]) == [.window])
        #expect(rules(instance, [Booking(chair: 0, start: 525)]) == [.window])
    }
}
