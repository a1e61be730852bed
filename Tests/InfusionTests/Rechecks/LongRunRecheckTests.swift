import Foundation
import Infusion
import Testing

/// R8: "12 wk then 1–2×/yr and after HF admission".
@Suite struct `After an admission for heart failure` {
    func admitted(
        _ day: String?, told: String, contexts: Set<ClinicalContext> = [.heartFailure],
        _ story: Story = given { $0.register(on: "2026-03-01") }
    ) -> Story {
        var story = story
        story.has(contexts, [.happened(.heartFailureAdmission, on: day.map { date($0) })], on: told)
        return story
    }

    /// One dose of 750 mg on 2 March 2026, heart failure known the day after.
    var dosed: Story {
        given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.dose(1, 750, on: "2026-03-02")
            story.has([.heartFailure], on: "2026-03-03")
        }
    }

    func panel(_ story: inout Story, on day: String) {
        story.lab(.hemoglobin, 13, on: day)
        story.lab(.ferritin, 120, on: day)
        story.lab(.transferrinSaturation, 25, on: day)
    }

    @Test func `a look within a month, whether iron was ever given or not`() {
        let story = admitted("2026-05-04", told: "2026-05-06")
        let open = story.open(.heartFailure)
        #expect(open?.reason == "heart-failure-admission")
        #expect(open?.earliest == date("2026-05-05"))
        #expect(open?.due == date("2026-05-18"))
        #expect(open?.overdueAfter == date("2026-06-01"))
        #expect(open?.tests == [.hemoglobin, .ferritin, .transferrinSaturation])
        #expect(open?.urgency == .routine)
        #expect(open?.ruleVersion == 3)
        #expect(open?.predicate("due")?.threshold == "admission + 14 d")
        #expect(open?.predicate("context")?.value == "heartFailure")
        #expect(open?.explainsItsDates == true)
        #expect(
            admitted("2026-05-04", told: "2026-05-06", contexts: [.general]).open(.heartFailure)
                == nil)
    }

    @Test func `results of the day itself do not answer it, those of the next day do`() {
        var story = admitted("2026-05-04", told: "2026-05-06")
        panel(&story, on: "2026-05-04")
        #expect(story.open(.heartFailure)?.reason == "heart-failure-admission")
        panel(&story, on: "2026-05-05")
        #expect(story.open(.heartFailure) == nil)
    }

    @Test func `a date that was wrong moves it, and an admission that never was ends it`() {
        var story = admitted("2026-05-04", told: "2026-05-06")
        let before = story.open(.heartFailure)?.id
        story = admitted("2026-05-03", told: "2026-05-07", story)
        #expect(story.open(.heartFailure)?.due == date("2026-05-17"))
        #expect(story.open(.heartFailure)?.id != before)
        story = admitted(nil, told: "2026-05-08", story)
        #expect(story.open(.heartFailure) == nil)
    }

    @Test func `told again it is the same admission`() {
        let story = admitted("2026-05-04", told: "2026-05-06")
        #expect(
            admitted("2026-05-04", told: "2026-05-09", story).open(.heartFailure)
                == story.open(.heartFailure))
    }

    @Test func `told after the results it is answered already`() {
        var story = given { $0.register(on: "2026-03-01") }
        panel(&story, on: "2026-05-10")
        #expect(admitted("2026-05-04", told: "2026-05-12", story).open(.heartFailure) == nil)
    }

    @Test func `of two looks the one that is due first is the row`() {
        #expect(dosed.open(.heartFailure)?.due == date("2026-05-25"))
        let late = admitted("2026-05-20", told: "2026-05-20", dosed)
        #expect(late.open(.heartFailure)?.due == date("2026-05-25"))
        #expect(late.open(.heartFailure)?.reason == "heart-failure-follow-up")
        var early = admitted("2026-04-20", told: "2026-04-20", dosed)
        #expect(early.open(.heartFailure)?.due == date("2026-05-04"))
        panel(&early, on: "2026-05-04")
        #expect(early.open(.heartFailure)?.reason == "heart-failure-follow-up")
        #expect(early.open(.heartFailure)?.due == date("2026-11-02"))
    }

    @Test func `iron given since counts anew`() {
        let story = admitted("2026-02-20", told: "2026-03-03", dosed)
        #expect(story.open(.heartFailure)?.due == date("2026-05-25"))
        #expect(story.open(.heartFailure)?.reason == "heart-failure-follow-up")
    }

    @Test func `it lies in the past, and not years back`() {
        let story = given { $0.register(on: "2026-03-01") }
        func told(_ days: String...) -> PatientCommand {
            .setClinicalContext(
                [.heartFailure],
                facts: days.map { .happened(.heartFailureAdmission, on: date($0)) },
                at: story.clinic.at("2026-03-02"))
        }
        let now = "2026-03-02"
        story.when(told("2026-03-03"), at: now).refused(field: "facts[0].on")
        story.when(told("2026-03-02"), at: now).accepted()
        story.when(told("2024-03-02"), at: now).accepted()
        story.when(told("2024-03-01"), at: now).refused(field: "facts[0].on")
        story.when(told("2026-03-01", "2026-03-02"), at: now).refused(field: "facts[1]")
    }
}

