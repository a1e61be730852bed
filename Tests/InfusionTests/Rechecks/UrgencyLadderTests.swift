import Foundation
import Infusion
import Testing

/// The urgency ladder beyond single values: haemoglobin down by 2 g/dL, and the symptoms of R-18.
@Suite struct `A fall and an emergency` {
    /// Haemoglobin 12 on the first day, whatever the context.
    func counted(_ contexts: Set<ClinicalContext> = [.general], _ facts: [ClinicalFact] = [])
        -> Story
    {
        given { story in
            story.register(on: "2026-03-01")
            story.has(contexts, facts, on: "2026-03-01")
            story.lab(.hemoglobin, 12, on: "2026-03-01")
        }
    }

    @Test func `down by 2 is urgent, iron given or not, and says from where`() {
        var story = counted()
        story.lab(.hemoglobin, 10, on: "2026-03-20")
        let open = story.open(.hemoglobinTrend)
        #expect(open?.reason == "hemoglobin-fall")
        #expect(open?.urgency == .urgent)
        #expect(open?.due == date("2026-03-20"))
        #expect(open?.overdueAfter == date("2026-03-23"))
        #expect(open?.predicate("hemoglobin-fall")?.value == "2")
        #expect(open?.predicate("hemoglobin-fall")?.evidence.count == 2)
        #expect(open?.explainsItsDates == true)
        var less = counted()
        less.lab(.hemoglobin, decimal("10.1"), on: "2026-03-20")
        #expect(less.open(.hemoglobinTrend) == nil)
    }

    @Test func `a stable count after it is not urgent again, a further fall is`() {
        var story = counted()
        story.lab(.hemoglobin, 10, on: "2026-03-20")
        story.lab(.hemoglobin, 10, on: "2026-03-22")
        #expect(story.open(.hemoglobinTrend) == nil)
        story.lab(.hemoglobin, decimal("9.5"), on: "2026-03-24")
        #expect(story.open(.hemoglobinTrend)?.due == date("2026-03-24"))
    }

    @Test func `of a slow fall the highest of 91 days counts, and none before`() {
        for (day, isUrgent) in [("2026-05-31", true), ("2026-06-01", false)] {
            var story = counted()
            story.lab(.hemoglobin, 11, on: "2026-04-10")
            story.lab(.hemoglobin, 10, on: day)
            #expect((story.open(.hemoglobinTrend) != nil) == isUrgent, "\(day)")
        }
    }

    @Test func `a correction of either value closes nothing, a person does`() {
        var story = given { story in
            story.register(on: "2026-03-01")
            story.has(on: "2026-03-01")
        }
        let high = story.lab(.hemoglobin, 12, on: "2026-03-01")
        let low = story.lab(.hemoglobin, 10, on: "2026-03-20")
        guard let alarm = story.open(.hemoglobinTrend) else {
            Issue.record("no alarm")
            return
        }
        for (result, value, day) in [(high, "11", "2026-03-01"), (low, "11.5", "2026-03-20")] {
            story.does(
                .correctLab(
                    LabCorrected(
                        result: result, value: decimal(value).of(.hemoglobin), status: .corrected,
                        collectedAt: story.clinic.at("\(day) 08:00"))), at: "2026-03-21")
            #expect(story.open(.hemoglobinTrend)?.id == alarm.id)
        }
        story.does(.closeRecheck(alarm.id, reason: .enteredInError), at: "2026-03-21")
        #expect(story.open(.hemoglobinTrend) == nil)
    }

    @Test func `a value corrected before the next one was told is nothing to fall from`() {
        var story = given { story in
            story.register(on: "2026-03-01")
            story.has(on: "2026-03-01")
        }
        let slip = story.lab(.hemoglobin, 15, on: "2026-03-01")
        story.does(
            .correctLab(
                LabCorrected(
                    result: slip, value: decimal("10.5").of(.hemoglobin), status: .corrected,
                    collectedAt: story.clinic.at("2026-03-01 08:00"))), at: "2026-03-02")
        story.lab(.hemoglobin, 10, on: "2026-03-20")
        #expect(story.open(.hemoglobinTrend) == nil)
    }

    @Test func `a value low enough by itself is told as low`() {
        var story = counted()
        story.lab(.hemoglobin, decimal("7.5"), on: "2026-03-20")
        #expect(story.open(.hemoglobinTrend)?.reason == "low-hemoglobin")
    }

