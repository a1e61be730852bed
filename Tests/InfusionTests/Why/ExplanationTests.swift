import Foundation
import Infusion
import Testing

/// What would change a row of the queue, a response and a plan.
@Suite struct `What would change an answer` {
    private static let day = "2026-03-02"

    private func treated() -> Story {
        given {
            $0.patient(on: Self.day)
            $0.ordered(on: Self.day)
            $0.dose(1, 750, on: Self.day)
            $0.dose(2, 750, on: "2026-03-09")
        }
    }

    @Test func `a row is closed by its result, from its first day on`() throws {
        var story = treated()
        let row = try #require(story.open(.hemoglobinResponse))
        let now = story.clinic.at("2026-03-20 12:00")
        let fact = try #require(
            row.wouldChange(given: story.state, at: now, in: story.clinic.context(now: now))?.fact)
        #expect(fact.code == .result)
        #expect(fact.analytes == [.hemoglobin])
        #expect(fact.on == row.earliest)
        _ = try story.tells(fact, at: "\(fact.on) 08:00")
        #expect(story.state.openRechecks[row.id] == nil)
    }

    @Test func `a row of several tests is closed by one specimen`() throws {
        let story = treated()
        let row = try #require(story.open(.ironStores))
        let now = story.clinic.at("2026-03-20 12:00")
        let fact = try #require(
            row.wouldChange(given: story.state, at: now, in: story.clinic.context(now: now))?.fact)
        #expect(fact.code == .panel)
        #expect(fact.analytes == [.ferritin, .transferrinSaturation])
        #expect(fact.on == row.earliest)
    }

    @Test func `a row where the patient is to be asked is closed by an answer`() throws {
        var story = treated()
        let row = try #require(story.open(.phosphateSymptoms))
        let now = story.clinic.at("2026-03-12 12:00")
        let fact = try #require(
            row.wouldChange(given: story.state, at: now, in: story.clinic.context(now: now))?.fact)
        #expect(fact.code == .answer)
        _ = try story.tells(fact, at: "\(fact.on) 08:00")
        #expect(story.state.openRechecks[row.id] == nil)
    }

    /// From 9 g/dL a response begins at 10.
    @Test func `where there was no response, a haemoglobin that is one closes the row`() throws {
        var story = treated()
        story.lab(.hemoglobin, decimal("9.2"), on: "2026-04-28")
        let row = try #require(story.open(.hemoglobinResponse))
        #expect(row.reason == "no-response")
        let now = story.clinic.at("2026-04-29 12:00")
        let fact = try #require(
            row.wouldChange(given: story.state, at: now, in: story.clinic.context(now: now))?.fact)
        #expect(fact.code == .result)
        #expect(fact.analytes == [.hemoglobin])
        #expect(fact.value == "10")
        _ = try story.tells(fact, at: "2026-04-29 12:00")
        #expect(story.state.openRechecks[row.id] == nil)
    }

    @Test func `a look before delivery that is overdue ends with the pregnancy`() throws {
        var story = given {
            $0.register(.female, on: Self.day)
            $0.has(
                [.pregnancy], [.pregnancy(.pregnant(estimatedDueDate: date("2026-03-20")))],
                on: Self.day)
        }
        let row = try #require(story.open(.beforeDelivery))
        let at = "2026-04-10 12:00"
        let now = story.clinic.at(at)
        let fact = try #require(
            row.wouldChange(given: story.state, at: now, in: story.clinic.context(now: now))?.fact)
        if fact.code == .answer { #expect(fact.what == "pregnancy") }
        #expect(fact.code != .closure)
        _ = try story.tells(fact, at: at)
        #expect(story.state.openRechecks[row.id] == nil)
    }

    @Test func `a row that is not open has nothing to close it`() throws {
        var story = treated()
        let row = try #require(story.open(.hemoglobinResponse))
        story.lab(.hemoglobin, 12, on: "2026-04-10")
        let now = story.clinic.at("2026-04-11 12:00")
        #expect(
            row.wouldChange(given: story.state, at: now, in: story.clinic.context(now: now)) == nil)
    }

    private func assessed(
        _ story: Story, at time: String
    ) throws -> (ResponseAssessment, ResponseWouldChange) {
        let now = story.clinic.at(time)
        let context = story.clinic.context(now: now)
        let assessment = try #require(
            ResponseAssessment.assess(given: story.state, at: now, in: context))
        return (assessment, assessment.wouldChange(given: story.state, at: now, in: context))
    }

    @Test func `too early changes with time`() throws {
        let (assessment, changes) = try assessed(treated(), at: "2026-03-20 12:00")
        #expect(assessment.level == .tooEarly)
        #expect(changes.level.fact?.code == .date)
        #expect(changes.level.fact?.on == date("2026-04-06"))
        #expect(changes.verdicts.count == assessment.verdicts.count)
    }

    @Test func `a level that waits for haemoglobin changes with it, as told by a real result`()
        throws
    {
        var story = treated()
        story.lab(.hemoglobin, decimal("9.2"), on: "2026-04-28")
        let at = "2026-04-29 12:00"
        let (before, changes) = try assessed(story, at: at)
        #expect(before.level == .nonResponder)
        let fact = try #require(changes.level.fact)
        #expect(fact.analytes == [.hemoglobin])
        #expect(fact.value == "10")
        _ = try story.tells(fact, at: at)
        #expect(try assessed(story, at: at).0.level == .partial)
    }

    private func plan(_ story: Story, at time: String) throws -> OrderPlan {
        let now = story.clinic.at(time)
        let placed = story.events.firstIndex {
            if case .infusionOrdered = $0.fact { true } else { false }
        }
        return try OrderPlan(
            of: id(1), placing: PatientState.fold(story.events.prefix(placed ?? 0)),
            given: story.state, at: now, in: story.clinic.context(now: now))
    }

    @Test func `a fixed course changes with nothing`() throws {
        let story = given {
            $0.patient(on: Self.day)
            $0.ordered(on: Self.day)
            $0.dose(1, 750, on: Self.day)
        }
        let plan = try plan(story, at: "2026-03-05 12:00")
        #expect(plan.order.plannedTotal == mg(1_500))
        #expect(plan.further.map(\.number) == [2])
        #expect(plan.further.map(\.prescribed) == [mg(750)])
        #expect(plan.further.map(\.earliest) == [date("2026-03-09")])
        #expect(plan.further.map(\.making?.amount) == [mg(750)])
        #expect(plan.further.map(\.making?.volume.value) == [15])
        #expect(plan.inputs.map(\.name) == ["course"])
        #expect(plan.wouldChange == .nothing(.never))
    }

    /// Worked examples I01 and I02: 70 kg, 7 g/dL; the label's own aim is 14.8.
    @Test(arguments: [(Decimal?(12), "1683.5"), (nil, "2116.66")])
    func `the aim that a prescriber named for INFeD is planned with again`(
        _ target: Decimal?, _ total: String
    ) throws {
        let story = given { story in
            story.register(on: Self.day)
            story.has([.general], [.infection(active: false)], on: Self.day)
            story.does(
                .recordMeasurements(
                    weight: Kilograms(70), height: Centimeters(decimal("177.8")),
                    at: story.clinic.at("\(Self.day) 08:00")), at: "\(Self.day) 08:00")
            story.diagnosed(on: Self.day, hemoglobin: 7)
            story.does(
                Act.order(
                    product: "infed", row: "LMWID-US", prescribed: [25, 75], method: .infedFormula,
                    target: target, signed: story.clinic.at("\(Self.day) 09:00")),
                at: "\(Self.day) 09:00")
        }
        let plan = try plan(story, at: "\(Self.day) 12:00")
        #expect(plan.order.plannedTotal == mg(decimal(total)))
        #expect(plan.again == plan.order.plannedTotal)
        #expect(plan.wouldChange.fact?.code != .order)
    }

    @Test func `what was lost stays lost`() throws {
        var clinic = Clinic.newYork
        clinic.region = .eu
        let story = given(clinic) {
            $0.patient(on: Self.day)
            $0.does(
                Act.order(
                    product: "venofer-eu", row: "IS-EU", prescribed: [200, 200],
                    method: .unitsLost, bloodLoss: .units(2),
                    signed: $0.clinic.at("\(Self.day) 09:00")), at: "\(Self.day) 09:00")
            $0.weighs(95, on: "2026-03-03")
        }
        let plan = try plan(story, at: "2026-03-05 12:00")
        #expect(plan.order.plannedTotal == mg(400))
        #expect(plan.order.need?.loss == .units(2))
        #expect(plan.order.need?.formula == "2 units × 200 mg")
        #expect(plan.inputs.map(\.name) == ["units-lost"])
        #expect(plan.inputs.map(\.value) == ["2"])
        #expect(plan.inputs.map(\.evidence) == [[plan.placedBy]])
        #expect(plan.again == mg(400))
        #expect(plan.wouldChange == .nothing(.never))
    }

    @Test func `a plan in pregnancy names the weight before it, or that none is known`() throws {
        func pregnant(weighed day: String) throws -> (formula: String?, before: Infusion.Predicate?)
        {
            var clinic = Clinic.newYork
            clinic.region = .eu
            let story = given(clinic) {
                $0.register(.female, born: "1995-05-17", on: day)
                $0.weighs(62, on: day)
                $0.has(
                    [.pregnancy], [.pregnancy(.pregnant(estimatedDueDate: date("2026-07-20")))],
                    on: Self.day)
                $0.weighs(70, on: Self.day)
                $0.diagnosed(on: Self.day)
                $0.ordered(
                    product: "venofer-eu", row: "IS-EU", indication: .pregnancy,
                    prescribed: [200], method: .ganzoni, on: Self.day)
            }
            let plan = try plan(story, at: "2026-03-03 12:00")
            return (
                plan.order.need?.formula,
                plan.inputs.first { $0.name == "weight-before-pregnancy" }
            )
        }
        let known = try pregnant(weighed: "2025-08-01")
        #expect(known.before?.value == "62")
        #expect(known.before?.evidence.count == 1)
        #expect(known.formula?.hasSuffix("(pre-pregnancy weight)") == true)
        let old = try pregnant(weighed: "2024-10-12")
        #expect(old.before?.holds == nil)
        #expect(old.before != nil)
        #expect(old.formula?.contains("actual weight in pregnancy") == true)
    }

    @Test func `what is made is of the lesser of the prescribed and the allowed, if that is known`()
        throws
    {
        let story = given {
            $0.patient(weight: 60, on: Self.day)
            $0.ordered(row: "FCM-US-1", prescribed: [900], on: Self.day)
            $0.weighs(55, on: "2026-03-03")
        }
        let lighter = try #require(try plan(story, at: "2026-03-03 12:00").further.first)
        #expect(lighter.prescribed == mg(900))
        #expect(lighter.atMost == mg(825))
        #expect(lighter.making?.amount == mg(825))
        #expect(lighter.making?.volume.value == decimal("16.5"))
        let stale = try #require(try plan(story, at: "2026-04-10 12:00").further.first)
        #expect(stale.atMost == nil)
        #expect(stale.making == nil)
    }

    @Test func `only the first dose to come is the test dose`() throws {
        var story = given {
            $0.patient(on: "2026-03-01")
            $0.ordered(
                product: "infed", row: "LMWID-US", prescribed: [25, 75, 100], method: .ganzoni,
                on: Self.day)
        }
        let before = try plan(story, at: "2026-03-02 09:30").further
        #expect(before.map { $0.making?.first?.kind } == [.testDose, nil, nil])
        #expect(before.map { $0.making?.observationMinutes } == [60, 30, 30])
        #expect(try story.review(at: "2026-03-02 09:30").making == before.first?.making)
        story.dose(1, 25, on: Self.day)
        let after = try plan(story, at: "2026-03-02 11:45").further
        #expect(after.map { $0.making?.amount } == [mg(75), mg(100)])
        #expect(after.map { $0.making?.first } == [nil, nil])
    }

    @Test func `the gates tell what is made of exactly the dose that the row allows`() throws {
        let story = given {
            $0.patient(on: Self.day)
            $0.ordered(on: Self.day)
        }
        let time = "2026-03-02 12:00"
        #expect(try story.review(at: time).making?.amount == mg(750))
        let less = try #require(try story.review(dose: 500, at: time).making)
        #expect(less.amount == mg(500))
        #expect(less.volume.value == 10)
        #expect(try story.review(dose: 751, at: time).making == nil)
    }

    @Test func `beside the test dose of its day a dose is of what is left of the day's`() throws {
        let story = given {
            $0.patient(on: "2026-03-01")
            $0.ordered(
                product: "infed", row: "LMWID-US", prescribed: [25, 100], method: .ganzoni,
                on: Self.day)
            $0.dose(1, 25, on: Self.day)
        }
        let time = "2026-03-02 11:45"
        #expect(try story.review(dose: 75, at: time).making?.amount == mg(75))
        #expect(try story.review(dose: 76, at: time).making == nil)
        #expect(try story.review(dose: 100, at: "2026-03-03 11:45").making?.amount == mg(100))
    }

    @Test func `a plan by the table names its inputs, and the weight or result that changes it`()
        throws
    {
        var story = given(.rome) {
            $0.patient(weight: 68, on: Self.day)
            $0.ordered(
                product: "ferinject", row: "FCM-EU-inf", prescribed: [1_000, 500],
                method: .simplifiedTable, on: Self.day)
        }
        let at = "2026-03-02 12:00"
        let plan = try plan(story, at: at)
        #expect(plan.order.plannedTotal == mg(1_500))
        #expect(plan.inputs.map(\.name) == ["weight", "hemoglobin"])
        #expect(plan.inputs.allSatisfy { $0.holds == true && $0.evidence.count == 1 })
        #expect(plan.again == mg(1_500))
        let fact = try #require(plan.wouldChange.fact)
        #expect(fact.code == .measurement)
        #expect(fact.value == "70")
        _ = try story.tells(fact, at: at)
        #expect(try self.plan(story, at: at).again == mg(2_000))
        // The order's own total stays.
        #expect(try self.plan(story, at: at).order.plannedTotal == mg(1_500))
        #expect(try self.plan(story, at: at).wouldChange.fact?.code == .order)
    }
}
