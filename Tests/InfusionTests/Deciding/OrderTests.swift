import Foundation
import Infusion
import InfusionKnowledge
import Testing

@Suite struct `Ordering an infusion` {
    let patient = given { $0.patient(on: "2026-03-01") }
    let clinic = Clinic.newYork
    var signed: Instant { clinic.at("2026-03-02 09:00") }
    let now = "2026-03-02 09:00"

    @Test func `a signed prescription becomes an order with its total and every gate as it stood`()
    {
        let outcome = patient.when(Act.order(signed: signed), at: now)
        guard case .infusionOrdered(let order)? = outcome.facts.first else {
            Issue.record("no order: \(outcome.result)")
            return
        }
        #expect(order.plannedTotal == mg(1500))
        #expect(order.moiety == .ferricCarboxymaltose)
        #expect(order.findings.map(\.gate) == Gate.allCases)
        #expect(order.findings.allSatisfy { !$0.refusesDose })
        #expect(order.formularyVersion == Formulary.standard.version)
        #expect(order.whyIntravenous == nil)
        #expect(outcome.after.order(id(1))?.status == .active)
    }

    @Test(arguments: IntravenousReason.allCases)
    func `why by vein is kept as the prescriber said it, and changes nothing else`(
        _ reason: IntravenousReason
    ) {
        let outcome = patient.when(Act.order(whyIntravenous: reason, signed: signed), at: now)
        guard case .infusionOrdered(let order)? = outcome.facts.first else {
            Issue.record("no order: \(outcome.result)")
            return
        }
        #expect(order.whyIntravenous == reason)
        #expect(outcome.after.order(id(1))?.order.whyIntravenous == reason)
        #expect(order.plannedTotal == mg(1500))
    }

    @Test func `product, row and region must fit each other`() {
        patient.when(Act.order(product: "ironmax", signed: signed), at: now)
            .refused(
                .unknownProduct(
                    ProductKey("ironmax"), accepted: Formulary.standard.products.map(\.key.name)))
        patient.when(Act.order(row: "IS-US-NDD", signed: signed), at: now).refused(
            .unknownDosingRow(
                DosingRowID("IS-US-NDD"),
                accepted: ["FCM-US-1", "FCM-US-2", "FCM-US-HF", "FCM-US-lt50"]))
        patient.when(
            Act.order(product: "ferinject", row: "FCM-EU-inf", prescribed: [1000], signed: signed),
            at: now
        ).refused(field: "product")
    }

    @Test func `what is prescribed is positive, counted and signed`() {
        patient.when(Act.order(prescribed: [], signed: signed), at: now).refused(
            field: "prescribed")
        patient.when(Act.order(prescribed: [750, 0], signed: signed), at: now)
            .refused(field: "prescribed[1]")
        patient.when(
            Act.order(prescribed: Array(repeating: 1, count: 41), signed: signed), at: now
        ).refused(field: "prescribed")
        patient.when(Act.order(signed: clinic.at("2026-03-02 09:06")), at: now)
            .refused(.inTheFuture(field: "signature.signedAt"))
        patient.when(Act.order(target: 15, signed: signed), at: now).refused(
            field: "targetHemoglobin")
        var story = patient
        story.ordered(on: "2026-03-02")
        story.when(Act.order(signed: signed), at: now).refused(.duplicateIdentifier(field: "id"))
    }

    @Test func `a prescription above a cap is wrong whenever it is given`() {
        patient.when(Act.order(prescribed: [751, 749], signed: signed), at: now)
            .shut([.weightAndAge])
        patient.when(Act.order(prescribed: [750, 750, 1], signed: signed), at: now)
            .shut([.cumulativeDose])
        patient.when(
            Act.order(row: "FCM-US-lt50", prescribed: [700], signed: signed), at: now
        ).shut([.weightAndAge])
    }

