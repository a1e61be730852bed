import Foundation
import Infusion
import Testing

@Suite struct `A dosing gate that passes says its own numbers` {
    private let story = given { story in
        story.patient(on: "2026-03-01")
        story.ordered(on: "2026-03-02")
        story.dose(1, 750, on: "2026-03-02")
    }

    private func comparisons(_ finding: Finding?) -> [String] {
        #expect(finding?.verdict == .passed)
        #expect(finding?.predicates.allSatisfy { $0.holds == true } == true)
        return (finding?.predicates ?? []).map {
            "\($0.name) \($0.value ?? "missing") \($0.comparison) \($0.threshold)"
        }
    }

    @Test func `the milligrams of the course beside the label's limit and the plan's total`() {
        #expect(
            comparisons(story.finding(.cumulativeDose, dose: 750, at: "2026-03-09 10:00")) == [
                "course-total-label 1500 <= 1500", "course-total-plannedTotal 1500 <= 1500",
            ])
    }

    @Test func `the milligrams of seven dates, where the row has a limit of them`() {
        let story = given(.rome) { story in
            story.register(.female, on: "2026-03-01")
            story.has([.general], [.infection(active: false)], on: "2026-03-01")
            story.weighs(60, on: "2026-03-01")
            story.lab(.hemoglobin, decimal("10.4"), on: "2026-03-01")
            story.ordered(
                product: "ferinject", row: "FCM-EU-inf", prescribed: [1000],
                method: .simplifiedTable, on: "2026-03-02")
        }
        #expect(
            comparisons(story.finding(.cumulativeDose, dose: 900, at: "2026-03-02 10:00")) == [
                "course-total-plannedTotal 900 <= 1000", "iron-in-7-dates 900 <= 1000",
            ])
    }

    @Test func `the days to the nearest dose, and that there is none`() {
        #expect(
            comparisons(story.finding(.interval, at: "2026-03-10 10:00")) == [
                "days-between-doses 8 >= 7"
            ])
        let first = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
        }
        #expect(
            comparisons(first.finding(.interval, at: "2026-03-02 10:00")) == ["other-doses 0 = 0"])
    }

    @Test func `age, weight and dose, each beside what the row allows`() {
        let finding = story.finding(.weightAndAge, dose: 700, at: "2026-03-09 10:00")
        let told = comparisons(finding)
        #expect(
            finding?.predicates.map(\.name) == ["age", "weight", "weight-age", "dose"], "\(told)")
        #expect(told.last == "dose 700 <= 750")
        #expect(told.contains { $0.hasPrefix("weight ") && $0.hasSuffix("in [50, ∞)") }, "\(told)")
        #expect(told.contains("weight-age 8 <= 30"), "\(told)")
    }

    /// The order's own findings, of a prescription that has no dates yet.
    @Test func `a prescription is told dose by dose and as a whole`() {
        let findings = story.state.orders.first?.order.findings ?? []
        func names(_ gate: Gate) -> [String] {
            comparisons(findings.first { $0.gate == gate })
        }
        #expect(
            names(.cumulativeDose) == [
                "course-total-label 1500 <= 1500", "course-total-plannedTotal 1500 <= 1500",
            ])
        #expect(names(.weightAndAge).filter { $0.hasPrefix("dose ") } == ["dose 750 <= 750"])
    }
}
