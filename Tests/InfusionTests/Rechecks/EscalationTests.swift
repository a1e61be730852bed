import Foundation
import Infusion
import Testing

/// results too early for a verdict are always valid for safety. R-20: a person closes an
/// escalation.
@Suite struct `Escalations` {
    func dosed() -> Story {
        given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.dose(1, 750, on: "2026-03-02")
        }
    }

    @Test func `haemoglobin 6.5 on day 10 is an emergency the same day`() {
        var story = dosed()
        story.lab(.hemoglobin, decimal("6.5"), on: "2026-03-12")
        let open = story.open(.hemoglobinTrend)
        #expect(open?.urgency == .emergency)
        #expect(open?.due == date("2026-03-12"))
        #expect(open?.overdueAfter == date("2026-03-12"))
        #expect(open?.reason == "low-hemoglobin")
        #expect(story.state.openRechecks.keys.filter { $0.rule == .hemoglobinTrend }.count == 1)
    }

    @Test func `haemoglobin 7.5 is due from its own day on, and overdue after 72 hours`() {
        var story = dosed()
        story.lab(.hemoglobin, decimal("7.5"), on: "2026-03-12")
        let open = story.open(.hemoglobinTrend)
        #expect(open?.urgency == .urgent)
        #expect(open?.ruleVersion == 2)
        #expect(open?.earliest == date("2026-03-12"))
        #expect(open?.due == date("2026-03-12"))
        #expect(open?.overdueAfter == date("2026-03-15"))
    }

    @Test func `during treatment of cancer the blood count is due at once, and says so`() {
        var story = dosed()
        story.has([.oncology], [.therapy(.chemotherapy, active: true)], on: "2026-03-10")
        story.lab(.hemoglobin, decimal("7.5"), on: "2026-03-12")
        let open = story.open(.oncologyBloodCount)
        #expect(open?.urgency == .urgent)
        #expect(open?.ruleVersion == 4)
        #expect(open?.due == date("2026-03-12"))
        #expect(open?.overdueAfter == date("2026-03-15"))
    }

    @Test func `a later result answers it, and the trend is due again`() {
        var story = dosed()
        story.lab(.hemoglobin, decimal("6.5"), on: "2026-03-12")
        let alarm = story.open(.hemoglobinTrend)?.id
        let outcome = story.when(
            .recordLabs([
                Act.result(60, .hemoglobin, decimal("8.2"), story.clinic.at("2026-03-13"))
            ]), at: "2026-03-13")
        #expect(
            outcome.closed.first { $0.id == alarm }?.reason == .satisfied)
        #expect(outcome.opened.first { $0.id.rule == .hemoglobinTrend }?.due == date("2026-03-16"))
    }

    @Test func `neither a correction nor a retraction closes it, a person does`() {
        var story = dosed()
        let result = story.lab(.hemoglobin, decimal("6.5"), on: "2026-03-12")
        let alarm = story.open(.hemoglobinTrend)
        story.does(
            .correctLab(
                LabCorrected(
                    result: result, value: decimal("10.5").of(.hemoglobin), status: .corrected,
                    collectedAt: story.clinic.at("2026-03-12 08:00"))), at: "2026-03-12")
        #expect(story.open(.hemoglobinTrend) == alarm)
        story.does(
            .retractLab(LabRetracted(result: result, reason: .wrongPatient)), at: "2026-03-12")
        #expect(story.open(.hemoglobinTrend) == alarm)
        guard let alarm else { return }
        story.does(.closeRecheck(alarm.id, reason: .enteredInError), at: "2026-03-12")
        #expect(story.open(.hemoglobinTrend)?.reason == "hemoglobin-trend")
    }

    @Test func `a correction to a worse value alarms anew, though the first was closed`() {
        var story = dosed()
        let result = story.lab(.hemoglobin, decimal("7.5"), on: "2026-03-12")
        guard let alarm = story.open(.hemoglobinTrend) else { return }
        story.does(.closeRecheck(alarm.id, reason: .clinicianDecision), at: "2026-03-12")
        story.does(
            .correctLab(
                LabCorrected(
                    result: result, value: decimal("6.5").of(.hemoglobin), status: .corrected,
                    collectedAt: story.clinic.at("2026-03-12 08:00"))), at: "2026-03-12")
        #expect(story.open(.hemoglobinTrend)?.urgency == .emergency)
    }

    @Test func `a preliminary result alarms nobody`() {
        var story = dosed()
        story.lab(.hemoglobin, decimal("6.5"), on: "2026-03-12", status: .preliminary)
        #expect(story.open(.hemoglobinTrend)?.urgency == .routine)
    }

    @Test func `an old low value that a later one followed alarms nobody`() {
        var story = dosed()
        story.lab(.hemoglobin, decimal("6.5"), on: "2025-12-24", recorded: "2026-03-12")
        #expect(story.open(.hemoglobinTrend)?.urgency == .routine)
    }
}

