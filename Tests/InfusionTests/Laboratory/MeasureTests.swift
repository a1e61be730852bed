import Foundation
import Infusion
import Testing

@Suite struct MeasureTests {
    private typealias Fixture = DosingFixture

    @Test(arguments: [
        // Clinical facts §3.1: both systems, both carriers.
        ("40", "ug/dL", "400", "ug/dL", Analyte.totalIronBindingCapacity, "10"),
        ("7.2", "umol/L", "72", "umol/L", .totalIronBindingCapacity, "10"),
        ("40", "ug/dL", "320", "mg/dL", .transferrin, "8.8625"),
        ("7.2", "umol/L", "3.2", "g/L", .transferrin, "8.90947125"),
    ])
    func `saturation is computed after conversion`(
        _ iron: String, _ ironUnit: String, _ carrier: String, _ carrierUnit: String,
        _ analyte: Analyte, _ expected: String
    ) throws {
        let found = try LabReading.make(
            analyte: .iron, value: Fixture.exact(iron), unit: ironUnit
        ).value.canonical
        let other = try LabReading.make(
            analyte: analyte, value: Fixture.exact(carrier), unit: carrierUnit
        ).value.canonical
        let percent =
            analyte == .transferrin
            ? try TransferrinSaturation.percent(iron: found, transferrin: other)
            : try TransferrinSaturation.percent(iron: found, totalIronBindingCapacity: other)
        #expect(percent == Percent(Fixture.exact(expected)))
    }

    @Test func `a capacity below the iron is refused`() {
        #expect(throws: LabReadingProblem.self) {
            try TransferrinSaturation.percent(iron: 401, totalIronBindingCapacity: 400)
        }
        #expect(throws: LabReadingProblem.self) {
            try TransferrinSaturation.percent(iron: 500, transferrin: 300)
        }
        #expect(throws: LabReadingProblem.self) {
            try TransferrinSaturation.percent(iron: 40, totalIronBindingCapacity: 0)
        }
    }

    @Test(arguments: [
        ("70", "kg", "70"), ("70000", "g", "70"), ("110", "[lb_av]", "49.8951607"),
        ("2", "kg", "2"), ("350", "kg", "350"),
    ])
    func `a weight is read in kilograms, grams and pounds`(
        _ value: String, _ unit: String, _ kilograms: String
    ) throws {
        #expect(
            try BodyMeasure.weight(Fixture.exact(value), unit: unit) == Fixture.kg(kilograms))
    }

    @Test(arguments: [("165", "cm", "165"), ("1.65", "m", "165"), ("65", "[in_i]", "165.1")])
    func `a height is read in centimetres, metres and inches`(
        _ value: String, _ unit: String, _ centimeters: String
    ) throws {
        #expect(
            try BodyMeasure.height(Fixture.exact(value), unit: unit)
                == Centimeters(Fixture.exact(centimeters)))
    }

    @Test func `a measure without a unit, in a strange one or impossible is refused`() {
        #expect(throws: LabReadingProblem.missingUnit(accepted: ["kg", "g", "[lb_av]"])) {
            try BodyMeasure.weight(70, unit: nil)
        }
        #expect(
            throws: LabReadingProblem.unknownUnit("lb", accepted: ["kg", "g", "[lb_av]"])
        ) { try BodyMeasure.weight(70, unit: "lb") }
        #expect(throws: LabReadingProblem.outOfRange(canonical: 351, accepted: "2 to 350 kg")) {
            try BodyMeasure.weight(351, unit: "kg")
        }
        #expect(throws: LabReadingProblem.self) { try BodyMeasure.height(165, unit: "m") }
        #expect(throws: LabReadingProblem.self) {
            try BodyMeasure.height(Fixture.exact("1.65"), unit: "cm")
        }
    }

    @Test(arguments: [
        // 0.80 mmol/L is treated as 2.5 mg/dL.
        ("2.5", "mg/dL", nil as Infusion.Comparator?, nil as String?, false as Bool?),
        ("2.49", "mg/dL", nil, nil, true), ("0.80", "mmol/L", nil, nil, false),
        ("0.79", "mmol/L", nil, nil, true), ("2.6", "mg/dL", nil, "2.7", true),
        ("2.4", "mg/dL", nil, "2.3", false), ("1.0", "mg/dL", .lessThan, nil, true),
        ("3", "mg/dL", .lessThan, nil, nil), ("2.5", "mg/dL", .greaterThan, nil, false),
    ])
    func `phosphate has the laboratory's limit, else 2.5 mg/dL`(
        _ value: String, _ unit: String, _ comparator: Infusion.Comparator?,
        _ referenceLow: String?,
        _ isBelow: Bool?
    ) throws {
        let reading = try LabReading.make(
            analyte: .phosphate, value: Fixture.exact(value), comparator: comparator, unit: unit)
        #expect(
            PhosphateLimit.isBelow(reading.value, referenceLow: referenceLow.map(Fixture.exact))
                == isBelow)
    }

    @Test func `a reported range answers only what it knows`() {
        let below = ReportedRange(15, .lessThan)
        #expect(below.isBelow(15) == true)
        #expect(below.isBelow(14) == nil)
        #expect(below.isAtLeast(15) == false)
        #expect(below.isAbove(15) == false)
        let atMost = ReportedRange(15, .lessOrEqual)
        #expect(atMost.isBelow(15) == nil)
        #expect(atMost.isAtMost(15) == true)
        let above = ReportedRange(2000, .greaterThan)
        #expect(above.isAbove(2000) == true)
        #expect(above.isAbove(2001) == nil)
        #expect(above.isBelow(2000) == false)
        let atLeast = ReportedRange(2000, .greaterOrEqual)
        #expect(atLeast.isAbove(2000) == nil)
        #expect(atLeast.isAtLeast(2000) == true)
        #expect(ReportedRange(5, nil).isBelow(6) == true)
    }
}
