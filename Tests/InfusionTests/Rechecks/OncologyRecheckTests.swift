import Foundation
import Infusion
import Testing

/// R11, SEED-C: "once a week or once a month".
@Suite struct `Blood counts during oncology treatment` {
    func patient(
        _ contexts: Set<ClinicalContext> = [.oncology],
        _ facts: [ClinicalFact] = [.therapy(.chemotherapy, active: true)],
        hemoglobin: String? = "11"
    ) -> Story {
        given { story in
            story.register(on: "2026-03-01")
            if let hemoglobin { story.lab(.hemoglobin, decimal(hemoglobin), on: "2026-03-01") }
            story.has(contexts, facts, on: "2026-03-02")
        }
    }

    @Test func `monthly at 10 or more, weekly below, counted from the last count`() {
        #expect(patient(hemoglobin: "10").open(.oncologyBloodCount)?.due == date("2026-03-29"))
        #expect(patient(hemoglobin: "9.9").open(.oncologyBloodCount)?.due == date("2026-03-08"))
        #expect(
            patient(hemoglobin: "10").open(.oncologyBloodCount)?.overdueAfter == date("2026-04-05"))
        #expect(
            patient(hemoglobin: "9.9").open(.oncologyBloodCount)?.overdueAfter == date("2026-03-11")
        )
    }

    @Test func `without any count one is due at once`() {
        let open = patient(hemoglobin: nil).open(.oncologyBloodCount)
        #expect(open?.due == date("2026-03-02"))
        #expect(open?.reason == "no-blood-count")
    }

    @Test func `each count opens the next, and one row is open at a time`() {
        var story = patient()
        for (day, due) in [("2026-03-29", "2026-04-26"), ("2026-04-20", "2026-05-18")] {
            let before = story.open(.oncologyBloodCount)?.id
            let outcome = story.when(
                .recordLabs([Act.result(5, .hemoglobin, 11, story.clinic.at(day))]), at: day)
            #expect(outcome.closed.map(\.id) == [before])
            #expect(outcome.closed.map(\.reason) == [.satisfied])
            story.lab(.hemoglobin, 11, on: day)
            #expect(story.open(.oncologyBloodCount)?.due == date(due))
            #expect(story.state.openRechecks.count == 1)
        }
    }

    @Test func `a count told late changes nothing that a newer one says`() {
        var story = patient()
        let before = story.open(.oncologyBloodCount)
        story.lab(.hemoglobin, 9, on: "2026-02-10", recorded: "2026-03-05")
        #expect(story.open(.oncologyBloodCount) == before)
    }

    @Test func `it ends with the treatment, and begins with it`() {
        var story = patient()
        #expect(story.open(.oncologyBloodCount) != nil)
        story.has([.oncology], [.therapy(.chemotherapy, active: false)], on: "2026-03-20")
        #expect(story.open(.oncologyBloodCount) == nil)
        story.has([.oncology], [.therapy(.radiotherapy, active: true)], on: "2026-03-25")
        #expect(story.open(.oncologyBloodCount) != nil)
        #expect(patient([.general], []).open(.oncologyBloodCount) == nil)
        #expect(
            patient([.general], [.therapy(.immunotherapy, active: true)]).open(.oncologyBloodCount)
                != nil)
    }

    @Test func `a diagnosis is no treatment, however old`() {
        var story = given { story in
            story.register(born: "1940-01-01", on: "2026-03-01")
            story.has([.oncology], on: "1966-05-01")
            story.has([.metastaticBreastCancer], on: "2026-03-02")
        }
        #expect(story.open(.oncologyBloodCount) == nil)
        // A low count is looked at again all the same.
        story.lab(.hemoglobin, decimal("6.8"), on: "2026-03-03")
        #expect(story.open(.oncologyBloodCount) == nil)
        #expect(story.open(.hemoglobinTrend)?.urgency == .emergency)
    }

    @Test func `a count from long before the treatment is not counted from`() {
        let chemotherapy = [ClinicalFact.therapy(.chemotherapy, active: true)]
        var story = given { story in
            story.register(on: "2026-03-01")
            story.lab(.hemoglobin, 11, on: "1994-06-01", recorded: "2026-03-01")
            story.has([.oncology], on: "2026-03-01")
            story.has([.oncology], chemotherapy, on: "2026-03-02")
        }
        let row = story.open(.oncologyBloodCount)
        #expect(row?.reason == "no-blood-count")
        #expect(row?.due == date("2026-03-02"))
        #expect(row?.predicate("running-therapy")?.value == "chemotherapy")
        #expect(row?.predicate("due")?.threshold == "treatment-start + 0 d")
        story.lab(.hemoglobin, 11, on: "2026-03-03")
        let next = story.open(.oncologyBloodCount)
        #expect(next?.due == date("2026-03-31"))
        #expect(next?.predicate("hemoglobin")?.comparison == ">=")
        #expect(next?.predicate("due")?.threshold == "last-count + 28 d")
        #expect(next?.explainsItsDates == true)
    }

    @Test func `a low count is looked at again under the same rule, once`() {
        var story = patient()
        story.lab(.hemoglobin, decimal("6.8"), on: "2026-03-10")
        #expect(story.open(.oncologyBloodCount)?.urgency == .emergency)
        #expect(story.open(.oncologyBloodCount)?.due == date("2026-03-10"))
        #expect(story.open(.hemoglobinTrend) == nil)
        story.lab(.hemoglobin, decimal("8.5"), on: "2026-03-11")
        #expect(story.open(.oncologyBloodCount)?.urgency == .routine)
        #expect(story.open(.oncologyBloodCount)?.due == date("2026-03-18"))
    }

    @Test func `the site's own intervals hold`() {
        let story = given { story in
            story.clinic.policy.rechecks.oncologyIntervalDays = 14
            story.register(on: "2026-03-01")
            story.lab(.hemoglobin, 11, on: "2026-03-01")
            story.has(
                [.metastaticBreastCancer], [.therapy(.targetedTherapy, active: true)],
                on: "2026-03-02")
        }
        #expect(story.open(.oncologyBloodCount)?.due == date("2026-03-15"))
    }
}
