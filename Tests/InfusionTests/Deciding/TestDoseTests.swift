import Foundation
import Infusion
import Testing

/// INFeD's test dose of 25 mg and the hour after it (facts §1.5, R-7).
@Suite struct `Test doses` {
    let clinic = Clinic.newYork
    let day = "2026-03-02"
    let ordered = given { story in
        story.patient(on: "2026-03-01")
        story.ordered(
            product: "infed", row: "LMWID-US", prescribed: [25, 75, 100], method: .ganzoni,
            on: "2026-03-02")
        story.noInfection(on: "2026-03-02")
    }

    func start(_ number: UInt64, _ amount: Decimal, at time: String) -> PatientCommand {
        Act.start(number, amount, at: clinic.at("\(day) \(time)"))
    }

    /// Begun at 10:00, given by 10:01.
    func tested(_ given: Decimal = 25) -> Story {
        var story = ordered
        story.does(start(1, 25, at: "10:00"), at: "\(day) 10:00")
        let end = Act.end(1, given, at: clinic.at("\(day) 10:01"))
        story.does(
            given < 25 ? .stopDose(end, reason: .accessLost) : .completeDose(end),
            at: "\(day) 10:01")
        return story
    }

    @Test(arguments: [75, 100, 24]) func `comes before any other dose`(_ amount: Int) {
        ordered.when(start(1, Decimal(amount), at: "10:00"), at: "\(day) 10:00")
            .shut([.weightAndAge])
    }

    @Test func `is followed by the rest of its day after an hour`() {
        tested().when(start(2, 75, at: "11:00"), at: "\(day) 11:00").shut([.interval])
        tested().when(start(2, 75, at: "11:01"), at: "\(day) 11:01").accepted()
    }

    @Test func `counts towards its day`() {
        tested().when(start(2, 76, at: "11:01"), at: "\(day) 11:01").shut([.weightAndAge])
    }

    @Test func `broken off is none`() {
        tested(10).when(start(2, 75, at: "12:00"), at: "\(day) 12:00")
            .shut([.weightAndAge, .interval])
    }

    @Test func `is given once`() {
        var story = tested()
        story.does(start(2, 75, at: "11:01"), at: "\(day) 11:01")
        story.does(
            .completeDose(Act.end(2, 75, at: clinic.at("\(day) 11:10"))), at: "\(day) 11:10")
        story.noInfection(on: "2026-03-03")
        story.when(
            Act.start(3, 100, at: clinic.at("2026-03-03 10:00")), at: "2026-03-03 10:00"
        ).accepted()
    }

    @Test func `takes no call after the first dose away`() {
        var story = tested()
        let call = story.open(.symptomCheck)
        #expect(call?.due == date("2026-03-04"))
        story.does(start(2, 75, at: "11:01"), at: "\(day) 11:01")
        story.does(
            .completeDose(Act.end(2, 75, at: clinic.at("\(day) 11:10"))), at: "\(day) 11:10")
        #expect(story.open(.symptomCheck) == call)
        #expect(call?.ruleVersion == 3)
        story.dose(3, 100, on: "2026-03-03")
        #expect(story.open(.symptomCheck) == nil)
    }

    @Test func `is observed for its hour before the patient may go`() {
        let story = tested()
        story.when(
            .dischargePatient(id(1), stable: true, at: clinic.at("\(day) 11:00")),
            at: "\(day) 11:00"
        ).refused(.observationTooShort(minutes: 59, required: 60))
        story.when(
            .dischargePatient(id(1), stable: true, at: clinic.at("\(day) 11:01")),
            at: "\(day) 11:01"
        ).accepted()
    }
}

/// The methods that only some orders may name (facts §2.2, §2.3).
@Suite struct `Methods of need` {
    let clinic = Clinic.newYork
    let known = given { story in
        story.patient(on: "2026-03-01")
        story.does(
            .recordMeasurements(
                weight: nil, height: Centimeters(178), at: story.clinic.at("2026-03-01 08:00")),
            at: "2026-03-01 08:00")
    }

    func order(
        _ product: String, _ row: String, _ method: NeedMethod, target: Decimal? = nil,
        stores: Decimal? = nil, prescribed: [Decimal] = [25, 75]
    ) -> PatientCommand {
        Act.order(
            product: product, row: row, prescribed: prescribed, method: method, target: target,
            stores: stores, signed: clinic.at("2026-03-02 09:00"))
    }

    let now = "2026-03-02 09:00"

    @Test func `the INFeD formula plans a course of INFeD, with a target of its own`() throws {
        let outcome = known.when(order("infed", "LMWID-US", .infedFormula, target: 12), at: now)
        let placed = try #require(outcome.after.order(id(1))?.order)
        #expect(placed.method == .infedFormula)
        #expect(placed.need?.method == .infedFormula)
        #expect(placed.need?.targetHemoglobin == GramsPerDeciliter(12))
        #expect(placed.plannedTotal == placed.need?.milligrams)
    }

    @Test func `it goes by a height, and by no stores`() {
        var unmeasured = given { $0.patient(on: "2026-03-01") }
        unmeasured.clinic = clinic
        unmeasured.when(order("infed", "LMWID-US", .infedFormula), at: now)
            .refused(field: "height")
        known.when(order("infed", "LMWID-US", .infedFormula, stores: 500), at: now)
            .refused(field: "stores")
    }

    @Test func `it is the formula of no other product`() {
        known.when(
            order("venofer-us", "IS-US-NDD", .infedFormula, prescribed: [200]), at: now
        ).refused(field: "method")
    }

    @Test func `a blood loss is given back as its label counts it`() throws {
        func order(_ loss: BloodLoss?, by method: NeedMethod = .infedBloodLoss) -> PatientCommand {
            Act.order(
                product: "infed", row: "LMWID-US", prescribed: [25, 75], method: method,
                bloodLoss: loss, signed: clinic.at("2026-03-02 09:00"))
        }
        let lost = BloodLoss.volume(Milliliters(500), hematocrit: Percent(20))
        let outcome = known.when(order(lost), at: now)
        let placed = try #require(outcome.after.order(id(1))?.order)
        #expect(placed.need?.loss == lost)
        #expect(placed.need?.weight == nil)
        #expect(placed.plannedTotal == mg(100))
        known.when(order(nil), at: now).refused(field: "bloodLoss")
        known.when(order(.units(2)), at: now).refused(field: "bloodLoss")
        known.when(order(.units(2), by: .unitsLost), at: now).refused(field: "method")
        known.when(order(lost, by: .infedFormula), at: now).refused(field: "bloodLoss")
    }

    @Test func `the ECCO table is for inflammatory bowel disease`() {
        known.when(order("infed", "LMWID-US", .eccoTable), at: now).refused(field: "method")
        known.when(order("infed", "LMWID-US", .eccoTable, target: 12), at: now)
            .refused(field: "targetHemoglobin")
    }
}
