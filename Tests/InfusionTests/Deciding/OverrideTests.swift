import Foundation
import Infusion
import Testing

@Suite struct `Overriding a gate` {
    var clinic = Clinic.newYork
    /// 750 mg given on 2 March; the interval is shut until the 9th.
    let given750 = given { story in
        story.patient(on: "2026-03-01")
        story.ordered(on: "2026-03-02")
        story.dose(1, 750, on: "2026-03-02")
        story.noInfection(on: "2026-03-06")
    }
    let now = "2026-03-06 09:00"
    var tomorrow: Instant { clinic.at("2026-03-07") }

    func start(_ number: UInt64 = 2, _ amount: Decimal = 750, _ time: String = "2026-03-06 10:00")
        -> PatientCommand
    {
        Act.start(number, amount, at: clinic.at(time))
    }

    @Test func `an override opens one hard gate for one dose and is named in its finding`() {
        var story = given750
        story.when(start(), at: "2026-03-06 10:00").shut([.interval])
        story.does(Act.override(1, .interval, until: tomorrow), at: now)
        let version = story.state.version
        let outcome = story.when(start(2, 100), at: "2026-03-06 10:00")
        guard case .doseStarted(let dose)? = outcome.facts.first else {
            Issue.record("not started: \(outcome.result)")
            return
        }
        let finding = dose.findings.first { $0.gate == .interval }
        #expect(finding?.verdict == .overridden)
        #expect(finding?.predicates.last?.evidence == [version])
        #expect(outcome.after.overrides.first?.spentBy == id(2))
        // Spent: the next dose inside the interval needs another.
        story.does(start(2, 100), at: "2026-03-06 10:00")
        story.does(
            .stopDose(
                Act.end(2, 50, at: clinic.at("2026-03-06 10:20")), reason: .accessLost),
            at: "2026-03-06 10:20")
        story.when(start(3, 100, "2026-03-06 11:00"), at: "2026-03-06 11:00").shut([.interval])
    }

    @Test func `an override of another gate or order, or an expired one, opens nothing`() {
        var other = given750
        // Nobody has measured anything yet.
        other.does(Act.override(1, .vitals, until: tomorrow), at: now)
        other.when(start(), at: "2026-03-06 10:00").shut([.interval])
        var expired = given750
        expired.does(Act.override(1, .interval, until: clinic.at("2026-03-06 10:00")), at: now)
        expired.when(start(), at: "2026-03-06 10:00").shut([.interval])
        expired.when(start(2, 750, "2026-03-06 09:59"), at: "2026-03-06 10:00").accepted()
    }

    @Test func `a hard gate asks for a prescriber and a second person`() {
        given750.when(Act.override(1, .interval, role: .nurse, until: tomorrow), at: now).refused(
            .overrideNotAllowed(
                .interval, problem: "a hard gate is overridden by a prescriber only"))
        given750.when(Act.override(1, .interval, coSigner: nil, until: tomorrow), at: now).refused(
            .overrideNotAllowed(.interval, problem: "a hard gate asks for a second signature"))
        var own = given750
        own.clinic.actor = "Dr Verdi"
        own.when(Act.override(1, .interval, until: tomorrow), at: now).refused(
            .overrideNotAllowed(
                .interval, problem: "the second signature is the first person's own"))
    }

    @Test func `a soft gate asks for a clinician's reason`() {
        // Heart failure is outside the US anaemia label: soft.
        var story = given { story in
            story.patient(.male, [.heartFailure], on: "2026-03-01")
            story.ordered(indication: .heartFailure, on: "2026-03-02")
        }
        let first = start(1, 750, "2026-03-02 10:00")
        story.when(first, at: "2026-03-02 10:00").shut([.weightAndAge])
        story.when(
            Act.override(
                1, .weightAndAge, role: .administrator, coSigner: nil,
                until: clinic.at("2026-03-03")),
            at: "2026-03-02 09:30"
        ).refused(
            .overrideNotAllowed(
                .weightAndAge, problem: "the role administrator overrides no gate"))
        story.does(
            Act.override(
                1, .weightAndAge, role: .nurse, coSigner: nil, until: clinic.at("2026-03-03")),
            at: "2026-03-02 09:30")
        story.when(first, at: "2026-03-02 10:00").accepted()
    }