    @Test func `labs that can still come do not stop the order`() {
        let bare = given { story in
            story.register(on: "2026-03-01")
            story.weighs(80, on: "2026-03-01")
        }
        let outcome = bare.when(Act.order(signed: signed), at: now)
        outcome.accepted()
        let shut = outcome.after.order(id(1))?.order.findings.filter { $0.refusesDose }
        #expect(
            shut?.map(\.gate) == [.diagnosis, .overload, .infection, .transfusion])
        #expect(shut?.allSatisfy { $0.verdict == .indeterminate } == true)
    }

    @Test func `a total by formula needs a weight and a haemoglobin`() {
        var story = given(.rome) { $0.register(on: "2026-03-01") }
        func order() -> PatientCommand {
            Act.order(
                product: "venofer-eu", row: "IS-EU", prescribed: [200, 200], method: .ganzoni,
                signed: Clinic.rome.at("2026-03-02 09:00"))
        }
        story.when(order(), at: now).refused(field: "weight")
        story.weighs(70, on: "2026-03-01")
        story.when(order(), at: now).refused(field: "hemoglobin")
        story.lab(.hemoglobin, 8, on: "2026-03-01")
        let outcome = story.when(order(), at: now)
        guard case .infusionOrdered(let placed)? = outcome.facts.first else {
            Issue.record("no order: \(outcome.result)")
            return
        }
        // Worked example G01: 70 kg, 8.0 g/dL → 1,676 mg, printed to the nearest 50.
        #expect(placed.need?.milligrams == mg(1676))
        #expect(placed.plannedTotal == mg(1700))
    }

    /// Of Venofer by Ganzoni, signed on 2 March and told on the 5th.
    private func toldLate(_ story: Story) -> Outcome {
        story.when(
            Act.order(
                product: "venofer-eu", row: "IS-EU", prescribed: [200, 200], method: .ganzoni,
                signed: Clinic.rome.at("2026-03-02 09:00")), at: "2026-03-05 09:00")
    }

    @Test func `an order told late is planned as its prescriber saw the patient on signing`() {
        let story = given(.rome) { story in
            story.register(on: "2026-03-01")
            story.weighs(70, on: "2026-03-01")
            story.lab(.hemoglobin, 8, on: "2026-03-01")
            story.weighs(60, on: "2026-03-04")
            story.lab(.hemoglobin, 10, on: "2026-03-04")
        }
        let outcome = toldLate(story)
        guard case .infusionOrdered(let placed)? = outcome.facts.first else {
            Issue.record("no order: \(outcome.result)")
            return
        }
        // Worked example G01; 60 kg and 10 g/dL would be 1,220 mg.
        #expect(placed.need?.weight == Kilograms(70))
        #expect(placed.need?.hemoglobin == GramsPerDeciliter(8))
        #expect(placed.need?.milligrams == mg(1676))
        #expect(outcome.after.order(id(1))?.orderedAt == Clinic.rome.at("2026-03-02 09:00"))
    }

    @Test func `what was measured after the signature plans nothing`() {
        var story = given(.rome) { story in
            story.register(on: "2026-03-01")
            story.lab(.hemoglobin, 8, on: "2026-03-01")
            story.weighs(70, on: "2026-03-04")
        }
        toldLate(story).refused(field: "weight")
        // Known late, but measured before it.
        story.does(
            .recordMeasurements(
                weight: Kilograms(70), height: nil, at: Clinic.rome.at("2026-03-01 10:00")),
            at: "2026-03-05 08:00")
        toldLate(story).accepted()
    }

    @Test func `the gates of an order are of its signature's day, those of a dose of its own`() {
        // 50 kg on signing, 49 kg when it is told: the row is for 50 kg and more.
        var lighter = given { $0.patient(weight: 50, on: "2026-03-01") }
        lighter.weighs(49, on: "2026-03-05")
        lighter.does(Act.order(signed: signed), at: "2026-03-05 09:00")
        lighter.when(
            Act.start(1, 750, at: clinic.at("2026-03-05 10:00")), at: "2026-03-05 10:00"
        ).shutAmongOthers([.weightAndAge])
        // 17 years on signing, 18 when it is told: the row is for adults.
        let young = given { story in
            story.register(born: "2008-03-03", on: "2026-03-01")
            story.weighs(60, on: "2026-03-01")
        }
        let order = Act.order(row: "FCM-US-1", prescribed: [900], signed: signed)
        young.when(order, at: "2026-03-05 09:00").shutAmongOthers([.weightAndAge])
    }

    /// The label's maintenance dose is 500 mg (facts §1.3); 1,000 mg are day 1's.
    @Test func `more than the maintenance dose is not ordered while a heart-failure plan runs`()
        throws
    {
        var story = given { story in
            story.patient(.male, [.heartFailure], hemoglobin: 12, on: "2026-03-01")
            story.ordered(
                row: "FCM-US-HF", indication: .heartFailure, prescribed: [1000],
                method: .heartFailureTable, on: "2026-03-02")
            story.dose(1, 1000, on: "2026-03-02")
        }
        let day = "2026-05-18"
        story.weighs(80, on: day)
        story.lab(.hemoglobin, 12, on: day)
        func maintenance(_ doses: [Decimal]) -> PatientCommand {
            Act.order(
                2, row: "FCM-US-HF", indication: .heartFailure, prescribed: doses,
                method: .heartFailureTable, signed: clinic.at("\(day) 09:00"))
        }
        let outcome = story.when(maintenance([1000]), at: "\(day) 09:00")
        guard case .gatesShut(let findings)? = outcome.refusal else {
            Issue.record("not refused: \(outcome.result)")
            return
        }
        let finding = try #require(findings.first { $0.gate == .weightAndAge })
        #expect(finding.severity == .hard)
        let predicate = try #require(finding.predicates.first)
        #expect(predicate.name == "dose")
        #expect(predicate.value == "1000")
        #expect(predicate.comparison == "<=")
        #expect(predicate.threshold == "500")
        story.when(maintenance([500]), at: "\(day) 09:00").accepted()
    }

    @Test func `a formula is information only where the label fixes the course`() {
        patient.when(Act.order(method: .ganzoni, signed: signed), at: now).refused(field: "method")
        patient.when(Act.order(method: .heartFailureTable, signed: signed), at: now)
            .refused(field: "method")
    }
}

