import Foundation
import Infusion
import InfusionKnowledge
import Testing

@Suite struct LabReadingTests {
    private typealias Fixture = DosingFixture

    private func read(
        _ analyte: Analyte, _ value: String, _ unit: String?,
        _ comparator: Infusion.Comparator? = nil,
        code: String? = nil
    ) throws(LabReadingProblem) -> LabReading {
        try LabReading.make(
            analyte: analyte, value: Fixture.exact(value), comparator: comparator, unit: unit,
            code: code)
    }

    @Test(arguments: [
        (Analyte.hemoglobin, "8.5", "g/dL", "8.5"), (.hemoglobin, "85", "g/L", "8.5"),
        (.hemoglobin, "85", "g/l", "8.5"), (.hemoglobin, "8.5", "g/dl", "8.5"),
        (.hematocrit, "42", "%", "42"), (.hematocrit, "0.42", "L/L", "42"),
        (.meanCorpuscularVolume, "88", "fL", "88"), (.meanCorpuscularVolume, "88", "um3", "88"),
        (.ferritin, "15", "ng/mL", "15"), (.ferritin, "15", "ug/L", "15"),
        (.ferritin, "15", "ng/ml", "15"), (.ferritin, "15", "ug/l", "15"),
        (.ferritin, "200", "pmol/L", "89"), (.iron, "40", "ug/dL", "40"),
        (.iron, "7.2", "umol/L", "40.212"), (.totalIronBindingCapacity, "72", "umol/L", "402.12"),
        (.transferrin, "3.2", "g/L", "320"), (.transferrin, "320", "mg/dL", "320"),
        (.transferrinSaturation, "18", "%", "18"), (.cReactiveProtein, "12", "mg/L", "12"),
        (.cReactiveProtein, "1.2", "mg/dL", "12"), (.phosphate, "2.5", "mg/dL", "2.5"),
        (.phosphate, "0.8", "mmol/L", "2.4776"), (.vitaminB12, "200", "pg/mL", "200"),
        (.vitaminB12, "200", "ng/L", "200"), (.vitaminB12, "148", "pmol/L", "200.54"),
        (.folate, "4", "ng/mL", "4"), (.folate, "4", "ug/L", "4"),
        (.folate, "10", "nmol/L", "4.413"),
        (.creatinine, "1.2", "mg/dL", "1.2"), (.creatinine, "88.42", "umol/L", "1"),
        (.estimatedGlomerularFiltrationRate, "45", "mL/min/{1.73_m2}", "45"),
        (.estimatedGlomerularFiltrationRate, "45", "mL/min", "45"),
        (.reticulocyteHemoglobin, "28", "pg", "28"),
    ])
    func `a value is converted exactly and keeps what it came with`(
        _ analyte: Analyte, _ value: String, _ unit: String, _ canonical: String
    ) throws {
        let reading = try read(analyte, value, unit)
        #expect(reading.value.canonical == Fixture.exact(canonical))
        #expect(reading.value.reported == Fixture.exact(value))
        #expect(reading.value.reportedUnit == unit)
    }

