import Foundation
import Infusion
import InfusionKnowledge
import Testing

@Suite struct FormularyTests {
    private typealias Fixture = DosingFixture
    private let formulary = Formulary.standard

    @Test func `the rows are those of the table, no more and no fewer`() {
        #expect(Set(formulary.rows.map(\.id.name)) == Set(DosingTable.ages.keys))
        #expect(Set(DosingTable.entries.map(\.row)) == Set(DosingTable.ages.keys))
        #expect(formulary.rows.count == 28)
    }

    @Test(arguments: DosingTable.entries)
    func `a row gives its limits`(_ entry: DosingTableEntry) throws {
        let row = Fixture.row(entry.row)
        let subject = Fixture.subject(entry.weight, age: entry.age, hb: entry.hb)
        #expect(row.populationProblems(of: subject).allSatisfy { $0.severity == .soft })
        let limit = try row.limit(for: subject)
        #expect(limit.single == Fixture.mg(entry.single))
        #expect(limit.weekly == entry.weekly.map(Fixture.mg))
        #expect(limit.course == entry.course.map(Fixture.mg))
    }

    @Test(arguments: DosingTable.ages.keys.sorted())
    func `a row is for its ages`(_ id: String) throws {
        let row = Fixture.row(id)
        let (least, below) = try #require(DosingTable.ages[id])
        func problems(_ age: Age?) -> [DosingProblem] {
            row.populationProblems(of: DosingSubject(age: age, weight: nil, hemoglobin: nil))
                .filter { $0 != .missing(.weight) && $0 != .missing(.hemoglobin) }
        }
        let justTooYoung = Age.months(least.months - 1)
        #expect(problems(justTooYoung) == [.belowAge(justTooYoung, required: least)])
        #expect(problems(least).allSatisfy { $0 == .caution(.unverifiedAge) })
        #expect(problems(nil) == [.missing(.age)])
        if let below {
            #expect(problems(below) == [.aboveAge(below, below: below)])
            #expect(problems(.months(below.months - 1)).isEmpty)
        } else {
            #expect(problems(.years(100)).isEmpty)
        }
    }

