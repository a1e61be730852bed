import Foundation
import Infusion
import Testing

/// decisions on a value that was later corrected are found, flagged, and closed by a person.
@Suite struct `A decision that rested on what has changed` {
    /// Ordered and begun on 2 March by a ferritin of 12 drawn on 1 March.
    func begun() -> (story: Story, ferritin: LabResultID) {
        let story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.dose(1, 750, on: "2026-03-02")
        }
        let ferritin = story.state.labs.first { $0.analyte == .ferritin }?.id
        return (story, ferritin ?? id(0))
    }

    func correction(_ value: Decimal, of result: LabResultID, in story: Story) -> PatientCommand {
        .correctLab(
            LabCorrected(
                result: result, value: value.of(.ferritin), status: .corrected,
                collectedAt: story.clinic.at("2026-03-01 08:00")))
    }

    func open(_ story: Story, at time: String = "2026-03-10") -> [DecisionReview] {
        DecisionReview.open(
            of: story.state, in: story.clinic.context(now: story.clinic.at(time)))
    }

    @Test func `stands as long as its results stand`() {
        #expect(open(begun().story).isEmpty)
    }

    @Test func `a ferritin corrected from 12 to 420 would have shut the diagnosis`() {
        var (story, ferritin) = begun()
        let corrected = story.state.version.next
        story.does(correction(420, of: ferritin, in: story), at: "2026-03-05")
        let reviews = open(story)
        #expect(reviews.map(\.decision) == [.order(id(1)), .dose(id(1))])
        for review in reviews {
            #expect(review.changedResults.map(\.lab) == [ferritin])
            #expect(review.changedResults.map(\.before.value.canonical) == [12])
            #expect(review.changedResults.map { $0.now?.value.canonical } == [420])
            #expect(review.wouldDiffer == true)
            let diagnosis = review.differences.first { $0.before.gate == .diagnosis }
            #expect(diagnosis?.before.verdict == .passed)
            // Without a C-reactive protein nobody can say what a ferritin of 420 hides.
            #expect(diagnosis?.now.verdict == .indeterminate)
            #expect(review.changes.first == corrected)
        }
        #expect(reviews.map(\.refusalNow) == [nil, "gates-shut"])
    }

    @Test func `a small correction is shown too, and would have changed nothing`() {
        var (story, ferritin) = begun()
        story.does(correction(13, of: ferritin, in: story), at: "2026-03-05")
        let reviews = open(story)
        #expect(reviews.map(\.decision) == [.order(id(1)), .dose(id(1))])
        #expect(reviews.map(\.wouldDiffer) == [false, false])
        #expect(reviews.flatMap(\.differences).isEmpty)
    }

    @Test func `a retracted result has no value now`() {
        var (story, ferritin) = begun()
        story.does(
            .retractLab(LabRetracted(result: ferritin, reason: .wrongPatient)), at: "2026-03-05")
        let changed = open(story).flatMap(\.changedResults)
        #expect(changed.map(\.now) == [nil, nil])
        #expect(changed.map(\.retraction) == [.wrongPatient, .wrongPatient])
        #expect(open(story).map(\.wouldDiffer) == [true, true])
    }

    @Test func `a correction that is taken back closes nothing`() {
        var (story, ferritin) = begun()
        story.does(correction(420, of: ferritin, in: story), at: "2026-03-05")
        story.does(correction(12, of: ferritin, in: story), at: "2026-03-06")
        #expect(open(story).map(\.decision) == [.order(id(1)), .dose(id(1))])
        #expect(open(story).map(\.wouldDiffer) == [false, false])
    }

    @Test func `an infection told late, and there before the dose, would have shut its gate`() {
        var (story, _) = begun()
        story.does(
            .setClinicalContext(
                [.general], facts: [.infection(active: true)],
                at: story.clinic.at("2026-03-02 09:30")), at: "2026-03-05")
        let reviews = open(story)
        #expect(reviews.map(\.decision) == [.dose(id(1))])
        #expect(reviews.first?.changedResults.isEmpty == true)
        // In an infection the ferritin says nothing either, and yet iron is missing: that alone keeps none back.
        #expect(reviews.first?.differences.map(\.before.gate) == [.infection])
        #expect(reviews.first?.refusalNow == "gates-shut")
    }

    @Test func `what became true after the dose changes nothing of it`() {
        var (story, _) = begun()
        story.does(
            .setClinicalContext(
                [.general], facts: [.infection(active: true)],
                at: story.clinic.at("2026-03-02 11:00")), at: "2026-03-05")
        #expect(open(story).isEmpty)
    }

    /// G-INFECT stood open to doubt when the order was signed, and was answered late.
    @Test(arguments: [(false, [Gate]()), (true, [Gate.infection])])
    func `of an order only the gates are named that would keep its iron back`(
        infection: Bool, shut: [Gate]
    ) {
        let story = given { story in
            story.register(on: "2026-03-01")
            story.has([.general], [], on: "2026-03-01")
            story.weighs(80, on: "2026-03-01")
            story.diagnosed(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.does(
                .setClinicalContext(
                    [.general], facts: [.infection(active: infection)],
                    at: story.clinic.at("2026-03-01 12:00")), at: "2026-03-05")
        }
        let findings = story.state.orders.first?.order.findings ?? []
        #expect(findings.first { $0.gate == .infection }?.verdict == .indeterminate)
        let reviews = open(story)
        #expect(reviews.map(\.decision) == (infection ? [.order(id(1))] : []))
        let named = Set(reviews.flatMap(\.differences).map(\.now.gate))
        #expect(named.isSuperset(of: shut))
        #expect(reviews.flatMap(\.differences).allSatisfy { $0.now.refusesDose })
    }

    @Test func `an override is asked again for its gate`() {
        let story = given { story in
            story.register(on: "2026-03-01")
            story.has([.general], [.infection(active: false)], on: "2026-03-01")
            story.weighs(80, on: "2026-03-01")
            story.lab(.hemoglobin, 9, on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.does(
                Act.override(1, .diagnosis, until: story.clinic.at("2026-03-09 10:00")),
                at: "2026-03-02 10:00")
            story.lab(.ferritin, 12, on: "2026-03-01", recorded: "2026-03-05 08:00")
            story.lab(.transferrinSaturation, 8, on: "2026-03-01", recorded: "2026-03-05 08:00")
        }
        let reviews = open(story)
        // The order was placed though nobody could tell: what is proven since refuses it no more than that did.
        #expect(reviews.map(\.decision) == [.override(id(1))])
        #expect(reviews.last?.differences.map(\.before.verdict) == [.indeterminate])
        #expect(reviews.last?.differences.map(\.now.verdict) == [.passed])
    }

    @Test func `red cells ordered for a haemoglobin are indicated no more by the corrected one`() {
        var story = begun().story
        let low = story.lab(.hemoglobin, decimal("6.8"), on: "2026-03-05")
        let order = PatientCommand.orderTransfusion(
            OrderTransfusion(
                id: id(2), units: 1, indication: .general,
                signature: Signature(
                    prescriber: "Dr Bianchi", signedAt: story.clinic.at("2026-03-05 10:00"))))
        story.does(order, at: "2026-03-05 10:00")
        #expect(open(story).isEmpty)
        story.does(
            .correctLab(
                LabCorrected(
                    result: low, value: decimal("9.8").of(.hemoglobin), status: .corrected,
                    collectedAt: story.clinic.at("2026-03-05 08:00"))), at: "2026-03-06 10:00")
        let review = open(story).first
        #expect(open(story).map(\.decision) == [.transfusionOrder(id(2))])
        #expect(review?.changedResults.map(\.analyte) == [.hemoglobin])
        #expect(review?.differences.map(\.before.gate) == [.transfusion])
        #expect(review?.differences.map(\.before.verdict) == [.blocked])
        #expect(review?.differences.map(\.now.verdict) == [.passed])
        #expect(review?.wouldDiffer == true)
    }

    @Test func `a plan made by a haemoglobin is made anew by the corrected one`() {
        var hemoglobin: LabResultID = id(0)
        var story = given(.rome) { story in
            story.register(.female, on: "2026-03-01")
            story.has([.general], [.infection(active: false)], on: "2026-03-01")
            story.weighs(60, on: "2026-03-01")
            hemoglobin = story.lab(.hemoglobin, decimal("10.4"), on: "2026-03-01")
            story.ordered(
                product: "ferinject", row: "FCM-EU-inf", prescribed: [1000],
                method: .simplifiedTable, on: "2026-03-02")
        }
        story.does(
            .correctLab(
                LabCorrected(
                    result: hemoglobin, value: decimal("9.4").of(.hemoglobin), status: .corrected,
                    collectedAt: story.clinic.at("2026-03-01 08:00"))), at: "2026-03-05")
        let review = open(story).first
        #expect(review?.decision == .order(id(1)))
        #expect(review?.needBefore == mg(1000))
        #expect(review?.needNow == mg(1500))
        #expect(review?.wouldDiffer == true)
    }
}

@Suite struct `A review` {
    let fixture = `A decision that rested on what has changed`()

    func corrected() -> (story: Story, ferritin: LabResultID) {
        var (story, ferritin) = fixture.begun()
        story.does(fixture.correction(420, of: ferritin, in: story), at: "2026-03-05")
        return (story, ferritin)
    }

    func close(_ review: DecisionReview?) -> PatientCommand {
        .reviewDecision(
            DecisionReviewed(decision: review?.version ?? .none, outcome: .planChanged))
    }

    @Test func `is closed by a person, one decision at a time`() {
        var (story, _) = corrected()
        let order = fixture.open(story).first
        story.when(close(order), at: "2026-03-06").then([
            .decisionReviewed(
                DecisionReviewed(decision: order?.version ?? .none, outcome: .planChanged))
        ])
        story.does(close(order), at: "2026-03-06")
        #expect(fixture.open(story).map(\.decision) == [.dose(id(1))])
    }

    @Test func `opens again by what changes after it was closed`() {
        var (story, ferritin) = corrected()
        for review in fixture.open(story) { story.does(close(review), at: "2026-03-06") }
        #expect(fixture.open(story).isEmpty)
        story.does(fixture.correction(15, of: ferritin, in: story), at: "2026-03-07")
        let again = fixture.open(story)
        #expect(again.map(\.decision) == [.order(id(1)), .dose(id(1))])
        #expect(again.map(\.reviewed?.value.outcome) == [.planChanged, .planChanged])
    }

    @Test func `of a decision that stands is refused`() {
        let (story, _) = fixture.begun()
        let order = story.state.orders[0].version
        story.when(
            .reviewDecision(DecisionReviewed(decision: order, outcome: .stands)), at: "2026-03-06"
        ).refused(.reviewNotOpen(order))
    }

    @Test func `of an event that is no decision is refused`() {
        let (story, _) = corrected()
        story.when(
            .reviewDecision(DecisionReviewed(decision: EventVersion(1), outcome: .stands)),
            at: "2026-03-06"
        ).refused(.reviewNotOpen(EventVersion(1)))
    }

    @Test func `that is closed cannot be closed again`() {
        var (story, _) = corrected()
        let order = fixture.open(story).first
        story.does(close(order), at: "2026-03-06")
        story.when(close(order), at: "2026-03-07").refused(
            .reviewNotOpen(order?.version ?? .none))
    }
}
