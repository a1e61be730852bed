import Foundation
import Infusion
import Testing

/// A total becomes visits; a proposal for a person to sign.
@Suite struct DosingSplitTests {
    private typealias Fixture = DosingFixture

    @Test(arguments: [
        ("FCM-EU-inf", "70", "2000", "0:1000 7:1000"), ("FDI-EU", "50", "1500", "0:1000 7:500"),
        ("FDI-EU", "34.9", "1500", "0:698 7:698 14:104"), ("FCM-US-2", "50", "1500", "0:750 7:750"),
        ("FCM-EU-inf", "34.9", "500", "0:500"), ("FMX-US", "70", "1020", "0:510 3:510"),
        ("FCM-US-lt50", "40", "1200", "0:600 7:600"),
        ("IS-EU", "70", "1000", "0:200 1:200 7:200 8:200 14:200"),
        ("IS-US-NDD", "70", "1000", "0:200 1:200 2:200 3:200 4:200"),
        ("IS-US-PDD", "70", "1000", "0:300 14:300 28:400"),
        ("IS-US-NDD500", "70", "1000", "0:500 13:500"),
        ("FCM-US-HF", "70", "2000", "0:1000 42:1000"),
        ("LMWID-EU-TDI", "70", "1400", "0:1400"), ("FDI-US", "70", "1000", "0:1000"),
    ])
    func `a total is split into the fewest visits that its row allows`(
        _ id: String, _ weight: String, _ total: String, _ expected: String
    ) throws {
        let row = Fixture.row(id)
        let subject = Fixture.subject(weight, hb: "9")
        let indication = try #require(row.contexts.first)
        let visits = try row.split(Fixture.mg(total), for: subject, indication: indication)
        #expect(visits.map { "\($0.day):\($0.dose.value)" }.joined(separator: " ") == expected)
        #expect(visits.map(\.dose.value).reduce(0, +) == Fixture.exact(total))
        // Each visit, seen with those before it, has no hard problem.
        for (index, visit) in visits.enumerated() {
            let before = visits[..<index].map {
                AdministeredIron(date: Fixture.day($0.day), amount: $0.dose, inCourse: true)
            }
            let problems = row.check(
                ProposedDose(
                    amount: visit.dose, date: Fixture.day(visit.day), others: before,
                    plannedTotal: Fixture.mg(total)), for: subject, indication: indication)
            #expect(problems.allSatisfy { $0.severity == .soft }, "\(problems)")
        }
    }

    @Test func `a total that no row can hold is refused`() {
        func split(_ id: String, _ total: String, _ weight: String) throws -> [PlannedVisit] {
            try Fixture.row(id).split(
                Fixture.mg(total), for: Fixture.subject(weight, hb: "9"), indication: .general)
        }
        #expect(
            throws: DosingProblem.aboveCourse(
                Fixture.mg("1501"), limit: Fixture.mg("1500"), basis: .label)
        ) { try split("FCM-US-2", "1501", "50") }
        #expect(throws: DosingProblem.doseNotPositive(.zero)) { try split("FDI-EU", "0", "50") }
        #expect(throws: DosingProblem.self) { try split("FCM-US-2", "750", "49.9") }
    }
}
