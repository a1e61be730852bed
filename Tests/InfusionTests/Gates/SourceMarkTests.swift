import Foundation
import Infusion
import InfusionKnowledge
import Testing

/// Every comparison an answer shows says where its threshold comes from, and how sure that is.
@Suite struct `Sources are told with their marks` {
    private func isMarked(_ predicate: Infusion.Predicate) -> Bool {
        predicate.source.contains(/\((V|V2|GK|ED) [HML]\)/)
    }

    private var dosed: Story {
        given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.dose(1, 750, on: "2026-03-02")
        }
    }

    @Test(arguments: ClinicalContext.allCases)
    func `every row of the queue`(_ context: ClinicalContext) {
        var story = given { story in
            story.patient(.male, [context], on: "2026-03-01")
            story.has(
                [context],
                [
                    .hypophosphatemiaRisk(present: true), .therapy(.chemotherapy, active: true),
                    .therapy(.erythropoiesisStimulatingAgent, active: true),
                    .planned(.surgery, on: date("2026-05-01")),
                    .planned(.cancerTreatmentCycle, on: date("2026-05-01")),
                    .happened(.heartFailureAdmission, on: date("2026-03-01")),
                ], on: "2026-03-01")
            if context == .pregnancy {
                story.has(
                    [context], [.pregnancy(.pregnant(estimatedDueDate: date("2026-07-20")))],
                    on: "2026-03-01")
            }
            story.ordered(on: "2026-03-02")
            story.dose(1, 750, on: "2026-03-02")
        }
        story.lab(.hemoglobin, decimal("7.5"), on: "2026-03-20")
        story.lab(.phosphate, decimal("1.5"), on: "2026-03-20")
        let rows = story.state.openRechecks.values.map(\.value)
        #expect(rows.count > 4)
        for row in rows {
            for predicate in row.predicates {
                #expect(isMarked(predicate), "\(row.id): \(predicate.name), \(predicate.source)")
            }
        }
    }

    @Test(arguments: ClinicalContext.allCases)
    func `every gate`(_ context: ClinicalContext) throws {
        let story = given { story in
            story.patient(.male, [context], on: "2026-03-01")
            story.ordered(on: "2026-03-02")
        }
        let review = try story.review(dose: 750, at: "2026-03-09 10:00")
        #expect(review.findings.map(\.gate) == Gate.allCases)
        for finding in review.findings {
            for predicate in finding.predicates {
                #expect(
                    isMarked(predicate),
                    "\(finding.gate): \(predicate.name), \(predicate.source)")
            }
        }
    }

    @Test func `vital signs by the limit of each`() throws {
        var pathways = ClinicalPathways.standard
        let isTaken = pathways.set(.decimal(100), for: .systolicLowest)
        #expect(isTaken)
        var story = dosed
        story.clinic.policy = pathways.policy
        story.noInfection(on: "2026-03-09")
        let finding = try #require(story.finding(.vitals, at: "2026-03-09 10:00"))
        #expect(finding.predicates.count == 6)
        let lowest = try #require(finding.predicates.first)
        #expect(lowest.threshold == "100")
        #expect(lowest.source == "set by the site; clinical facts §4 G-VITALS (ED L)")
        #expect(finding.predicates[1].source == "clinical facts §4 G-VITALS (ED L)")
        #expect(finding.predicates[5].source == "clinical facts §4 G-INFECT (ED H)")
    }

    @Test func `ceilings by the ceiling of the context`() throws {
        let story = given { story in
            story.patient(.male, [.general, .ckdNonDialysis], on: "2026-03-01")
            story.ordered(on: "2026-03-02")
        }
        let review = try story.review(dose: 750, at: "2026-03-02 10:00")
        let overload = try #require(review.findings.first { $0.gate == .overload })
        #expect(
            overload.predicates.contains {
                $0.name == "ferritin" && $0.threshold == "700"
                    && $0.source == "KDIGO 2026; R-11 (V2 M)"
            })
    }

    @Test func `a specimen that says nothing by the window that it lies in`() throws {
        var story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(row: "FCM-US-1", prescribed: [1000], on: "2026-03-02")
            story.dose(1, 1000, on: "2026-03-02")
        }
        story.diagnosed(on: "2026-03-20")
        story.ordered(2, row: "FCM-US-1", prescribed: [1000], on: "2026-03-20")
        let review = try story.review(order: 2, dose: 1000, at: "2026-03-21 10:00")
        let diagnosis = try #require(review.findings.first { $0.gate == .diagnosis })
        let age = try #require(diagnosis.predicates.first { $0.name == "ferritin-age" })
        #expect(age.value == "after-iron")
        #expect(age.source == "clinical facts §3.1; R-15 (V2 H)")
        let interval = try #require(review.findings.first { $0.gate == .interval })
        #expect(interval.predicates.map(\.threshold) == ["28"])
        #expect(interval.predicates.map(\.source) == ["clinical facts R-2 (ED M)"])
    }
}