    @Test(arguments: [
        Symptom.dyspneaAtRest, .chestPain, .syncope, .hemodynamicInstability,
    ])
    func `a symptom of R-18 is an emergency until a haemoglobin`(_ symptom: Symptom) {
        var story = counted()
        story.has([.general], [.symptom(symptom, present: true)], on: "2026-03-04")
        let open = story.open(.hemoglobinTrend)
        #expect(open?.reason == "emergency-symptom")
        #expect(open?.urgency == .emergency)
        #expect(open?.due == date("2026-03-04"))
        #expect(open?.overdueAfter == date("2026-03-04"))
        #expect(open?.tests == [.hemoglobin])
        #expect(open?.predicate("symptom")?.value == symptom.rawValue)
        #expect(open?.explainsItsDates == true)
        // Told again, or told to be gone, it waits as before.
        story.has([.general], [.symptom(symptom, present: true)], on: "2026-03-06")
        #expect(story.open(.hemoglobinTrend) == open)
        story.has([.general], [.symptom(symptom, present: false)], on: "2026-03-07")
        #expect(story.open(.hemoglobinTrend) == open)
        story.lab(.hemoglobin, 12, on: "2026-03-08")
        #expect(story.open(.hemoglobinTrend) == nil)
        story.has([.general], [.symptom(symptom, present: true)], on: "2026-03-09")
        #expect(story.open(.hemoglobinTrend)?.due == date("2026-03-09"))
    }

    @Test func `during treatment of cancer both are the blood count's`() {
        var story = counted([.oncology], [.therapy(.chemotherapy, active: true)])
        story.lab(.hemoglobin, 10, on: "2026-03-20")
        #expect(story.open(.oncologyBloodCount)?.reason == "hemoglobin-fall")
        story.has(
            [.oncology], [.symptom(.chestPain, present: true)], on: "2026-03-21")
        #expect(story.open(.oncologyBloodCount)?.urgency == .emergency)
        #expect(story.open(.hemoglobinTrend) == nil)
        story.lab(.hemoglobin, 10, on: "2026-03-22")
        #expect(story.open(.oncologyBloodCount)?.reason == "oncology-blood-count")
    }

    @Test func `of several the worst is the row, and of these the oldest`() {
        var story = counted()
        story.has([.general], [.symptom(.syncope, present: true)], on: "2026-03-04")
        story.has([.general], [.symptom(.chestPain, present: true)], on: "2026-03-05")
        #expect(story.open(.hemoglobinTrend)?.due == date("2026-03-04"))
    }
}

/// The ladder's "no response": SOON, within 14 days.
@Suite struct `No response` {
    /// 750 mg on 2 March 2026 at haemoglobin 9; day 42 is 13 April.
    func dosed(hemoglobin: Decimal = 9) -> Story {
        given { story in
            story.patient(hemoglobin: hemoglobin, on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.dose(1, 750, on: "2026-03-02")
        }
    }

    @Test func `up by less than 1 on day 42 is looked at within two weeks`() {
        var story = dosed()
        story.lab(.hemoglobin, decimal("9.9"), on: "2026-04-13")
        let open = story.open(.hemoglobinResponse)
        #expect(open?.reason == "no-response")
        #expect(open?.ruleVersion == 3)
        #expect(open?.urgency == .soon)
        #expect(open?.due == date("2026-04-13"))
        #expect(open?.overdueAfter == date("2026-04-27"))
        #expect(open?.predicate("hemoglobin-rise")?.value == "0.9")
        #expect(open?.predicate("hemoglobin-rise")?.threshold == "1")
        #expect(open?.explainsItsDates == true)
    }

    @Test(arguments: [("10", "2026-04-13"), ("9.9", "2026-04-12")])
    func `a part of a response, and a verdict that is not final, are none`(
        _ value: String, _ day: String
    ) {
        var story = dosed()
        story.lab(.hemoglobin, decimal(value), on: day)
        #expect(story.open(.hemoglobinResponse) == nil)
    }

    @Test func `normal is a response, however small the rise`() {
        var story = dosed(hemoglobin: decimal("12.5"))
        story.lab(.hemoglobin, 13, on: "2026-04-13")
        #expect(story.open(.hemoglobinResponse) == nil)
    }

    @Test func `who was not anaemic is judged on the stores, not here`() {
        var story = dosed(hemoglobin: 13)
        story.lab(.hemoglobin, decimal("12.8"), on: "2026-04-13")
        #expect(story.open(.hemoglobinResponse) == nil)
    }

    @Test func `a person, an order and a better value answer it, red cells make it unassessable`() {
        var story = dosed()
        story.lab(.hemoglobin, decimal("9.4"), on: "2026-04-13")
        guard let question = story.open(.hemoglobinResponse) else {
            Issue.record("no question")
            return
        }
        var closed = story
        closed.does(.closeRecheck(question.id, reason: .clinicianDecision), at: "2026-04-14")
        #expect(closed.open(.hemoglobinResponse) == nil)
        var better = story
        better.lab(.hemoglobin, 11, on: "2026-04-20")
        #expect(better.open(.hemoglobinResponse) == nil)
        var ordered = story
        ordered.weighs(80, on: "2026-04-14")
        ordered.ordered(
            2, product: "monoferric", row: "FDI-US", prescribed: [1000], on: "2026-04-14")
        #expect(ordered.open(.hemoglobinResponse) == nil)
        ordered.does(.cancelOrder(id(2), reason: .clinicianDecision), at: "2026-04-15")
        #expect(ordered.open(.hemoglobinResponse)?.id == question.id)
        story.does(
            .recordTransfusion(
                Transfusion(id: id(77), units: 1), at: story.clinic.at("2026-04-15")),
            at: "2026-04-15")
        #expect(story.open(.hemoglobinResponse) == nil)
    }
}
