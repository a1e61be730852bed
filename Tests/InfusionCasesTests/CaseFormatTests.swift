import Faults
import Foundation
import Infusion
import InfusionCases
import InfusionKnowledge
import Testing
import YAMLReader

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Cases that are wrong say where and what would be right; cases that do not hold say what came.
@Suite("Case format")
struct CaseFormatTests {
    private let runner = CaseRunner { (_) throws(YAMLProblems) in FormularyFile.shipped.formulary }

    private func problems(_ text: String) -> [String] {
        do throws(YAMLProblems) {
            _ = try CaseReader.read(text, file: "c.yaml")
            return []
        } catch {
            return error.all.map(\.description)
        }
    }

    private func failures(_ text: String) async throws -> [String] {
        let found = try #require(try CaseReader.read(text, file: "c.yaml").first)
        return await runner.run(found, shipped: .standard).failures
    }

    @Test(arguments: [
        (
            "case: a\nwhen: {on: 2026-03-02, wieght: 70 kg}\nthen: {accepted: yes}",
            "c.yaml:2:32: when.wieght"
        ),
        (
            "case: a\nwhen: {on: 2026-02-30, weight: 70 kg}\nthen: {accepted: yes}",
            "c.yaml:2:12: when.on: is '2026-02-30'"
        ),
        (
            "case: a\nwhen: {on: 2026-03-02, weight: 70}\nthen: {accepted: yes}",
            "c.yaml:2:32: when.weight: is '70'"
        ),
        (
            "case: a\nwhen: {on: 2026-03-02, labs: {hb: 9}, weight: 1 kg}\nthen: {gates: {G-X: passed}}",
            "then.gates.G-X"
        ),
        ("case: a\nwhen: {on: 2026-03-02, weight: 70 kg}", "has no 'then'"),
        ("case: a\nthen: {accepted: yes}", "nothing happens"),
        (
            "case: a\nwhen: {on: 2026-03-02, told: 2026-03-01, weight: 70 kg}\nthen: {accepted: yes}",
            "is told before it happened"
        ),
        (
            "case: a\nwhen: {on: 2026-03-02, dose: {planned: 750 mg, name: first}}\nthen: {accepted: yes}",
            "when.dose.name"
        ),
        (
            "case: a\nwhen: {on: 2026-03-02, start: {planned: 750 mg, name: first}}\nthen: {accepted: yes}",
            "when.start.name"
        ),
        (
            "case: a\nwhen: {on: 2026-03-02, end: {given: 750 mg, minutes: 5}}\nthen: {accepted: yes}",
            "when.end.minutes"
        ),
        (
            "case: a\nwhen: {on: 2026-03-02, patient: second, weight: 70 kg}\nthen: {accepted: yes}",
            "c.yaml:2:33: when.patient"
        ),
        (
            "case: a\nothers: {patient: {}}\nwhen: {on: 2026-03-02}\nthen: {accepted: yes}",
            "is what the case's own patient is called"
        ),
        (
            "case: a\nwhen: {on: 2026-03-02, holdVisit: {keep: 30 s}}\nthen: {accepted: yes}",
            "when.holdVisit.keep"
        ),
        (
            "case: a\nwhen: {on: 2026-03-02, wait: {notice: 1.5 h}}\nthen: {accepted: yes}",
            "accepted: a whole number of h, such as 30 h"
        ),
        (
            "case: a\nwhen: {on: 2026-03-02, weight: 70 kg}\nthen: {calendar: {2026-02-30: []}}",
            "'2026-02-30' is no date"
        ),
        (
            "case: a\nwhen: {on: 2026-03-02, weight: 70 kg}\nthen: {waitlist: [a b c]}",
            "accepted: a patient, or one and a status"
        ),
        (
            "case: a\nsite: {plan: {chairs: [{chair: one, kind: stool}]}}\nwhen: {on: 2026-03-02}\nthen: {accepted: yes}",
            "c.yaml:2:43: site.plan.chairs[0].kind"
        ),
        (
            "case: a\nwhen: {on: 2026-03-02, weight: 70 kg}\nthen: {}",
            "c.yaml:3:7: then: expects nothing"
        ),
        (
            "case: a\nwhen: {on: 2026-03-02, weight: 70 kg}\nthen: {queue: {}, gates: {}}",
            "c.yaml:3:7: then: expects nothing"
        ),
    ])
    func `what cannot be read is told with its place`(text: String, part: String) {
        let found = problems(text)
        #expect(found.contains { $0.contains(part) }, "\(found)")
    }

