import Foundation
import Infusion
import InfusionKnowledge
import Testing

@Suite struct IronNeedTests {
    private typealias Fixture = DosingFixture

    @Test(arguments: WorkedExamples.ganzoni)
    func `Ganzoni gives the worked example, exactly`(_ example: WorkedExamples.Ganzoni) throws {
        let need = try Fixture.needs.ganzoni(
            DosingWeight(weight: Fixture.kg(example.weight), basis: .actual),
            hemoglobin: Fixture.hb(example.hemoglobin), target: example.target.map(Fixture.hb),
            stores: example.stores.map(Fixture.mg))
        #expect(need.milligrams == Fixture.mg(example.need))
        #expect(need.method == .ganzoni)
    }

    @Test(arguments: WorkedExamples.rounded)
    func `a printed table's rounding gives its printed dose`(_ example: WorkedExamples.Rounded) {
        let rounding = Formulary.standard.needs.rounding(of: example.moiety)
        let need = Fixture.mg(example.need)
        let rounded = rounding?.rounded(need, weight: Fixture.kg(example.weight)) ?? need
        #expect(rounded == Fixture.mg(example.printed))
    }

    @Test func `a volume is computed from the dose and never copied beside it`() throws {
        let venofer = try #require(Formulary.standard.product(ProductKey("venofer-eu")))
        #expect(venofer.milliliters(for: Fixture.mg("950")).value == Fixture.exact("47.5"))
        #expect(venofer.milliliters(for: Fixture.mg("850")).value == Fixture.exact("42.5"))
    }

