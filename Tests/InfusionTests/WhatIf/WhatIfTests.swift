import Foundation
import Infusion
import InfusionKnowledge
import Testing

@Suite struct `A history asked again` {
    let story = given { story in
        story.patient(on: "2026-03-01")
        story.ordered(on: "2026-03-02")
        story.dose(1, 750, on: "2026-03-02")
    }

    func rules(
        _ story: Story, formulary: Formulary? = nil,
        policy: (inout ClinicalPolicy) -> Void = { _ in }
    ) -> WhatIf.Rules {
        let context = story.clinic.context(now: story.clinic.at("2026-03-03"))
        var other = context.site.policy
        policy(&other)
        let site = context.site
        let instead = SiteSettings(
            site: site.site, timeZone: site.timeZone, region: site.region, policy: other)
        return WhatIf.Rules(
            inForce: RuleSet(formulary: context.formulary, sites: [site]),
            instead: RuleSet(
                formulary: formulary ?? context.formulary, sites: [instead]))
    }

    func asked(_ story: Story, _ rules: WhatIf.Rules) -> WhatIf {
        var whatIf = WhatIf()
        for event in story.events {
            whatIf.take(event, recordedAt: event.effectiveAt, rules: rules)
        }
        whatIf.conclude(now: story.clinic.at("2026-03-03"), rules: rules)
        return whatIf
    }

    @Test func `the same rules give the same answers`() {
        let whatIf = asked(story, rules(story))
        #expect(whatIf.differences == [])
        // The order, its first dose, and the second one asked about today.
        #expect(whatIf.asked == 3)
    }

    @Test func `a dose that other rules would have refused is told with its gate`() {
        let whatIf = asked(story, rules(story) { $0.diagnosis.hemoglobinMaxAgeDays = 0 })
        let dose = whatIf.differences.first { $0.kind == .dose }
        #expect(dose?.subject == story.state.doses[0].id.description)
        #expect(dose?.version == story.state.doses[0].version)
        #expect(dose?.date == date("2026-03-02"))
        #expect(dose?.before == "accepted")
        #expect(dose?.after.hasPrefix("refused: gates-shut") == true, "\(dose?.after ?? "none")")
        #expect(dose?.rules.isEmpty == false)
    }

    @Test func `what is decided before a position is not asked again`() {
        var whatIf = WhatIf()
        for event in story.events { whatIf.take(event, recordedAt: event.effectiveAt, rules: nil) }
        #expect(whatIf.asked == 0)
        #expect(whatIf.differences == [])
    }

    @Test func `an order is planned again by the other formulary's tables`() throws {
        let text = FormularyFile.shipped.text
            .replacing("target: 15 g/dL", with: "target: 12 g/dL")
            .replacing("version: 2026.11.0\n", with: "version: 2026.11.0+aim.12\n")
        let lower = try FormularyFile(text, file: "lower.yaml").formulary
        func differences(target: Decimal?) -> [RuleDifference] {
            let story = given(.rome) { story in
                story.patient(on: "2026-03-01")
                story.does(
                    Act.order(
                        product: "venofer-eu", row: "IS-EU",
                        prescribed: Array(repeating: 200, count: 8), method: .ganzoni,
                        target: target, signed: story.clinic.at("2026-03-02 09:00")),
                    at: "2026-03-02 09:00")
            }
            return asked(story, rules(story, formulary: lower)).differences
        }
        let found = differences(target: nil).first { $0.kind == .order }
        #expect(found?.before == "accepted, 1650 mg")
        #expect(found?.rules.contains("G-CUM") == true, "\(String(describing: found))")
        // What the prescriber named is asked again as it was named.
        #expect(differences(target: decimal("14.9")).isEmpty)
    }

    @Test func `a product that is gone refuses the order and the next dose`() {
        let without = rules(
            story,
            formulary: Formulary(
                version: "none", products: [], rows: [], preparations: [],
                needs: Formulary.standard.needs))
        let whatIf = asked(story, without)
        let order = whatIf.differences.first { $0.kind == .order }
        #expect(order?.after == "refused: unknown-product")
        #expect(order?.rules == ["unknown-product"])
        let next = whatIf.differences.first { $0.kind == .nextDose }
        #expect(next?.after == "refused: unknown-product")
        #expect(next?.version == nil)
    }

    @Test func `a recheck that would be due on another day is told by its rule`() {
        let whatIf = asked(story, rules(story) { $0.rechecks.surveillanceIntervalDays = 28 })
        #expect(whatIf.differences.map(\.kind) == [.recheck])
        #expect(whatIf.differences.map(\.rules) == [["R13"]])
        #expect(whatIf.differences[0].before.hasPrefix("due 2026-06-01"))
        #expect(whatIf.differences[0].after.hasPrefix("due 2026-03-30"))
    }

    @Test func `another answer to a course names the rows by which it is another`() {
        var answered = story
        answered.lab(.hemoglobin, decimal("10.6"), on: "2026-04-20")
        let other = rows(answered) { $0.response.rise = decimal("1.5") }
        #expect(other.map(\.before) == ["partial, inadequateDose, needsData"])
        #expect(other.map(\.after) == ["responder"])
        #expect(
            other.map(\.rules) == [
                ["RESPONSE-RESPONDER", "RESPONSE-PARTIAL", "RESPONSE-3", "RESPONSE-10"]
            ])
        // Final a week later, and else the same.
        answered.lab(.hemoglobin, decimal("11.4"), on: "2026-04-20 18:00")
        let later = rows(answered) { $0.response.finalDays = 56 }
        #expect(later.map(\.after) == ["responder (provisional)"])
        #expect(later.map(\.rules) == [["RESPONSE-RESPONDER"]])
    }

    private func rows(
        _ story: Story, policy: (inout ClinicalPolicy) -> Void
    ) -> [RuleDifference] {
        var whatIf = WhatIf()
        for event in story.events { whatIf.take(event, recordedAt: event.effectiveAt, rules: nil) }
        whatIf.conclude(
            now: story.clinic.at("2026-04-21"), rules: rules(story, policy: policy))
        return whatIf.differences.filter { $0.kind == .response }
    }

    @Test func `red cells are asked about again, by the threshold of the other rules`() {
        var anemic = story
        anemic.lab(.hemoglobin, decimal("7.2"), on: "2026-03-02 18:00")
        anemic.does(
            .orderTransfusion(
                OrderTransfusion(
                    id: id(2), units: 1, indication: .general,
                    signature: Signature(
                        prescriber: "Dr Bianchi", signedAt: anemic.clinic.at("2026-03-02 19:00")))),
            at: "2026-03-02 19:00")
        let whatIf = asked(
            anemic, rules(anemic) { $0.gates.transfusionHemoglobin = decimal("7.5") })
        let order = whatIf.differences.first { $0.kind == .transfusionOrder }
        #expect(order?.subject == anemic.state.transfusionOrders[0].id.description)
        #expect(order?.date == date("2026-03-02"))
        #expect(order?.before == "accepted")
        #expect(order?.after == "accepted, shut: G-TX blocked")
        #expect(order?.rules == ["G-TX"])
    }

    @Test func `of who has died nothing is asked today`() {
        var story = story
        story.does(
            .setClinicalContext(
                [.general], facts: [.deceased(true)], at: story.clinic.at("2026-03-03")),
            at: "2026-03-03")
        let whatIf = asked(story, rules(story) { $0.rechecks.surveillanceIntervalDays = 28 })
        #expect(whatIf.differences == [])
    }
}