/// R12: "retreat if ferritin <100 or Hb <12♀/13♂".
@Suite struct `Retreatment in inflammatory bowel disease` {
    /// 1,000 mg on 2 March 2026; day 42 is 13 April.
    func treated(
        _ gender: AdministrativeGender = .male, born: String = "1950-05-17",
        contexts: Set<ClinicalContext> = [.ibdInactive]
    ) -> Story {
        given { story in
            story.register(gender, born: born, on: "2026-03-01")
            story.has(contexts, [.infection(active: false)], on: "2026-03-01")
            story.weighs(80, on: "2026-03-01")
            story.diagnosed(on: "2026-03-01")
            story.ordered(
                product: "monoferric", row: "FDI-US", indication: .ibdInactive,
                prescribed: [1000], on: "2026-03-02")
            story.dose(1, 1000, on: "2026-03-02")
        }
    }

    func panel(
        _ story: Story, on day: String, hemoglobin: String = "13.5", ferritin: String = "120"
    ) -> Story {
        var story = story
        story.lab(.hemoglobin, decimal(hemoglobin), on: day)
        story.lab(.ferritin, decimal(ferritin), on: day)
        story.lab(.transferrinSaturation, 25, on: day)
        story.lab(.cReactiveProtein, 2, on: day)
        return story
    }

    func reason(_ story: Story) -> String? { story.open(.bowelDiseaseSurveillance)?.reason }

    let decision = "bowel-disease-retreatment"
    let look = "bowel-disease-surveillance"

    @Test func `ferritin below 100 asks for a decision within two weeks`() {
        let story = panel(treated(), on: "2026-04-13", ferritin: "99.9")
        let open = story.open(.bowelDiseaseSurveillance)
        #expect(open?.reason == decision)
        #expect(open?.earliest == date("2026-04-14"))
        #expect(open?.due == date("2026-04-14"))
        #expect(open?.overdueAfter == date("2026-04-27"))
        #expect(open?.urgency == .soon)
        #expect(open?.ruleVersion == 3)
        #expect(open?.tests == [.hemoglobin, .ferritin, .transferrinSaturation])
        #expect(open?.predicate("ferritin")?.value == "99.9")
        #expect(open?.predicate("ferritin")?.threshold == "100")
        #expect(open?.predicate("hemoglobin") == nil)
        #expect(open?.explainsItsDates == true)
        #expect(reason(panel(treated(), on: "2026-04-13", ferritin: "100")) == look)
    }

    @Test func `haemoglobin below 13 in men and 12 in women does too`() {
        #expect(reason(panel(treated(), on: "2026-04-13", hemoglobin: "12.9")) == decision)
        #expect(reason(panel(treated(), on: "2026-04-13", hemoglobin: "13")) == look)
        #expect(reason(panel(treated(.female), on: "2026-04-13", hemoglobin: "12")) == look)
        let low = panel(treated(.female), on: "2026-04-13", hemoglobin: "11.9")
        #expect(reason(low) == decision)
        #expect(low.open(.bowelDiseaseSurveillance)?.predicate("hemoglobin")?.threshold == "12")
    }

    @Test func `before the verdict is final a low result is the course's own`() {
        #expect(reason(panel(treated(), on: "2026-04-12", ferritin: "60")) == look)
    }

    @Test func `an order since is the decision; without it the question is open again`() {
        var story = panel(treated(), on: "2026-04-13", ferritin: "60")
        let question = story.open(.bowelDiseaseSurveillance)?.id
        story.weighs(80, on: "2026-04-14")
        let order = Act.order(
            2, product: "monoferric", row: "FDI-US", indication: .ibdInactive, prescribed: [1000],
            signed: story.clinic.at("2026-04-14 09:00"))
        let outcome = story.when(order, at: "2026-04-14 09:00")
        #expect(outcome.closed.map(\.id) == [question])
        #expect(outcome.closed.map(\.reason) == [.satisfied])
        story.does(order, at: "2026-04-14 09:00")
        #expect(reason(story) == look)
        #expect(story.open(.bowelDiseaseSurveillance)?.due == date("2026-07-13"))

        var cancelled = story
        cancelled.does(.cancelOrder(id(2), reason: .clinicianDecision), at: "2026-04-15")
        #expect(cancelled.open(.bowelDiseaseSurveillance)?.id == question)

        story.dose(2, order: 2, 1000, on: "2026-04-16")
        #expect(reason(story) == look)
        #expect(story.open(.bowelDiseaseSurveillance)?.due == date("2026-07-16"))
    }