    @Test func `every slip of a file is told at once`() {
        let found = problems(
            """
            source: {}
            patient: {sex: man, born: 1970-13-01}
            cases:
              - case: a
                site: {region: uk, timeZone: Rome, plan: {chairs: [{chair: one, kind: stool}]}}
                given: {on: 2026-02-30, weight: 70}
                when: {on: 2026-03-02, labs: {hb: 9, iorn: 3 ug/dL}, order: {product: x, dosis: 1}}
                then:
                  refused: gate-shut
                  gates: {G-X: passed, G-DX: {verdict: open}}
                  queue: {R3: {due: soon, urgncy: routine}}
                  waitlist: [{patient: a, due: soon}, a b c]
              - case: b
                shwos: x
                when: {on: 2026-03-02, told: 2026-03-01, wieght: 70 kg}
                then: {}
            """)
        let places = [
            "source", "cases[0].site.region", "cases[0].site.timeZone",
            "cases[0].site.plan.chairs[0].kind", "patient.sex", "patient.born", "cases[0].given.on",
            "cases[0].given.weight",
            "cases[0].when.labs.iorn", "cases[0].when.order", "cases[0].when.order",
            "cases[0].when.order.dosis", "cases[0].then.refused", "cases[0].then.gates.G-X",
            "cases[0].then.gates.G-DX.verdict", "cases[0].then.queue.R3.due",
            "cases[0].then.queue.R3.urgncy", "cases[0].then.waitlist[0].due",
            "cases[0].then.waitlist[1]", "cases[1].when", "cases[1].when.wieght",
            "cases[1].then", "cases[1].shwos",
        ]
        #expect(found.map { $0.split(separator: ": ")[1] } == places.map { $0[...] }, "\(found)")
    }

    @Test func `a plan is judged although the steps cannot be read, from the first day that can`() {
        let found = problems(
            """
            case: a
            site: {plan: {chairs: [{chair: one, kind: stool}]}}
            given: [{on: 2026-03-02, weight: 70}, {on: 2026-03-02, wieght: 70 kg}]
            then: {accepted: yes}
            """)
        #expect(found.count == 3, "\(found)")
        #expect(found[0].contains("site.plan.chairs[0].kind"), "\(found)")
    }