    @Test(
        arguments: DosingTable.ages.keys.sorted(), ["49.9", "50", "50.1", "69.9", "70"])
    func `a row is for its weights`(_ id: String, _ weight: String) throws {
        let row = Fixture.row(id)
        let age = try #require(DosingTable.ages[id]).0
        let range = DosingTable.weights[id]
        let value = Fixture.exact(weight)
        let isInside =
            (range?.atLeast.map { value >= Fixture.exact($0) } ?? true)
            && (range?.below.map { value < Fixture.exact($0) } ?? true)
        let problems = row.populationProblems(of: Fixture.subject(weight, age: age, hb: "9"))
            .filter { $0.severity == .hard }
        #expect(
            problems
                == (isInside
                    ? [] : [.weightOutside(Kilograms(value), allowed: row.population.weight)]))
    }

    @Test(arguments: DosingTable.weights.keys.sorted())
    func `a row that depends on weight asks for it`(_ id: String) {
        let problems = Fixture.row(id).populationProblems(of: Fixture.subject(nil))
        #expect(problems.contains(.missing(.weight)))
    }

    @Test func `exactly the rows without a verified source say so at every use`() {
        for row in formulary.rows {
            let age = row.population.verifiedFrom ?? row.population.minimumAge
            let problems = row.check(
                prescribed: [], for: Fixture.subject("60", age: age, hb: "9"),
                indication: row.contexts.first ?? .general, plannedTotal: nil)
            let isMarked = problems.contains(.caution(.unverifiedRow))
            #expect(isMarked == DosingTable.unverified.contains(row.id.name), "\(row.id)")
        }
    }

    @Test func `only the total-dose infusion of INFeD is off-label as a row`() {
        #expect(formulary.rows.filter(\.isOffLabel).map(\.id.name) == ["LMWID-US-TDI"])
    }

    @Test func `every row and product has a source, and every row a product of its region`() {
        for row in formulary.rows {
            #expect(!row.source.text.isEmpty)
            #expect(!row.infusion.isEmpty)
            #expect(!row.contexts.isEmpty)
            let owners = formulary.products.filter { $0.rows.contains(row.id) }
            #expect(!owners.isEmpty, "\(row.id)")
            #expect(owners.allSatisfy { $0.region == row.region && $0.moiety == row.moiety })
        }
        #expect(formulary.products.allSatisfy { !$0.source.text.isEmpty })
    }

    @Test(arguments: [
        ("injectafer", "50", LabelRegion.us), ("ferinject", "50", .eu), ("monoferric", "100", .us),
        ("monofer", "100", .eu), ("venofer-us", "20", .us), ("venofer-eu", "20", .eu),
        ("feraheme", "30", .us), ("infed", "50", .us), ("cosmofer", "50", .eu),
        ("ferrlecit", "12.5", .us), ("ferabright", "30", .us),
    ])
    func `a product has its concentration`(
        _ key: String, _ concentration: String, _ region: LabelRegion
    ) throws {
        let product = try #require(formulary.product(ProductKey(key)))
        #expect(product.ironPerMilliliter == Fixture.exact(concentration))
        #expect(product.region == region)
        #expect(product.observationMinutes == 30)
    }

    @Test func `all six moieties have products`() {
        #expect(Set(formulary.products.map(\.moiety)) == Set(Moiety.allCases))
    }

    @Test func `FeraBright is ferumoxytol and has no dose for iron deficiency`() throws {
        let product = try #require(formulary.product(ProductKey("ferabright")))
        #expect(product.moiety == .ferumoxytol)
        #expect(formulary.rows(of: product.key).isEmpty)
        #expect(!product.boxedWarnings.isEmpty)
        #expect(formulary.row(DosingRowID("FMX-US"), of: product.key) == nil)
    }

    @Test func `dextran of high molecular weight cannot be chosen`() {
        #expect(formulary.product(ProductKey("dexferrum")) == nil)
    }

    @Test func `a row is found under its own product only`() {
        #expect(formulary.row(DosingRowID("FCM-US-2"), of: ProductKey("injectafer")) != nil)
        #expect(formulary.row(DosingRowID("FCM-US-2"), of: ProductKey("ferinject")) == nil)
        #expect(formulary.row(DosingRowID("FCM-US-3")) == nil)
        #expect(formulary.rows(of: ProductKey("injectafer")).count == 4)
    }

    @Test func `test doses, boxed warnings and other irons are as labelled`() throws {
        func product(_ key: String) throws -> Product {
            try #require(formulary.product(ProductKey(key)))
        }
        #expect(
            try product("infed").testDose == .mandatory(Fixture.mg("25"), waitMinutes: 60))
        #expect(
            try product("cosmofer").testDose == .slowStart(Fixture.mg("25"), overMinutes: 15))
        #expect(try product("monofer").testDose == .none)
        let boxed = formulary.products.filter { !$0.boxedWarnings.isEmpty }
        #expect(
            Set(boxed.map(\.moiety)) == [.ferricCarboxymaltose, .ferumoxytol, .ironDextran])
        #expect(boxed.allSatisfy { $0.region == .us })
        for product in formulary.products {
            let expected: OtherIronReactionRule =
                product.moiety == .ferumoxytol
                ? .anyBlocks : product.region == .eu ? .seriousBlocks : .specialistAdvice
            #expect(product.otherIronReaction == expected)
        }
    }

    @Test(arguments: [
        ("FCM-US-2", "750", InfusionTimeRule.Route.infusion, 15 as Int?),
        ("FCM-US-2", "750", .push, 8), ("FCM-US-1", "1000", .infusion, 15),
        ("FCM-US-HF", "1000", .infusion, 15),
        ("FCM-EU-inf", "200", .infusion, nil), ("FCM-EU-inf", "201", .infusion, 6),
        ("FCM-EU-inf", "500", .infusion, 6), ("FCM-EU-inf", "501", .infusion, 15),
        ("FCM-EU-inj", "500", .push, 5), ("FCM-EU-inj", "1000", .push, 15),
        ("FDI-US", "1000", .infusion, 20), ("FDI-EU", "1000", .infusion, 16),
        ("FDI-EU", "1001", .infusion, 30), ("FDI-EU-bolus", "500", .push, 2),
        ("IS-US-NDD", "200", .infusion, 15), ("IS-US-NDD", "200", .push, 2),
        ("IS-US-NDD500", "500", .infusion, 210), ("IS-US-PDD", "300", .infusion, 90),
        ("IS-US-PDD", "400", .infusion, 150), ("IS-EU", "100", .infusion, 15),
        ("IS-EU", "200", .infusion, 30), ("IS-EU-TDI", "500", .infusion, 210),
        ("FMX-US", "510", .infusion, 15), ("FMX-US", "510", .push, nil),
        ("LMWID-US", "100", .push, 2), ("LMWID-US-TDI", "1000", .infusion, 60),
        ("LMWID-EU", "100", .infusion, 30), ("LMWID-EU", "200", .infusion, 30),
        ("LMWID-EU-TDI", "1000", .infusion, 240), ("SFG-US", "125", .infusion, 60),
        ("SFG-US", "125", .push, 10),
    ])
    func `a dose takes its least time`(
        _ id: String, _ dose: String, _ route: InfusionTimeRule.Route, _ minutes: Int?
    ) {
        #expect(Fixture.row(id).minimumMinutes(for: Fixture.mg(dose), by: route) == minutes)
    }

    @Test func `iron sucrose in the US is for kidney disease only`() {
        for row in formulary.rows where row.moiety == .ironSucrose && row.region == .us {
            #expect(
                row.contexts.isSubset(of: [
                    .ckdNonDialysis, .ckdPeritonealDialysis, .ckdHemodialysis,
                ]))
        }
    }
}