    @Test func `better results answer it, worse ones ask anew`() {
        let low = panel(treated(), on: "2026-04-13", ferritin: "60")
        #expect(reason(panel(low, on: "2026-04-20")) == look)
        let again = panel(low, on: "2026-04-20", ferritin: "50")
        #expect(reason(again) == decision)
        #expect(again.open(.bowelDiseaseSurveillance)?.overdueAfter == date("2026-05-04"))
    }

    @Test func `a person may decide against it, and the looks go on`() {
        var story = panel(treated(), on: "2026-04-13", ferritin: "60")
        guard let question = story.open(.bowelDiseaseSurveillance)?.id else {
            Issue.record("no question")
            return
        }
        story.does(.closeRecheck(question, reason: .clinicianDecision), at: "2026-04-14")
        #expect(reason(story) == look)
        #expect(story.open(.bowelDiseaseSurveillance)?.due == date("2026-07-13"))
    }

    @Test func `elsewhere a ferritin below 100 is no such question`() {
        var story = panel(treated(), on: "2026-04-13", ferritin: "60")
        story.has([.general], on: "2026-04-14")
        #expect(story.open(.bowelDiseaseSurveillance) == nil)
    }
}

/// §0.2: "starting an ESA creates demand (recheck)".
@Suite struct `After the start of an ESA` {
    func started(
        _ contexts: Set<ClinicalContext> = [.ckdNonDialysis], on day: String = "2026-03-02"
    ) -> Story {
        given { story in
            story.register(on: "2026-03-01")
            story.has(contexts, [.therapy(.erythropoiesisStimulatingAgent, active: true)], on: day)
        }
    }

    func panel(_ story: Story, on day: String) -> Story {
        var story = story
        story.lab(.hemoglobin, 11, on: day)
        story.lab(.ferritin, 220, on: day)
        story.lab(.transferrinSaturation, 25, on: day)
        return story
    }

    @Test(arguments: [
        ClinicalContext.ckdNonDialysis, .ckdPeritonealDialysis, .ckdHemodialysis, .oncology,
        .general,
    ])
    func `iron is looked at a month later, in every context`(_ context: ClinicalContext) {
        let story = started([context])
        let open = story.open(.erythropoiesisStimulation)
        #expect(open?.reason == "iron-after-esa-start")
        #expect(open?.earliest == date("2026-03-16"))
        #expect(open?.due == date("2026-03-30"))
        #expect(open?.overdueAfter == date("2026-04-13"))
        #expect(open?.urgency == .routine)
        #expect(open?.tests == [.hemoglobin, .ferritin, .transferrinSaturation])
        #expect(open?.predicate("due")?.threshold == "treatment-start + 28 d")
        #expect(open?.explainsItsDates == true)
    }

    @Test func `results of the first two weeks do not yet show the demand`() {
        #expect(panel(started(), on: "2026-03-15").open(.erythropoiesisStimulation) != nil)
        #expect(panel(started(), on: "2026-03-16").open(.erythropoiesisStimulation) == nil)
    }

    @Test func `told again it is the same start, stopped it is none, begun again another`() {
        var story = started()
        let first = story.open(.erythropoiesisStimulation)
        story.has(
            [.ckdNonDialysis], [.therapy(.erythropoiesisStimulatingAgent, active: true)],
            on: "2026-03-10")
        #expect(story.open(.erythropoiesisStimulation) == first)
        story.has(
            [.ckdNonDialysis], [.therapy(.erythropoiesisStimulatingAgent, active: false)],
            on: "2026-03-12")
        #expect(story.open(.erythropoiesisStimulation) == nil)
        story.has(
            [.ckdNonDialysis], [.therapy(.erythropoiesisStimulatingAgent, active: true)],
            on: "2026-04-01")
        #expect(story.open(.erythropoiesisStimulation)?.due == date("2026-04-29"))
    }

    @Test func `after much iron since, the looks after iron are the look`() {
        func dosed(_ amount: Decimal) -> Story {
            given { story in
                story.patient(
                    facts: [.therapy(.erythropoiesisStimulatingAgent, active: true)],
                    on: "2026-03-01")
                story.ordered(prescribed: [amount, 750], on: "2026-03-02")
                story.dose(1, amount, on: "2026-03-02")
            }
        }
        #expect(dosed(500).open(.erythropoiesisStimulation) == nil)
        #expect(dosed(500).open(.ironStores) != nil)
        #expect(dosed(499).open(.erythropoiesisStimulation)?.due == date("2026-03-29"))
    }

    @Test func `iron given before the start is no answer`() {
        var story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.dose(1, 750, on: "2026-03-02")
        }
        story.has(
            [.general], [.therapy(.erythropoiesisStimulatingAgent, active: true)],
            on: "2026-03-10")
        #expect(story.open(.erythropoiesisStimulation)?.due == date("2026-04-07"))
    }
}