@Suite struct `Holding, releasing and cancelling an order` {
    let ordered = given { story in
        story.patient(on: "2026-03-01")
        story.ordered(on: "2026-03-02")
    }

    @Test func `an order is held for a reason once, and released as a whole`() {
        var story = ordered
        let hold = PatientCommand.holdOrder(id(1), reason: .awaitingLabs)
        story.when(hold, at: "2026-03-03").then([.orderHeld(id(1), reason: .awaitingLabs)])
        story.when(.releaseOrder(id(1)), at: "2026-03-03").thenNothing()
        story.does(hold, at: "2026-03-03")
        story.when(hold, at: "2026-03-04").thenNothing()
        #expect(story.state.order(id(1))?.status == .held)
        story.does(.holdOrder(id(1), reason: .infection), at: "2026-03-04")
        story.when(Act.start(1, 750, at: story.clinic.at("2026-03-04 12:00")), at: "2026-03-04")
            .refused(.orderNotActive(id(1), status: "held"))
        story.when(.releaseOrder(id(1)), at: "2026-03-05").then([.orderReleased(id(1))])
        story.does(.releaseOrder(id(1)), at: "2026-03-05")
        #expect(story.state.order(id(1))?.status == .active)
    }

    @Test func `a cancelled order gives its visits back and stays cancelled`() {
        var story = ordered
        story.does(
            .bookAppointment(id(7), order: id(1), slot: Act.slot(story.clinic.at("2026-03-05"))),
            at: "2026-03-03")
        let cancel = PatientCommand.cancelOrder(id(1), reason: .patientRequest)
        story.when(cancel, at: "2026-03-04").then([
            .orderCancelled(id(1), reason: .patientRequest),
            .appointmentCancelled(id(7), reason: .orderCancelled),
        ])
        story.does(cancel, at: "2026-03-04")
        story.when(cancel, at: "2026-03-04").refused(.orderNotActive(id(1), status: "cancelled"))
        story.when(.holdOrder(id(1), reason: .infection), at: "2026-03-04")
            .refused(.orderNotActive(id(1), status: "cancelled"))
        story.when(.releaseOrder(id(1)), at: "2026-03-04")
            .refused(.orderNotActive(id(1), status: "cancelled"))
        story.when(.releaseOrder(id(5)), at: "2026-03-04").refused(.orderNotFound(id(5)))
    }

    @Test func `no order is cancelled under a running dose`() {
        var story = ordered
        story.does(
            Act.start(1, 750, at: story.clinic.at("2026-03-02 10:00")), at: "2026-03-02 10:00")
        story.when(.cancelOrder(id(1), reason: .clinicianDecision), at: "2026-03-02 10:05")
            .refused(.doseStillInProgress(id(1)))
    }

    @Test func `an order is complete when all of it was given`() {
        var story = ordered
        story.dose(1, 750, on: "2026-03-02")
        #expect(story.state.order(id(1))?.status == .active)
        story.dose(2, 750, on: "2026-03-09")
        #expect(story.state.order(id(1))?.status == .completed)
        story.when(.cancelOrder(id(1), reason: .noLongerNeeded), at: "2026-03-10")
            .refused(.orderNotActive(id(1), status: "completed"))
        story.when(Act.start(3, 1, at: story.clinic.at("2026-03-17")), at: "2026-03-17")
            .refused(.orderNotActive(id(1), status: "completed"))
    }

    @Test func `a course closes after 28 idle days`() {
        var story = ordered
        story.dose(1, 750, on: "2026-03-02")
        story.diagnosed(on: "2026-03-29")
        story.weighs(80, on: "2026-03-29")
        story.noInfection(on: "2026-03-30")
        let last = "2026-03-30 12:00"
        story.when(Act.start(2, 750, at: story.clinic.at(last)), at: last).accepted()
        let late = "2026-03-31 12:00"
        story.when(Act.start(2, 750, at: story.clinic.at(late)), at: late)
            .refused(.orderNotActive(id(1), status: "closed-idle"))
    }

    @Test func `a site may close a course sooner`() {
        var pathways = ClinicalPathways.standard
        let isTaken =
            pathways.set(.decimal(14), for: .courseIdleDays)
            && pathways.set(.decimal(10), for: .courseDaysAfterPlannedGap)
        #expect(isTaken)
        var story = ordered
        story.dose(1, 750, on: "2026-03-02")
        // Seven days between two doses, and ten more.
        story.clinic.policy = pathways.policy
        let last = "2026-03-19 12:00"
        let then = story.when(Act.start(2, 750, at: story.clinic.at(last)), at: last)
        #expect(then.refusal != .orderNotActive(id(1), status: "closed-idle"))
        let late = "2026-03-20 12:00"
        story.when(Act.start(2, 750, at: story.clinic.at(late)), at: late)
            .refused(.orderNotActive(id(1), status: "closed-idle"))
    }
}