    @Test(arguments: [
        ("gate-shut", "is 'gate-shut'; accepted: one of gates-shut, "),
        ("{code: invalid-valeu}", "is 'invalid-valeu'; accepted: one of invalid-value, "),
        ("too-early", "is 'too-early'; accepted: one of "),
    ])
    func `a refusal that there is not is told with those there are, the nearest first`(
        refused: String, message: String
    ) {
        let found = problems("case: a\nwhen: {on: 2026-03-02}\nthen: {refused: \(refused)}")
        #expect(found.count == 1, "\(found)")
        #expect(found[0].contains(message), "\(found)")
        #expect(
            RefusalCode.allCases.allSatisfy { found[0].contains($0.rawValue) }
                && found[0].contains("invalid-body"), "\(found)")
    }

    @Test func `a given that is refused fails the case and says why`() async throws {
        let found = try await failures(
            """
            case: a
            given: {on: 2026-03-02, weight: 900 kg}
            then: {accepted: yes}
            """)
        #expect(found.count == 1)
        #expect(found[0].contains("was not accepted: refused: invalid-value (weight)"), "\(found)")
    }

    /// What was so before a step that is refused is still so after it, and is no answer of the step's.
    @Test(arguments: [
        ("accepted: yes", "labs: {hb: 115 g/dL}"),
        ("queue: {R3: none}", "labs: {hb: 115 g/dL}"),
        ("ironStatus: {general: absolute}", "labs: {tsat: 0.18 %}"),
    ])
    func `a question that is refused fails the case unless the refusal is expected`(
        then: String, step: String
    ) async throws {
        let text = """
            case: a
            given: {on: 2026-03-01, contexts: [general], labs: {ferritin: 12 ng/mL, tsat: 8 %}}
            when: {on: 2026-03-02, weight: 70 kg, \(step)}

            """
        let found = try await failures(text + "then: {\(then)}")
        #expect(found.count == 1, "\(found)")
        #expect(
            found[0].hasPrefix("c.yaml:3:45: when.labs: was not accepted: refused: invalid-body ("),
            "\(found)")
        #expect(found[0].hasSuffix("if that is right, `then` says refused: invalid-body"))
        #expect(try await failures(text + "then: {refused: invalid-body}") == [])
    }

    @Test func `a refusal is told with its code and its text`() async throws {
        let found = try await failures(
            """
            case: a
            given: {on: 2026-03-01, contexts: [general], weight: 80 kg}
            when: {on: 2026-03-02, order: {product: injectafer, row: FCM-US-9, doses: [750 mg]}}
            then: {order: {total: 750 mg}}
            """)
        #expect(found.count == 1, "\(found)")
        #expect(
            found[0].contains(
                "when.order: was not accepted: refused: unknown-dosing-row,"
                    + " The product has no such dosing row: FCM-US-9; accepted: FCM-US-1, "),
            "\(found)")
    }

    @Test func `an expectation that is not met names both sides`() async throws {
        let found = try await failures(
            """
            case: a
            given: {on: 2026-03-01, contexts: [general], labs: {ferritin: 12 ng/mL, tsat: 8 %}}
            when: {on: 2026-03-02, weight: 70 kg}
            then:
              refused: gates-shut
              ironStatus: {general: replete}
              queue: {R3: open}
            """)
        #expect(found.count == 3)
        #expect(found[0].contains("expected refused: gates-shut; came accepted"))
        #expect(found[1].contains("expected status replete; came absolute"))
        #expect(found[2].contains("expected an open recheck; came none"))
    }

    @Test func `what the calendar and the list do not show is told as what they do`() async throws {
        let found = try await failures(
            """
            case: a
            others: {second: {sex: male}}
            given:
              - {on: 2026-03-01, contexts: [metastaticBreastCancer], labs: {hb: 7.6 g/dL}}
              - {on: 2026-03-02, orderTransfusion: {}}
              - {on: 2026-03-02, wait: {order: red cells}}
            when: {on: 2026-03-02 10:00, holdVisit: {at: 2026-03-03 10:00, minutes: 120, keep: 30 min}}
            then:
              refused: {code: slot-taken, constraint: chair-overlap}
              alternatives: []
              calendar: {2026-03-03: [visit booked], 2026-03-04: [visit booked]}
              waitlist: [second]
              fits: {visit: {second: fits}}
            """)
        #expect(found.count == 6, "\(found)")
        #expect(
            found[0].contains("expected refused: slot-taken (chair-overlap); came accepted"),
            "\(found)")
        #expect(found[1].contains("nothing was refused; came accepted"), "\(found)")
        #expect(found[2].contains("visit: expected status booked; came pending"), "\(found)")
        #expect(found[3].contains("expected visit; came none"), "\(found)")
        #expect(found[4].contains("expected second; came patient waiting"), "\(found)")
        #expect(found[5].contains("expected fits; came no time"), "\(found)")
    }

    @Test func `a plan that is another one is told dose by dose`() async throws {
        let ordered = """
            case: a
            patient: {sex: male, born: 1970-05-17}
            given:
              - {on: 2026-03-02, weight: 80 kg, contexts: [general], infection: no, conditions: {atopy: no}}
              - {on: 2026-03-02, labs: {hb: 9 g/dL, ferritin: 12 ng/mL, tsat: 8 %, crp: 2 mg/L}}
              - {on: 2026-03-02, order: {product: injectafer, row: FCM-US-2, doses: [750 mg, 750 mg]}}

            """
        let found = try await failures(
            ordered + """
                then:
                  plan:
                    - {diluent: {from: 0 mL, lessThan: 250 mL}, vials: [100 mg], testDose: 25 mg}
                    - {product: 15.5 mL, diluent: noRule}
                """)
        #expect(found.count == 5, "\(found)")
        #expect(
            found[0].contains(
                "dose 1: expected diluent 0 mL to less than 250 mL; came 0 mL to 250 mL"))
        #expect(found[1].contains("dose 1: expected testDose 25 mg; came none"))
        #expect(found[2].contains("dose 1: expected vials 100 mg; came 750 mg"))
        #expect(found[3].contains("dose 2: expected product 15.5 mL; came 15 mL"))
        #expect(found[4].contains("dose 2: expected diluent noRule; came 0 mL to 250 mL"))
        let fewer = try await failures(ordered + "then: {plan: [750 mg]}")
        #expect(
            fewer.first?.contains(
                "expected 1 dose still to come; came 750 mg, 750 mg") == true, "\(fewer)")
    }

    @Test func `a report for continuous integration escapes what it shows`() async throws {
        let found = try #require(
            try CaseReader.read(
                """
                case: "a < b & \\"c\\""
                when: {on: 2026-03-02, weight: 70 kg}
                then: {refused: gates-shut}
                """, file: "c.yaml"
            ).first)
        let xml = JUnitReport.xml([await runner.run(found, shipped: .standard)])
        #expect(xml.contains("tests=\"1\" failures=\"1\""))
        #expect(xml.contains("name=\"a &lt; b &amp; &quot;c&quot;\""))
        #expect(XMLParser(data: Data(xml.utf8)).parse())
    }

    @Test func `a step that was told late counts from when it happened`() async throws {
        #expect(
            try await failures(
                """
                case: a
                site: {timeZone: Europe/Rome}
                given:
                  - {on: 2026-03-01, contexts: [general]}
                  - {on: 2026-03-02, told: 2026-03-20, labs: {ferritin: 12 ng/mL, tsat: 8 %}}
                then: {ironStatus: {general: absolute}}
                """) == [])
    }
}
