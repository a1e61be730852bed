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
        #expect(open?.ruleVersion == 4)
        #expect(open?.earliest == date("2026-03-12"))
        #expect(open?.due == date("2026-03-12"))
        #expect(open?.overdueAfter == date("2026-03-15"))
    }

    @Test func `below 8 during treatment of cancer the blood count is an emergency, and says so`() {
        var story = dosed()
        story.has([.oncology], [.therapy(.chemotherapy, active: true)], on: "2026-03-10")
        story.lab(.hemoglobin, decimal("7.9"), on: "2026-03-12")
        let open = story.open(.oncologyBloodCount)
        #expect(open?.urgency == .emergency)
        #expect(open?.ruleVersion == 6)
        #expect(open?.due == date("2026-03-12"))
        #expect(open?.overdueAfter == date("2026-03-12"))
        #expect(open?.predicate("hemoglobin")?.threshold == "8")
        #expect(open?.predicate("cancer-treatment")?.value == "chemotherapy")
        #expect(open?.explainsItsDates == true)
    }

    @Test func `the queue and the gate agree on whom somebody sees the same day`() {
        for (value, isAtRisk) in [
            ("7.9", true), ("8", true), ("7.9", false), ("7", false), ("6.9", false),
        ] {
            var story = dosed()
            story.has([.general], [.cardiovascularDisease(isAtRisk)], on: "2026-03-10")
            story.lab(.hemoglobin, decimal(value), on: "2026-03-12")
            let gate = story.finding(.transfusion, dose: 750, at: "2026-03-12 10:00")
            let sameDay = story.open(.hemoglobinTrend)?.urgency == .emergency
            #expect(sameDay == (gate?.verdict == .blocked), "\(value) \(isAtRisk)")
        }
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