    @Test func `the canonical units are those of the architecture`() {
        let units = Dictionary(
            uniqueKeysWithValues: Analyte.allCases.map { ($0, $0.canonicalUnit) })
        #expect(
            units == [
                .hemoglobin: "g/dL", .hematocrit: "%", .meanCorpuscularVolume: "fL",
                .ferritin: "ng/mL", .iron: "ug/dL", .totalIronBindingCapacity: "ug/dL",
                .transferrin: "mg/dL", .transferrinSaturation: "%", .cReactiveProtein: "mg/L",
                .phosphate: "mg/dL", .vitaminB12: "pg/mL", .folate: "ng/mL", .creatinine: "mg/dL",
                .estimatedGlomerularFiltrationRate: "mL/min/{1.73_m2}",
                .reticulocyteHemoglobin: "pg",
            ])
    }

    @Test(arguments: [
        // one factor, rounded to 0.01 g/dL; the printed 6.2 mmol/L is no threshold.
        ("6.2", "9.99"), ("6.21", "10.01"), ("5", "8.06"), ("8.7", "14.02"), ("8.68", "13.99"),
    ])
    func `haemoglobin in mmol/L has one factor`(_ value: String, _ canonical: String) throws {
        let reading = try read(.hemoglobin, value, "mmol/L")
        #expect(reading.value.canonical == Fixture.exact(canonical))
    }

    @Test(arguments: ["µmol/L", "μmol/L", " umol/L "])
    func `both signs for micro are the same unit`(_ unit: String) throws {
        let reading = try read(.iron, "7.2", unit)
        #expect(reading.value.canonical == Fixture.exact("40.212"))
        #expect(reading.value.reportedUnit == "umol/L")
    }

    @Test(arguments: Analyte.allCases)
    func `a missing unit is refused and never guessed`(_ analyte: Analyte) {
        for unit in [nil, "", "  "] {
            #expect(throws: LabReadingProblem.missingUnit(accepted: analyte.units.map(\.ucum))) {
                try read(analyte, "10", unit)
            }
        }
    }

    @Test(arguments: [
        (Analyte.hemoglobin, "G/DL"), (.hemoglobin, "g"), (.ferritin, "mcg/L"),
        (.ferritin, "NG/ML"),
        (.iron, "mcg/dL"), (.phosphate, "Mg/dL"), (.phosphate, "mEq/L"), (.folate, "ng/dL"),
        (.transferrinSaturation, "g/L"),
    ])
    func `an unknown unit is refused with what would be known`(_ analyte: Analyte, _ unit: String) {
        #expect(throws: LabReadingProblem.unknownUnit(unit, accepted: analyte.units.map(\.ucum))) {
            try read(analyte, "10", unit)
        }
    }

    @Test(arguments: [
        (Analyte.hemoglobin, "0.99", "25.01"), (.hematocrit, "2.9", "75.1"),
        (.meanCorpuscularVolume, "39.9", "160.1"), (.ferritin, "-0.1", "100000.1"),
        (.iron, "-0.1", "1000.1"), (.totalIronBindingCapacity, "49.9", "1000.1"),
        (.transferrin, "19.9", "800.1"), (.transferrinSaturation, "-0.1", "100.1"),
        (.cReactiveProtein, "-0.1", "600.1"), (.phosphate, "0.09", "20.1"),
        (.vitaminB12, "-0.1", "20000.1"), (.folate, "-0.1", "200.1"), (.creatinine, "0.09", "40.1"),
        (.estimatedGlomerularFiltrationRate, "-0.1", "250.1"),
        (.reticulocyteHemoglobin, "9.9", "50.1"),
    ])
    func `what cannot be is refused on both sides, the limits are taken`(
        _ analyte: Analyte, _ below: String, _ above: String
    ) throws {
        let range = analyte.possible
        for value in [below, above] {
            let refusal = LabReadingProblem.outOfRange(
                canonical: Fixture.exact(value), accepted: range.description)
            #expect(throws: refusal) { try read(analyte, value, analyte.canonicalUnit) }
        }
        for limit in [range.low, range.high] {
            let reading = try LabReading.make(
                analyte: analyte, value: limit, unit: analyte.canonicalUnit)
            #expect(reading.value.canonical == limit)
        }
    }

    @Test func `G14: 85 as g/dL is refused`() {
        #expect(
            throws: LabReadingProblem.outOfRange(canonical: 85, accepted: "1 to 25 g/dL")
        ) { try read(.hemoglobin, "85", "g/dL") }
    }

    @Test(arguments: ["%", "1"])
    func `a saturation between 0 and 1 is neither percent nor fraction`(_ unit: String) {
        #expect(throws: LabReadingProblem.ambiguousFraction(Fixture.exact("0.18"))) {
            try read(.transferrinSaturation, "0.18", unit)
        }
    }

    @Test func `a saturation of 0 or 1 percent is taken`() throws {
        #expect(try read(.transferrinSaturation, "0", "%").value.canonical == 0)
        #expect(try read(.transferrinSaturation, "1", "%").value.canonical == 1)
    }

    @Test(arguments: [
        (Analyte.phosphate, "2777-1", "mmol/L"), (.phosphate, "14879-1", "mg/dL"),
        (.hemoglobin, "718-7", "mmol/L"), (.hemoglobin, "59260-0", "g/dL"),
        (.iron, "14798-3", "ug/dL"), (.creatinine, "2160-0", "umol/L"),
    ])
    func `a code for mass and a molar unit contradict each other`(
        _ analyte: Analyte, _ code: String, _ unit: String
    ) {
        #expect(throws: LabReadingProblem.codeUnitMismatch(code: code, unit: unit)) {
            try read(analyte, "2", unit, code: code)
        }
    }

    @Test func `a code that fits its unit is taken, a foreign one refused`() throws {
        #expect(try read(.phosphate, "0.8", "mmol/L", code: "14879-1").analyte == .phosphate)
        #expect(try read(.hemoglobin, "8", "g/dL", code: "718-7").analyte == .hemoglobin)
        #expect(throws: LabReadingProblem.self) {
            try read(.hemoglobin, "8", "g/dL", code: "2276-4")
        }
    }

    @Test(arguments: [
        ("718-7", Analyte.hemoglobin), ("2276-4", .ferritin), ("2502-3", .transferrinSaturation),
        ("2498-4", .iron), ("2500-7", .totalIronBindingCapacity), ("3034-6", .transferrin),
        ("1988-5", .cReactiveProtein), ("30522-7", .cReactiveProtein), ("2777-1", .phosphate),
        ("14879-1", .phosphate), ("33914-3", .estimatedGlomerularFiltrationRate),
        ("787-2", .meanCorpuscularVolume),
        ("4544-3", .hematocrit), ("20570-8", .hematocrit), ("2160-0", .creatinine),
        ("2132-9", .vitaminB12), ("2284-8", .folate), ("42810-2", .reticulocyteHemoglobin),
    ])
    func `an analyte is known by its code`(_ code: String, _ analyte: Analyte) {
        #expect(Analyte(loinc: code) == analyte)
    }

    @Test func `an unknown code is no analyte`() {
        #expect(Analyte(loinc: "1234-5") == nil)
        // Weight is no analyte.
        #expect(Analyte(loinc: "29463-7") == nil)
    }

    @Test func `a comparator is kept and limits what can be`() throws {
        let below = try read(.ferritin, "15", "ng/mL", .lessThan)
        #expect(below.value.comparator == .lessThan)
        #expect(below.value.canonical == 15)
        #expect(throws: LabReadingProblem.self) { try read(.ferritin, "0", "ng/mL", .lessThan) }
        #expect(throws: LabReadingProblem.self) {
            try read(.hemoglobin, "25", "g/dL", .greaterThan)
        }
        #expect(try read(.hemoglobin, "25", "g/dL", .greaterOrEqual).value.canonical == 25)
    }

    @Test(
        arguments: [
            (Analyte.hemoglobin, "6.9", "g/dL", Set<LabWarning>([.belowUsual])),
            (.hemoglobin, "7", "g/dL", []), (.hemoglobin, "18.1", "g/dL", [.aboveUsual]),
            (.ferritin, "1000", "ng/mL", []), (.ferritin, "1001", "ng/mL", [.aboveUsual]),
            (.ferritin, "200", "pmol/L", [.unverifiedFactor]),
            (.transferrinSaturation, "45.1", "%", [.aboveUsual]),
            (.cReactiveProtein, "5", "mg/L", []),
            (.cReactiveProtein, "5.1", "mg/L", [.aboveUsual]),
            (.phosphate, "2.4", "mg/dL", [.belowUsual]),
            (.iron, "301", "ug/dL", [.aboveUsual]),
            (.meanCorpuscularVolume, "69", "fL", [.belowUsual]),
            (.reticulocyteHemoglobin, "28.9", "pg", [.belowUsual]),
            (.estimatedGlomerularFiltrationRate, "45", "mL/min", [.notIndexedToBodySurface]),
            (.estimatedGlomerularFiltrationRate, "45", "mL/min/{1.73_m2}", []),
        ] as [(Analyte, String, String, Set<LabWarning>)])
    func `an unusual value is taken and pointed out`(
        _ analyte: Analyte, _ value: String, _ unit: String, _ warnings: Set<LabWarning>
    ) throws {
        #expect(try read(analyte, value, unit).warnings == warnings)
    }

    // MARK: The unit of entry changes nothing

    @Test(arguments: Analyte.allCases)
    func `spellings of one unit read alike`(_ analyte: Analyte) throws {
        let middle = (analyte.possible.low + analyte.possible.high) / 2
        for unit in analyte.units {
            let twins = analyte.units.filter { $0.ucum.lowercased() == unit.ucum.lowercased() }
            let readings = twins.compactMap {
                try? LabReading.make(analyte: analyte, value: middle, unit: $0.ucum).value.canonical
            }
            #expect(Set(readings).count <= 1)
        }
    }

    @Test func `haemoglobin in g/L and in g/dL meet every band alike`() throws {
        for tenths in 10...250 {
            let deciliter = try LabReading.make(
                analyte: .hemoglobin, value: Decimal(tenths) / 10, unit: "g/dL")
            let liter = try LabReading.make(
                analyte: .hemoglobin, value: Decimal(tenths), unit: "g/L")
            #expect(deciliter.value.canonical == liter.value.canonical)
            guard liter.value.canonical < 15 else { continue }
            let doses = try [deciliter, liter].map {
                try Formulary.standard.needs.heartFailure.doses(
                    weight: Kilograms(70), hemoglobin: GramsPerDeciliter($0.value.canonical))
            }
            #expect(doses[0] == doses[1])
        }
    }

    @Test func `a ratio of iron is the same in both systems of units`() throws {
        for tenths in stride(from: 10, through: 600, by: 7) {
            let iron = try LabReading.make(
                analyte: .iron, value: Decimal(tenths) / 10, unit: "umol/L"
            ).value
            let capacity = try read(.totalIronBindingCapacity, "72", "umol/L").value
            let percent = try TransferrinSaturation.percent(
                iron: iron.canonical, totalIronBindingCapacity: capacity.canonical)
            let molar = iron.reported * 100 / capacity.reported
            #expect(abs(percent.value - molar) < Fixture.exact("0.0000000001"))
        }
    }
}