    @Test func `absolute gates have no override`() {
        given750.when(Act.override(1, .order, until: tomorrow), at: now).refused(
            .overrideNotAllowed(.order, problem: "the gate is absolute and has no override"))
        var overloaded = given750
        overloaded.has([.general], [.knownIronOverload(true)], on: "2026-03-05")
        overloaded.when(Act.override(1, .overload, until: tomorrow), at: now).refused(
            .overrideNotAllowed(.overload, problem: "the gate is absolute and has no override"))
        // By results alone the gate is hard, and here it lets the dose pass.
        given750.when(Act.override(1, .overload, until: tomorrow), at: now).refused(
            .gateNotShut(.overload, on: date("2026-03-06")))
    }

    @Test func `an override is justified, ends within 30 days and is told once`() {
        given750.when(
            Act.override(1, .interval, justification: "because", until: tomorrow), at: now
        )
        .refused(field: "justification")
        given750.when(
            Act.override(
                1, .interval, justification: String(repeating: "x", count: 2_001), until: tomorrow),
            at: now
        ).refused(field: "justification")
        given750.when(Act.override(1, .interval, until: clinic.at(now)), at: now)
            .refused(field: "expiresAt")
        given750.when(Act.override(1, .interval, until: clinic.at("2026-04-06")), at: now)
            .refused(field: "expiresAt")
        given750.when(Act.override(1, .interval, order: 5, until: tomorrow), at: now)
            .refused(.orderNotFound(id(5)))
        var story = given750
        story.does(Act.override(1, .interval, until: tomorrow), at: now)
        story.when(Act.override(1, .phosphate, until: tomorrow), at: now)
            .refused(.duplicateIdentifier(field: "id"))
        #expect(
            story.state.overrides.first?.override.justification
                == .present("benefit discussed with patient"))
    }

    @Test func `an override says how the gate was asked and what the answer rested on`() {
        var story = given750
        story.does(
            Act.override(
                1, .interval, patientRisk: .moderate, evidenceRef: "10.1002/ajh.27220",
                until: tomorrow), at: now)
        let given = story.state.overrides.first?.override
        let dose = story.state.doses.first
        #expect(given?.asked?.severity == .hard)
        #expect(given?.patientRisk == .moderate)
        #expect(given?.evidenceRef == .present("10.1002/ajh.27220"))
        // The interval is read from the dose of 2 March, and from nothing that came later.
        let evidence = given?.asked?.evidence ?? []
        #expect(dose.map { evidence.contains($0.version) } == true)
        #expect(evidence == Set(evidence).sorted())
        #expect(evidence.allSatisfy { $0 < story.state.version })
        // What it says is what the gate itself says at that moment.
        let shut = given750.when(start(2, 750, now), at: now)
        guard case .gatesShut(let findings)? = shut.refusal,
            let finding = findings.first(where: { $0.gate == .interval })
        else {
            Issue.record("not shut: \(shut.result)")
            return
        }
        #expect(given?.asked?.ruleVersion == finding.ruleVersion)
        #expect(evidence == Set(finding.predicates.flatMap(\.evidence)).sorted())
    }

    @Test func `what is not said of the risk and the reference stays open`() {
        var story = given750
        story.does(Act.override(1, .interval, until: tomorrow), at: now)
        #expect(story.state.overrides.first?.override.patientRisk == nil)
        #expect(story.state.overrides.first?.override.evidenceRef == nil)
    }

    @Test(arguments: ["", "   ", String(repeating: "x", count: 201), "10.1002/\u{7}"])
    func `a reference is short text`(_ reference: String) {
        given750.when(
            Act.override(1, .interval, evidenceRef: reference, until: tomorrow), at: now
        ).refused(field: "evidenceRef")
    }

    @Test func `an overridden interval can be booked without spending the override`() {
        var story = given750
        story.does(Act.override(1, .interval, until: tomorrow), at: now)
        let slot = Act.slot(clinic.at("2026-03-06 14:00"))
        let outcome = story.when(.bookAppointment(id(1), order: id(1), slot: slot), at: now)
        outcome.accepted()
        #expect(outcome.after.overrides.first?.spentBy == nil)
    }
}