/// R5, R-16.
@Suite struct `Phosphate after ferric carboxymaltose` {
    func dosed(_ contexts: Set<ClinicalContext> = [.general], _ facts: [ClinicalFact] = []) -> Story
    {
        given { story in
            story.patient(.male, contexts, facts: facts, on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.dose(1, 750, on: "2026-03-02")
        }
    }
    let atRisk = [ClinicalFact.hypophosphatemiaRisk(present: true)]

    @Test func `it is looked for two weeks later in those at risk`() {
        let open = dosed([.general], atRisk).open(.phosphate)
        #expect(open?.earliest == date("2026-03-12"))
        #expect(open?.due == date("2026-03-16"))
        #expect(open?.overdueAfter == date("2026-03-30"))
        #expect(open?.tests == [.phosphate])
        #expect(dosed().open(.phosphate) == nil)
    }

    @Test func `a risk told late opens it then`() {
        var story = dosed()
        story.has([.general], atRisk, on: "2026-03-20")
        #expect(story.open(.phosphate)?.due == date("2026-03-16"))
        story.has([.general], [.hypophosphatemiaRisk(present: false)], on: "2026-03-21")
        #expect(story.open(.phosphate) == nil)
    }

    @Test func `heart failure, a second course before or after, and the site's policy open it`() {
        var next = dosed()
        next.ordered(2, on: "2026-03-03")
        #expect(next.open(.phosphate) != nil)
        var everybody = given { story in
            story.clinic.policy.phosphate.checkEveryPatient = true
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
        }
        everybody.dose(1, 750, on: "2026-03-02")
        #expect(everybody.open(.phosphate) != nil)
        var failing = dosed()
        failing.has([.heartFailure], on: "2026-03-04")
        #expect(failing.open(.phosphate) != nil)
    }

    @Test func `day 9 is too early, day 10 answers`() {
        var story = dosed([.general], atRisk)
        story.lab(.phosphate, 3, on: "2026-03-11")
        #expect(story.open(.phosphate) != nil)
        story.lab(.phosphate, 3, on: "2026-03-12")
        #expect(story.open(.phosphate) == nil)
    }

    @Test func `0.9 on day 7 is an emergency at once, also in those nobody asked about`() {
        for facts in [atRisk, []] {
            var story = dosed([.general], facts)
            story.lab(.phosphate, decimal("0.9"), on: "2026-03-09")
            #expect(story.open(.phosphate)?.urgency == .emergency)
            #expect(story.open(.phosphate)?.due == date("2026-03-09"))
        }
    }

    @Test(arguments: [("0.99", Urgency.emergency), ("1", .urgent), ("1.99", .urgent)])
    func `the ladder of phosphate`(_ value: String, _ urgency: Urgency) {
        var story = dosed([.general], atRisk)
        story.lab(.phosphate, decimal(value), on: "2026-03-09")
        #expect(story.open(.phosphate)?.urgency == urgency)
    }

    @Test func `2.0 waits for the rule's own day`() {
        var story = dosed([.general], atRisk)
        story.lab(.phosphate, 2, on: "2026-03-09")
        #expect(story.open(.phosphate)?.urgency == .routine)
    }

    @Test func `1.9 on day 7 is due from then on, and overdue after 72 hours`() {
        var story = dosed([.general], atRisk)
        story.lab(.phosphate, decimal("1.9"), on: "2026-03-09")
        let open = story.open(.phosphate)
        #expect(open?.ruleVersion == 2)
        #expect(open?.earliest == date("2026-03-09"))
        #expect(open?.due == date("2026-03-09"))
        #expect(open?.overdueAfter == date("2026-03-12"))
    }

    @Test func `symptoms ask for one at once, and it is overdue after 72 hours`() {
        var story = dosed()
        story.does(
            .logReaction(
                Act.reaction(1, .hypophosphatemia, .ctcae(2)), at: story.clinic.at("2026-03-12")),
            at: "2026-03-12")
        #expect(story.open(.phosphate)?.urgency == .urgent)
        #expect(story.open(.phosphate)?.due == date("2026-03-12"))
        #expect(story.open(.phosphate)?.overdueAfter == date("2026-03-15"))
        story.lab(.phosphate, 3, on: "2026-03-13")
        #expect(story.open(.phosphate) == nil)
    }
}
