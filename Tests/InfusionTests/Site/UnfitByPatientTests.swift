import Foundation
import Infusion
import Testing

/// Visits that stay booked after something else was told of their patient: a reaction, a dose, a weight.
@Suite("Visits that no longer fit their patient") struct UnfitByPatientTests {
    /// Injectafer, its second visit on the 12th; and ferumoxytol four weeks later.
    private var treated: Story {
        given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.dose(1, 750, on: "2026-03-02")
            story.ordered(
                2, product: "feraheme", row: "FMX-US", prescribed: [510, 510], on: "2026-03-02")
            story.does(book(1, "2026-03-12"), at: "2026-03-02 12:00")
            story.does(book(2, order: 2, "2026-04-14"), at: "2026-03-02 12:00")
        }
    }

    private func book(
        _ number: UInt64, order: UInt64 = 1, _ day: String, in clinic: Clinic = .newYork
    ) -> PatientCommand {
        .bookAppointment(
            id(number), order: id(order), slot: Act.slot(clinic.at("\(day) 10:00")))
    }

    private func reaction(
        _ kind: ReactionKind, _ grade: Int, in story: Story
    ) -> PatientCommand {
        .logReaction(
            Act.reaction(1, kind, .ctcae(grade)), at: story.clinic.at("2026-03-02 10:20"))
    }

    // MARK: Reactions and circumstances

    @Test func `a reaction names the visits whose order it holds`() {
        let story = treated
        // The same moiety's visits are given back, and the other's stay.
        #expect(
            story.unfit(by: reaction(.anaphylaxis, 4, in: story), at: "2026-03-02 13:00")
                == ["2 order-not-active G-ORDER"])
        #expect(
            story.unfit(by: reaction(.carpaModerate, 2, in: story), at: "2026-03-02 13:00")
                == ["1 order-not-active G-ORDER"])
        #expect(
            story.unfit(by: reaction(.fishbane, 1, in: story), at: "2026-03-02 13:00").isEmpty)
    }

    @Test func `so does a grade that is raised afterwards, once`() {
        var story = treated
        story.does(reaction(.carpaModerate, 2, in: story), at: "2026-03-02 13:00")
        #expect(
            story.unfit(by: .regradeReaction(id(1), to: .ctcae(4)), at: "2026-03-02 14:00")
                == ["2 order-not-active G-ORDER"])
    }

    @Test func `an allergy that is told blocks the moiety, and its visits are named`() {
        let story = treated
        func told(_ facts: [ClinicalFact]) -> [String] {
            story.unfit(
                by: .setClinicalContext(
                    [.general], facts: facts, at: story.clinic.at("2026-03-03 09:00")),
                at: "2026-03-03 09:00")
        }
        #expect(
            told([.ironAllergy(IronAllergy(moiety: .ferumoxytol, serious: true))])
                == ["2 gates-shut G-ANAPH-SAME"])
        #expect(
            told([.knownIronOverload(true)])
                == ["1 gates-shut G-OVERLOAD", "2 gates-shut G-OVERLOAD"])
        // What may be over by then, or is asked again at the chair, refuses no booking.
        #expect(told([.infection(active: true)]).isEmpty)
    }

    @Test func `a gate that shuts beside one that was shut is told`() {
        var story = treated
        story.has([.general], [.knownIronOverload(true)], on: "2026-03-03")
        #expect(
            story.unfit(
                by: .setClinicalContext(
                    [.general],
                    facts: [.ironAllergy(IronAllergy(moiety: .ferumoxytol, serious: true))],
                    at: story.clinic.at("2026-03-03 09:00")), at: "2026-03-03 09:00")
                == ["2 gates-shut G-ANAPH-SAME"])
    }

    @Test func `a pregnancy in its first weeks shuts the dates that lie in them`() {
        // Fourteen weeks are reached on the 2nd of April: 182 days before the due date.
        let story = given { story in
            story.patient(.female, facts: [.pregnancy(.notPregnant)], on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            for (number, day) in [(1, "2026-03-25"), (2, "2026-04-02")] as [(UInt64, String)] {
                story.does(book(number, day), at: "2026-03-02 12:00")
            }
        }
        let due = date("2026-04-02").adding(days: 182)
        #expect(
            story.unfit(
                by: .setClinicalContext(
                    [.general], facts: [.pregnancy(.pregnant(estimatedDueDate: due))],
                    at: story.clinic.at("2026-03-03 09:00")), at: "2026-03-03 09:00")
                == ["1 gates-shut G-TRIM1"])
    }

    // MARK: Orders

    @Test func `an order that is held names its visits, and one that is released none`() {
        var story = treated
        let hold = PatientCommand.holdOrder(id(1), reason: .awaitingLabs)
        #expect(
            story.unfit(by: hold, at: "2026-03-03 09:00") == ["1 order-not-active G-ORDER"])
        story.does(hold, at: "2026-03-03 09:00")
        #expect(
            story.unfit(by: .holdOrder(id(1), reason: .infection), at: "2026-03-03 10:00").isEmpty)
        #expect(story.unfit(by: .releaseOrder(id(1)), at: "2026-03-03 10:00").isEmpty)
        // Its own visit goes with it.
        #expect(
            story.unfit(
                by: .cancelOrder(id(1), reason: .noLongerNeeded), at: "2026-03-03 10:00"
            ).isEmpty)
    }

    // MARK: Doses

    @Test func `a dose on another day than its visit's shuts what is too near to it`() {
        var story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.does(book(1, "2026-03-12"), at: "2026-03-02 12:00")
            story.noInfection(on: "2026-03-06")
        }
        let start = Act.start(1, 750, at: story.clinic.at("2026-03-06 10:00"))
        #expect(
            story.unfit(by: start, at: "2026-03-06 10:00") == ["1 gates-shut G-INTERVAL"])
        story.does(start, at: "2026-03-06 10:00")
        #expect(
            story.unfit(
                by: .completeDose(Act.end(1, 750, at: story.clinic.at("2026-03-06 10:30"))),
                at: "2026-03-06 10:30"
            ).isEmpty)
    }

    @Test func `another product's dose is another course's`() {
        let story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.ordered(
                2, product: "feraheme", row: "FMX-US", prescribed: [510, 510], on: "2026-03-02")
            story.does(book(1, "2026-03-30"), at: "2026-03-02 12:00")
            story.does(book(2, "2026-04-06"), at: "2026-03-02 12:00")
            story.does(
                .setClinicalContext(
                    [.general],
                    facts: [
                        .infection(active: false),
                        .planned(.magneticResonanceImaging, on: nil),
                    ], at: story.clinic.at("2026-03-05 08:00")), at: "2026-03-05 08:00")
        }
        // 28 days lie between courses: the visit of the 30th is 25 days later, the other 32.
        #expect(
            story.unfit(
                by: Act.start(1, order: 2, 510, at: story.clinic.at("2026-03-05 10:00")),
                at: "2026-03-05 10:00") == ["1 gates-shut G-INTERVAL"])
    }

    @Test func `more milligrams than planned leave the last visit without a dose`() {
        let story = given(.rome) { story in
            story.patient(on: "2026-03-01")
            story.ordered(
                product: "ferinject", row: "FCM-EU-inf", prescribed: [500, 500, 500],
                method: .simplifiedTable, on: "2026-03-02")
            story.does(book(1, "2026-03-10", in: .rome), at: "2026-03-02 10:00")
            story.does(book(2, "2026-03-17", in: .rome), at: "2026-03-02 10:00")
        }
        func unfit(_ planned: Decimal) -> [String] {
            story.unfit(
                by: Act.start(1, planned, at: story.clinic.at("2026-03-02 11:00")),
                at: "2026-03-02 11:00")
        }
        #expect(unfit(500).isEmpty)
        #expect(unfit(1000) == ["2 order-fully-booked"])
    }

    @Test func `an order that is used up names all its visits`() {
        let story = given(.rome) { story in
            story.patient(on: "2026-03-01")
            story.ordered(
                product: "ferinject", row: "FCM-EU-inf", prescribed: [500, 500],
                method: .simplifiedTable, on: "2026-03-02")
            story.does(book(1, "2026-03-10", in: .rome), at: "2026-03-02 10:00")
            story.does(
                Act.start(1, 1000, at: story.clinic.at("2026-03-02 11:00")),
                at: "2026-03-02 11:00")
        }
        // While it runs nothing is left for the visit; with its end the order is completed.
        #expect(
            story.unfit(
                by: .completeDose(Act.end(1, 1000, at: story.clinic.at("2026-03-02 11:30"))),
                at: "2026-03-02 11:30") == ["1 order-not-active G-ORDER"])
    }

    // MARK: What was measured

    @Test func `a lower weight makes a week's visits too much`() {
        // Monofer by bolus: 20 mg/kg in seven dates.
        let story = given(.rome) { story in
            story.patient(weight: 60, on: "2026-03-01")
            story.ordered(
                product: "monofer", row: "FDI-EU-bolus", prescribed: [500, 500, 200],
                method: .simplifiedTable, on: "2026-03-02")
            for (number, day) in [(1, "2026-04-13"), (2, "2026-04-15"), (3, "2026-04-17")]
                as [(UInt64, String)]
            {
                story.does(book(number, day, in: .rome), at: "2026-03-02 10:00")
            }
        }
        func unfit(_ kilograms: Decimal) -> [String] {
            story.unfit(
                by: .recordMeasurements(
                    weight: Kilograms(kilograms), height: nil,
                    at: story.clinic.at("2026-03-09 09:00")), at: "2026-03-09 09:00")
        }
        #expect(unfit(61).isEmpty)
        #expect(
            unfit(58) == [
                "1 gates-shut G-CUM", "2 gates-shut G-CUM", "3 gates-shut G-CUM",
            ])
    }

    @Test func `a result names them where the site has raised its gate so far`() throws {
        let story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.does(book(1, "2026-03-12"), at: "2026-03-02 12:00")
        }
        let labs = PatientCommand.recordLabs([
            Act.result(77, .ferritin, 1_500, story.clinic.at("2026-03-03 08:00"))
        ])
        let raised = try RaisedGates([.overload: .absolute])
        #expect(story.unfit(by: labs, at: "2026-03-03 10:00").isEmpty)
        #expect(
            story.unfit(by: labs, at: "2026-03-03 10:00", raised: raised)
                == ["1 gates-shut G-OVERLOAD"])
    }

    // MARK: Who is not named

    @Test func `a visit that is over, or begins with the dose, is not`() {
        var story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.does(book(1, "2026-03-04"), at: "2026-03-02 12:00")
            story.does(book(2, "2026-03-11"), at: "2026-03-02 12:00")
            story.noInfection(on: "2026-03-04")
        }
        #expect(
            story.unfit(
                by: Act.start(1, 750, at: story.clinic.at("2026-03-04 10:05"), appointment: 1),
                at: "2026-03-04 10:05"
            ).isEmpty)
        // Nobody said that it was missed.
        story.noInfection(on: "2026-03-05")
        #expect(
            story.unfit(
                by: .holdOrder(id(1), reason: .awaitingLabs), at: "2026-03-05 09:00")
                == ["2 order-not-active G-ORDER"])
    }
}
