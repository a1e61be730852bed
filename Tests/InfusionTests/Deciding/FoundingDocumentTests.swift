import Foundation
import Infusion
import Testing

/// One patient for each founding document: none of their facts may be lost.
@Suite struct `The founding documents` {
    @Test func `SEED-A, oncology, iron for a proven deficiency, never into an infection`() {
        var story = given(.rome) { story in
            story.register(.female, on: "2026-03-01")
            story.has(
                [.oncology],
                [.therapy(.chemotherapy, active: true), .pregnancy(.notPregnant)], on: "2026-03-01")
            story.weighs(60, on: "2026-03-01")
            story.lab(.hemoglobin, decimal("9.4"), on: "2026-03-01")
            story.ordered(
                product: "ferinject", row: "FCM-EU-inf", indication: .oncology,
                prescribed: [1000, 500], method: .simplifiedTable, on: "2026-03-02")
        }
        // Ferritin and saturation are necessary before the procedure, and infection must be asked
        // about.
        story.when(
            Act.start(1, 1000, at: story.clinic.at("2026-03-02 10:00")), at: "2026-03-02 10:00"
        )
        .shut([.diagnosis, .overload, .infection])
        // "Up to 100 ng/mL if the saturation is low": higher than in the general population.
        story.lab(.ferritin, 100, on: "2026-03-03")
        story.lab(.transferrinSaturation, 15, on: "2026-03-03")
        story.lab(.cReactiveProtein, 30, on: "2026-03-03")
        story.has([.oncology], [.infection(active: true)], on: "2026-03-04")
        story.when(
            Act.start(1, 1000, at: story.clinic.at("2026-03-04 10:00")), at: "2026-03-04 10:00"
        )
        .shut([.infection])
        story.has([.oncology], [.infection(active: false)], on: "2026-03-07")
        story.dose(1, 1000, on: "2026-03-07")
        #expect(
            Set(story.state.openRechecks.keys.map(\.rule))
                == [
                    .symptomCheck, .hemoglobinTrend, .hemoglobinResponse, .ironStores,
                    .phosphateSymptoms, .fullIronPanel, .oncologyBloodCount,
                ])
        // The week's cap and the next count both wait for the 14th.
        story.lab(.hemoglobin, decimal("9.6"), on: "2026-03-13")
        story.noInfection(on: "2026-03-13")
        story.when(
            Act.start(2, 500, at: story.clinic.at("2026-03-13 10:00")), at: "2026-03-13 10:00"
        )
        .shut([.cumulativeDose])
        story.dose(2, 500, on: "2026-03-14")
        #expect(story.state.order(id(1))?.status == .completed)
    }

    @Test
    func `SEED-B, the infusion that seems not to work, waits four to six weeks and looks again`() {
        var story = given { story in
            story.patient(facts: [.hypophosphatemiaRisk(present: true)], on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.dose(1, 750, on: "2026-03-02")
            story.dose(2, 750, on: "2026-03-09")
        }
        // Two weeks on the patient is still tired. It is too early for a verdict, not for
        // phosphate.
        story.lab(.hemoglobin, decimal("9.6"), on: "2026-03-23")
        story.lab(.phosphate, decimal("1.8"), on: "2026-03-23")
        #expect(story.open(.hemoglobinTrend) == nil)
        #expect(story.open(.hemoglobinResponse)?.earliest == date("2026-04-06"))
        #expect(story.open(.phosphate)?.urgency == .urgent)
        // At four weeks iron panel and blood count are repeated; both rechecks close on them.
        story.lab(.phosphate, decimal("2.6"), on: "2026-03-26")
        story.diagnosed(on: "2026-04-06", hemoglobin: decimal("9.8"), ferritin: 18)
        #expect(
            Set(story.state.openRechecks.keys.map(\.rule))
                == [.phosphateSymptoms, .fullIronPanel, .generalSurveillance])
        // A second infusion to top off the stores: its phosphate is low again, so it is not
        // carboxymaltose …
        story.lab(.phosphate, decimal("2.2"), on: "2026-04-07")
        story.weighs(80, on: "2026-04-07")
        story.ordered(2, on: "2026-04-07")
        story.noInfection(on: "2026-04-08")
        story.when(
            Act.start(3, order: 2, 750, at: story.clinic.at("2026-04-08 10:00")),
            at: "2026-04-08 10:00"
        ).shut([.phosphate])
        // … but a different formulation.
        story.does(.cancelOrder(id(2), reason: .clinicianDecision), at: "2026-04-08")
        story.ordered(3, product: "monoferric", row: "FDI-US", prescribed: [1000], on: "2026-04-08")
        story.dose(3, order: 3, 1000, on: "2026-04-08")
        #expect(story.open(.hemoglobinResponse)?.due == date("2026-05-06"))
    }

    @Test
    func
        `SEED-C, metastatic breast cancer, counts weekly to monthly, transfusion before iron`()
    {
        var story = given { story in
            story.register(.female, on: "2026-03-01")
            story.has(
                [.metastaticBreastCancer],
                [
                    .therapy(.targetedTherapy, active: true), .infection(active: false),
                    .pregnancy(.notPregnant),
                ], on: "2026-03-01")
            story.weighs(80, on: "2026-03-01")
            story.lab(.hemoglobin, decimal("10.4"), on: "2026-03-01")
        }
        #expect(story.open(.oncologyBloodCount)?.due == date("2026-03-29"))
        // The treatment is the cause: markers are replete, and the gate says so to who orders iron
        // anyway.
        story.lab(.ferritin, 420, on: "2026-03-02")
        story.lab(.transferrinSaturation, 34, on: "2026-03-02")
        story.ordered(indication: .metastaticBreastCancer, on: "2026-03-03")
        story.when(
            Act.start(1, 750, at: story.clinic.at("2026-03-03 10:00")), at: "2026-03-03 10:00"
        )
        .shut([.diagnosis, .notIronDeficiency, .metastaticBreastCancer])
        // A month later the count is low: weekly from now, then an emergency, then red cells.
        story.lab(.hemoglobin, decimal("8.5"), on: "2026-03-29")
        #expect(story.open(.oncologyBloodCount)?.due == date("2026-04-05"))
        story.lab(.hemoglobin, decimal("6.8"), on: "2026-04-05")
        #expect(story.open(.oncologyBloodCount)?.urgency == .emergency)
        story.does(
            .recordTransfusion(
                Transfusion(id: id(1), units: 1), at: story.clinic.at("2026-04-05 15:00")),
            at: "2026-04-05 18:00")
        #expect(story.open(.oncologyBloodCount)?.urgency == .emergency)
        // "Single unit, then recheck" uses what is valid for safety.
        story.lab(.hemoglobin, decimal("8.1"), on: "2026-04-06")
        #expect(story.open(.oncologyBloodCount)?.urgency == .routine)
        #expect(story.open(.oncologyBloodCount)?.due == date("2026-04-13"))
        #expect(story.state.openRechecks.count == 1)
    }

    @Test
    func
        `SEED-D, heart failure, a high ferritin shuts nothing and week 6 is the same course`()
    {
        var story = given { story in
            story.register(on: "2026-03-01")
            story.has([.heartFailure], [.infection(active: false)], on: "2026-03-01")
            story.weighs(80, on: "2026-03-01")
            story.lab(.hemoglobin, decimal("9.8"), on: "2026-03-01")
            // Functional deficiency: ferritin elevated, saturation low.
            story.lab(.ferritin, 280, on: "2026-03-01")
            story.lab(.transferrinSaturation, 15, on: "2026-03-01")
            story.ordered(
                row: "FCM-US-HF", indication: .heartFailure, prescribed: [1000, 1000],
                method: .heartFailureTable, on: "2026-03-02")
        }
        story.dose(1, 1000, on: "2026-03-02")
        #expect(story.state.doses.count == 1)
        #expect(story.open(.phosphate)?.due == date("2026-03-16"))
        // Five weeks on the course is still open; week 6 is its second dose and re-anchors the
        // rechecks.
        story.lab(.hemoglobin, decimal("10.9"), on: "2026-04-10")
        story.weighs(80, on: "2026-04-10")
        story.noInfection(on: "2026-04-12")
        story.when(
            Act.start(2, 1000, at: story.clinic.at("2026-04-12 10:00")), at: "2026-04-12 10:00"
        )
        .shut([.interval, .weightAndAge])
        story.dose(2, 1000, on: "2026-04-13")
        #expect(story.state.order(id(1))?.status == .completed)
        #expect(story.open(.hemoglobinResponse)?.due == date("2026-05-11"))
        // Week 12 is decided anew: markers and phosphate drawn for it, at most 14 days old.
        let week12 = "2026-05-25"
        story.weighs(80, on: week12)
        story.lab(.hemoglobin, decimal("12.1"), on: "2026-05-20")
        story.lab(.phosphate, 3, on: "2026-05-20")
        story.ordered(
            2, row: "FCM-US-HF", indication: .heartFailure, prescribed: [500],
            method: .heartFailureTable, on: week12)
        story.noInfection(on: week12)
        let start = Act.start(3, order: 2, 500, at: story.clinic.at("\(week12) 10:00"))
        story.when(start, at: "\(week12) 10:00").shut([.diagnosis, .overload])
        story.lab(.ferritin, 300, on: "2026-05-20")
        story.lab(.transferrinSaturation, 18, on: "2026-05-20")
        story.when(start, at: "\(week12) 10:00").accepted()
    }
}