    @Test func `the formula can be computed again by hand`() throws {
        func formula(_ weight: DosingWeight, _ hemoglobin: String) throws -> String {
            try Fixture.needs.ganzoni(weight, hemoglobin: Fixture.hb(hemoglobin)).formula
        }
        let actual = DosingWeight(weight: Fixture.kg("70"), basis: .actual)
        #expect(try formula(actual, "8") == "70 × (15 − 8) × 2.4 + 500")
        #expect(try formula(actual, "15.2") == "70 × max(0, 15 − 15.2) × 2.4 + 500")
        let pregnant = DosingWeight(weight: Fixture.kg("62"), basis: .prePregnancy)
        #expect(try formula(pregnant, "8.5").hasSuffix("(pre-pregnancy weight)"))
        let unknown = DosingWeight(weight: Fixture.kg("70"), basis: .actualPregnant)
        #expect(
            try formula(unknown, "8.5").hasSuffix(
                "(actual weight in pregnancy; none from before it is known)"))
    }

    @Test(arguments: ["85", "0.9", "25.1", "152", "-8"])
    func `a haemoglobin in g/L, or otherwise impossible, is refused`(_ hemoglobin: String) {
        let weight = Fixture.kg("70")
        let found = Fixture.hb(hemoglobin)
        let refusal = IronNeedProblem.hemoglobinOutOfRange(found.value, accepted: "1 to 25 g/dL")
        #expect(throws: refusal) {
            try Fixture.needs.ganzoni(
                DosingWeight(weight: weight, basis: .actual), hemoglobin: found)
        }
        #expect(throws: refusal) {
            try Fixture.needs.ferinjectTable(weight: weight, hemoglobin: found)
        }
        #expect(throws: refusal) {
            try Fixture.needs.monoferTable(weight: weight, hemoglobin: found)
        }
        #expect(throws: refusal) {
            try Fixture.needs.heartFailureTable(weight: weight, hemoglobin: found)
        }
        #expect(throws: refusal) {
            try Fixture.needs.infed(leanBodyWeight: weight, hemoglobin: found)
        }
    }

    @Test func `a target, a store or a weight that cannot be is refused`() {
        let weight = DosingWeight(weight: Fixture.kg("70"), basis: .actual)
        #expect(throws: IronNeedProblem.self) {
            try Fixture.needs.ganzoni(
                weight, hemoglobin: Fixture.hb("8"), target: Fixture.hb("150"))
        }
        #expect(throws: IronNeedProblem.self) {
            try Fixture.needs.ganzoni(
                weight, hemoglobin: Fixture.hb("8"), stores: Fixture.mg("-1"))
        }
        #expect(throws: IronNeedProblem.self) {
            try Fixture.needs.ganzoni(
                DosingWeight(weight: Fixture.kg("351"), basis: .actual), hemoglobin: Fixture.hb("8")
            )
        }
    }

    @Test(arguments: WorkedExamples.tables)
    func `a simplified table gives its cell`(_ example: WorkedExamples.Table) throws {
        let moiety: Moiety =
            switch example.name {
            case .ferinject: .ferricCarboxymaltose
            case .monofer: .ferricDerisomaltose
            }
        let need = try Fixture.needs.simplifiedTable(
            for: moiety, region: .eu, weight: Fixture.kg(example.weight),
            hemoglobin: Fixture.hb(example.hemoglobin))
        #expect(need.milligrams == Fixture.mg(example.need))
        #expect(need.method == .simplifiedTable)
    }

    @Test func `only the two European labels have a simplified table`() {
        for moiety in Moiety.allCases {
            for region in LabelRegion.allCases {
                let has =
                    region == .eu
                    && (moiety == .ferricCarboxymaltose || moiety == .ferricDerisomaltose)
                let need = try? Fixture.needs.simplifiedTable(
                    for: moiety, region: region, weight: Fixture.kg("60"),
                    hemoglobin: Fixture.hb("9"))
                #expect((need != nil) == has)
            }
        }
    }

    @Test func `the fixed need of 1,000 mg begins at 50 kg`() throws {
        let need = try Fixture.needs.monoferFixedNeed(
            weight: Fixture.kg("50"), hemoglobin: Fixture.hb("9"))
        #expect(need.milligrams == Fixture.mg("1000"))
        #expect(throws: IronNeedProblem.self) {
            try Fixture.needs.monoferFixedNeed(
                weight: Fixture.kg("49.9"), hemoglobin: Fixture.hb("9"))
        }
    }

    @Test(arguments: [
        ("69.9", "10", AdministrativeGender.female, "1000"), ("70", "12", .female, "1500"),
        ("69.9", "13", .male, "1000"), ("70", "13", .male, "1500"), ("69.9", "9.99", .male, "1500"),
        ("70", "7", .female, "2000"), ("69.9", "6.99", .female, "2000"),
        ("70", "6.9", .male, "2500"),
    ])
    func `the ECCO table gives its cell, and exactly 10 is in the upper band`(
        _ weight: String, _ hemoglobin: String, _ gender: AdministrativeGender, _ expected: String
    ) throws {
        let need = try Fixture.needs.eccoTable(
            weight: Fixture.kg(weight), hemoglobin: Fixture.hb(hemoglobin), gender: gender)
        #expect(need.milligrams == Fixture.mg(expected))
    }

    @Test(arguments: [
        ("12.01", AdministrativeGender.female), ("13.01", .male), ("12.5", .unknown),
        ("12.5", .other),
    ])
    func `the ECCO table has no cell above its band`(
        _ hemoglobin: String, _ gender: AdministrativeGender
    ) {
        #expect(throws: IronNeedProblem.self) {
            try Fixture.needs.eccoTable(
                weight: Fixture.kg("70"), hemoglobin: Fixture.hb(hemoglobin), gender: gender)
        }
    }

    @Test(arguments: WorkedExamples.infed)
    func `the INFeD formula is exact in millilitres and milligrams`(
        _ example: WorkedExamples.Infed
    ) throws {
        let need = try Fixture.needs.infed(
            leanBodyWeight: Fixture.kg(example.leanBodyWeight),
            hemoglobin: Fixture.hb(example.hemoglobin), desired: example.desired.map(Fixture.hb))
        #expect(need.milligrams == Fixture.mg(example.milligrams))
        let infed = try #require(Formulary.standard.product(ProductKey("infed")))
        #expect(
            infed.milliliters(for: need.milligrams).value == Fixture.exact(example.milliliters))
    }

    @Test(arguments: [
        // I04 and I05, then: the actual weight where it is lower, a child, an unknown sex.
        (AdministrativeGender.male, "177.8", "90", "73"), (.female, "162.56", "90", "54.7"),
        (.male, "177.8", "60", "60"), (.male, "90", "14", "14"), (.unknown, "162.56", "90", "54.7"),
    ])
    func `lean body weight`(
        _ gender: AdministrativeGender, _ height: String, _ actual: String, _ expected: String
    ) throws {
        let lean = try Fixture.needs.leanBodyWeight(
            gender: gender, height: Centimeters(Fixture.exact(height)), actual: Fixture.kg(actual))
        #expect(lean == Fixture.kg(expected))
    }

    @Test func `blood losses have their own formulas`() throws {
        // G24: stores are intact, so only the difference counts.
        let loss = try Fixture.needs.replacement(
            of: Fixture.hb("1"), weight: Fixture.kg("60"), hemoglobin: Fixture.hb("11"))
        #expect(loss.milligrams == Fixture.mg("144"))
        #expect(loss.stores == .zero)
        let units = try Fixture.needs.replacement(of: .units(2))
        #expect(units.milligrams == Fixture.mg("400"))
        #expect(units.method == .unitsLost)
        #expect(units.formula == "2 units × 200 mg")
        let lost = try Fixture.needs.replacement(
            of: .volume(Milliliters(500), hematocrit: Percent(20)))
        #expect(lost.milligrams == Fixture.mg("100"))
        #expect(lost.method == .infedBloodLoss)
        #expect(lost.formula == "500 mL × 0.2")
        #expect(lost.weight == nil && lost.hemoglobin == nil)
    }

    @Test func `nobody lost nothing, or more than there is`() {
        for units in [-1, 0, decimal("20.1")] {
            #expect(
                throws: IronNeedProblem.unitsLostOutOfRange(
                    units, accepted: "more than 0, at most 20 units")
            ) { try Fixture.needs.replacement(of: .units(units)) }
        }
        for volume: Decimal in [0, 10_001] {
            #expect(
                throws: IronNeedProblem.volumeLostOutOfRange(
                    volume, accepted: "more than 0, at most 10000 mL")
            ) {
                try Fixture.needs.replacement(
                    of: .volume(Milliliters(volume), hematocrit: Percent(20)))
            }
        }
        // A fraction for a percentage is a hundredfold error.
        #expect(
            throws: IronNeedProblem.hematocritOutOfRange(
                decimal("0.2"), accepted: Analyte.hematocrit.possible.description)
        ) {
            try Fixture.needs.replacement(
                of: .volume(Milliliters(500), hematocrit: Percent(decimal("0.2"))))
        }
    }

    @Test(arguments: [
        // 30 × 1.60² = 76.8 kg is the trigger; 25 × 1.60² = 64 kg the ideal weight.
        ("76.79", "160" as String?, "76.79", DosingWeight.Basis.actual),
        ("76.8", "160", "64", .ideal),
        ("120", "160", "64", .ideal), ("120", nil, "120", .actualHeightUnknown),
    ])
    func `an obese patient is dosed by ideal weight`(
        _ actual: String, _ height: String?, _ weight: String, _ basis: DosingWeight.Basis
    ) throws {
        let chosen = try DosingWeight.choose(
            actual: Fixture.kg(actual), height: height.map { Centimeters(Fixture.exact($0)) },
            obesityFrom: 30)
        #expect(chosen == DosingWeight(weight: Fixture.kg(weight), basis: basis))
    }

    @Test func `in pregnancy the weight before it counts`() throws {
        let chosen = try DosingWeight.choose(
            actual: Fixture.kg("75"), height: Centimeters(165), prePregnancy: Fixture.kg("62"),
            obesityFrom: 30)
        #expect(chosen == DosingWeight(weight: Fixture.kg("62"), basis: .prePregnancy))
    }

    @Test(arguments: [
        ("165" as String?, "75", DosingWeight.Basis.actualPregnant), (nil, "75", .actualPregnant),
        ("155", "60.0625", .ideal),
    ])
    func `in pregnancy without one today's counts, and says so`(
        _ height: String?, _ weight: String, _ basis: DosingWeight.Basis
    ) throws {
        let chosen = try DosingWeight.choose(
            actual: Fixture.kg("75"), height: height.map { Centimeters(Fixture.exact($0)) },
            isPregnant: true, obesityFrom: 30)
        #expect(chosen == DosingWeight(weight: Fixture.kg(weight), basis: basis))
    }

    @Test func `the label's own course is the need where the label fixes one`() throws {
        func course(_ id: String, _ weight: String) throws -> Milligrams? {
            try IronNeedCalculator.labelCourse(
                of: Fixture.row(id), for: Fixture.subject(weight, hb: "9"))?.milligrams
        }
        #expect(try course("FCM-US-2", "50") == Fixture.mg("1500"))
        #expect(try course("FCM-US-1", "52") == Fixture.mg("780"))
        #expect(try course("FCM-US-1", "70") == Fixture.mg("1000"))
        #expect(try course("FCM-US-lt50", "49.9") == Fixture.mg("1497"))
        #expect(try course("FCM-US-HF", "70") == Fixture.mg("2000"))
        #expect(try course("FDI-US-lt50", "49.5") == Fixture.mg("990"))
        #expect(try course("FCM-EU-inf", "70") == nil)
        #expect(throws: DosingProblem.missing(.hemoglobin)) {
            try IronNeedCalculator.labelCourse(
                of: Fixture.row("FCM-US-2"), for: Fixture.subject("50"))
        }
    }

    @Test(arguments: WorkedExamples.heartFailure)
    func `the heart-failure table gives its cell`(_ example: WorkedExamples.HeartFailure) throws {
        let weight = Fixture.kg(example.weight)
        let hemoglobin = Fixture.hb(example.hemoglobin)
        let doses = try Formulary.standard.needs.heartFailure.doses(
            weight: weight, hemoglobin: hemoglobin)
        #expect(doses.day1 == Fixture.mg(example.day1))
        #expect(doses.week6 == Fixture.mg(example.week6))
        let need = try Fixture.needs.heartFailureTable(weight: weight, hemoglobin: hemoglobin)
        #expect(need.milligrams == doses.day1 + doses.week6)
    }

    @Test(arguments: ["15", "15.0", "14.995", "16", "18"])
    func `the heart-failure table has no data from 15 g/dL on`(_ hemoglobin: String) {
        #expect(throws: DosingProblem.self) {
            try Formulary.standard.needs.heartFailure.doses(
                weight: Fixture.kg("80"), hemoglobin: Fixture.hb(hemoglobin))
        }
        #expect(throws: IronNeedProblem.self) {
            try Fixture.needs.heartFailureTable(
                weight: Fixture.kg("80"), hemoglobin: Fixture.hb(hemoglobin))
        }
    }
}
