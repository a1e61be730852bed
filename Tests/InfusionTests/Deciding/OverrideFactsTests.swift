import Foundation
import Infusion
import Testing

/// An override is of the facts that its gate was shut by (facts §10.2, §10.1 (12)).
@Suite struct `What an override is bound to` {
    var clinic = Clinic.newYork
    let now = "2026-03-02 09:30"
    let dose = "2026-03-02 10:00"

    /// Known, and ordered 750 mg twice.
    func ordered(
        hemoglobin: Decimal = 9, facts: [ClinicalFact] = [], on day: String = "2026-03-01"
    ) -> Story {
        given { story in
            story.patient(facts: facts, hemoglobin: hemoglobin, on: day)
            story.ordered(on: "2026-03-02")
        }
    }

    func override(
        _ gate: Gate, number: UInt64 = 1, dose: Decimal? = nil, at: String? = nil,
        until day: String = "2026-03-10"
    ) -> PatientCommand {
        Act.override(
            number, gate, at: at.map { clinic.at($0) }, dose: dose, until: clinic.at(day))
    }

    /// Why the override counts no more; `nil` where nothing is said of one.
    func void(_ gate: Gate, in story: Story, dose amount: Decimal = 750, at time: String) -> String?
    {
        story.finding(gate, dose: amount, at: time)?.predicates
            .first { $0.name == PredicateName.voidOverride }?.value
    }

    // MARK: A gate that is not shut

    @Test(arguments: [Gate.transfusion, .phosphate, .infection, .interval, .diagnosis, .overload])
    func `a gate that lets the dose pass is not overridden`(_ gate: Gate) {
        ordered().when(override(gate), at: now).refused(
            .gateNotShut(gate, on: date("2026-03-02")))
    }

    @Test func `what nobody may override is refused for that, open or not`() {
        ordered().when(override(.staff), at: now).refused(
            .overrideNotAllowed(.staff, problem: "the gate is absolute and has no override"))
        ordered().when(override(.oralIron), at: now).refused(
            .overrideNotAllowed(
                .oralIron, problem: "the gate is information and stops nothing"))
    }

    @Test func `it is asked of the day and the dose that it is for`() {
        var story = ordered()
        // Nobody has asked about an infection for more than seven days by then.
        story.when(override(.infection, at: "2026-03-09 10:00"), at: now).accepted()
        story.when(override(.infection, at: "2026-03-08 10:00"), at: now).refused(
            .gateNotShut(.infection, on: date("2026-03-08")))
        story.when(override(.weightAndAge, dose: 900), at: now).accepted()
        story.when(override(.weightAndAge, dose: 750), at: now).refused(
            .gateNotShut(.weightAndAge, on: date("2026-03-02")))
        story.when(override(.weightAndAge, dose: 0), at: now).refused(field: "dose")
        story.when(override(.infection, at: "2026-03-02 09:29"), at: now).refused(field: "at")
        story.does(override(.weightAndAge, dose: 900), at: now)
        #expect(story.verdict(.weightAndAge, dose: 900, at: dose) == .overridden)
    }

    // MARK: Facts that come later

    @Test func `a lower haemoglobin shuts the gate again`() {
        var story = ordered(hemoglobin: decimal("6.8"))
        story.does(override(.transfusion), at: now)
        #expect(story.verdict(.transfusion, at: dose) == .overridden)
        story.lab(.hemoglobin, 4, on: "2026-03-02 09:45")
        let finding = story.finding(.transfusion, at: dose)
        #expect(finding?.verdict == .blocked)
        let told = finding?.predicates.last
        #expect(told?.name == PredicateName.voidOverride)
        #expect(told?.value == OverrideVoid.otherFacts.rawValue)
        #expect(told?.holds == false)
        // The override, and what has come since.
        #expect(told?.evidence.first == story.state.overrides.first?.version)
        #expect(told?.evidence.count == 2)
        // Another one is given for what is known now.
        story.does(override(.transfusion, number: 2), at: "2026-03-02 09:50")
        #expect(story.verdict(.transfusion, at: dose) == .overridden)
    }

    @Test func `so does one that says the same, for it is another`() {
        var story = ordered(hemoglobin: decimal("6.8"))
        story.does(override(.transfusion), at: now)
        story.lab(.hemoglobin, decimal("6.8"), on: "2026-03-02 09:45")
        #expect(void(.transfusion, in: story, at: dose) == "other-facts")
    }

    @Test func `a haemoglobin that nobody had is another fact when it comes`() {
        var story = given { story in
            story.register(on: "2026-03-01")
            story.has([.general], [.infection(active: false)], on: "2026-03-01")
            story.weighs(80, on: "2026-03-01")
            story.ordered(on: "2026-03-02")
        }
        story.does(override(.transfusion), at: now)
        #expect(story.verdict(.transfusion, at: dose) == .overridden)
        story.lab(.hemoglobin, 4, on: "2026-03-02 09:45")
        #expect(void(.transfusion, in: story, at: dose) == "other-facts")
    }

    @Test func `an infection shuts what was too long ago to be told`() {
        var story = ordered()
        let late = "2026-03-10 10:00"
        story.does(
            Act.override(1, .infection, until: clinic.at("2026-03-13")), at: "2026-03-10 09:30")
        #expect(story.verdict(.infection, at: late) == .overridden)
        // Longer ago by the day, and the same fact.
        #expect(story.verdict(.infection, at: "2026-03-12 10:00") == .overridden)
        story.does(
            .setClinicalContext(
                [.general], facts: [.infection(active: true)], at: clinic.at("2026-03-10 09:40")),
            at: "2026-03-10 09:40")
        #expect(void(.infection, in: story, at: late) == "other-facts")
    }

    @Test func `a phosphate shuts again what an earlier one shut`() {
        var story = ordered()
        story.lab(.phosphate, decimal("2.2"), on: "2026-03-02 09:00")
        story.does(override(.phosphate), at: now)
        #expect(story.verdict(.phosphate, at: dose) == .overridden)
        story.lab(.phosphate, decimal("0.9"), on: "2026-03-02 09:45")
        #expect(void(.phosphate, in: story, at: dose) == "other-facts")
    }

    @Test func `vital signs shut what nobody had measured`() {
        var story = ordered()
        story.does(override(.vitals), at: now)
        let unstable = ChairsideCheck(
            vitals: VitalSigns(
                systolic: 60, diastolic: 30, heartRate: 72, respiratoryRate: 14,
                oxygenSaturation: 80, temperature: 36), isStaffed: true, hasConsent: true)
        story.does(
            .recordChairsideCheck(unstable, at: clinic.at("2026-03-02 09:45")),
            at: "2026-03-02 09:45")
        #expect(story.verdict(.vitals, at: dose) == .blocked)
        #expect(void(.vitals, in: story, at: dose) == "other-facts")
    }

    @Test func `a result that was corrected or retracted voids what rested on it`() {
        var story = ordered(hemoglobin: decimal("6.9"))
        let number = story.lab(.hemoglobin, decimal("6.8"), on: "2026-03-02 09:00")
        story.does(override(.transfusion), at: now)
        var corrected = story
        corrected.does(
            .correctLab(
                LabCorrected(
                    result: number, value: decimal("6.7").of(.hemoglobin), status: .corrected,
                    collectedAt: clinic.at("2026-03-02 09:00"))), at: "2026-03-02 09:40")
        #expect(void(.transfusion, in: corrected, at: dose) == "other-facts")
        // The one before it is read again.
        story.does(
            .retractLab(LabRetracted(result: number, reason: .enteredInError)),
            at: "2026-03-02 09:40")
        #expect(void(.transfusion, in: story, at: dose) == "other-facts")
    }

    // MARK: Other reasons

    @Test func `a larger dose than the one it is for is not covered, a smaller one is`() {
        var story = ordered()
        story.does(override(.weightAndAge, dose: 900), at: now)
        #expect(story.verdict(.weightAndAge, dose: 800, at: dose) == .overridden)
        #expect(void(.weightAndAge, in: story, dose: 901, at: dose) == "other-reasons")
    }

    @Test func `results that have become too old are another reason`() {
        // Replete, by results of 10 January: good for 56 days.
        var story = given { story in
            story.register(on: "2026-01-10")
            story.lab(.ferritin, 200, on: "2026-01-10")
            story.lab(.transferrinSaturation, 30, on: "2026-01-10")
            story.lab(.cReactiveProtein, 2, on: "2026-01-10")
            story.lab(.hemoglobin, 9, on: "2026-03-01")
            story.weighs(80, on: "2026-03-01")
            story.has([.general], [.infection(active: false)], on: "2026-03-01")
            story.ordered(on: "2026-03-02")
        }
        story.does(override(.diagnosis, until: "2026-03-12"), at: now)
        #expect(story.verdict(.diagnosis, at: dose) == .overridden)
        #expect(story.verdict(.diagnosis, at: "2026-03-07 10:00") == .overridden)
        #expect(story.verdict(.diagnosis, at: "2026-03-08 10:00") == .indeterminate)
        #expect(void(.diagnosis, in: story, at: "2026-03-08 10:00") == "other-reasons")
    }

    @Test func `days that pass void nothing until it ends`() {
        var story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.dose(1, 750, on: "2026-03-02")
        }
        story.does(override(.interval, until: "2026-03-08 09:00"), at: "2026-03-06 09:00")
        #expect(story.verdict(.interval, at: "2026-03-06 10:00") == .overridden)
        #expect(story.verdict(.interval, at: "2026-03-07 10:00") == .overridden)
        #expect(story.verdict(.interval, at: "2026-03-08 10:00") == .blocked)
        #expect(void(.interval, in: story, at: "2026-03-08 10:00") == nil)
    }

    @Test func `a visit moved nearer to the other is another reason`() {
        var story = ordered()
        let slots = ["2026-03-10 10:00", "2026-03-15 10:00"].map { Act.slot(clinic.at($0)) }
        story.does(.bookAppointment(id(1), order: id(1), slot: slots[0]), at: now)
        let booking = PatientCommand.bookAppointment(id(2), order: id(1), slot: slots[1])
        story.when(booking, at: now).shutAmongOthers([.interval])
        story.does(
            override(.interval, at: "2026-03-15 10:00", until: "2026-03-20"), at: now)
        story.does(booking, at: now)
        // Further from it, as near, and nearer.
        for (day, isCovered) in [("16", true), ("15", true), ("14", false), ("12", false)] {
            let slot = Act.slot(clinic.at("2026-03-\(day) 14:00"))
            let outcome = story.when(.moveAppointment(id(2), to: slot), at: now)
            if isCovered { outcome.accepted() } else { outcome.shutAmongOthers([.interval]) }
        }
    }

    @Test func `a new fact voids the override of its own gate alone`() {
        var story = ordered(
            hemoglobin: decimal("6.8"), facts: [.condition(.atopy, present: true)])
        story.does(override(.transfusion), at: now)
        story.does(override(.atopy, number: 2), at: now)
        #expect(story.when(Act.start(2, 750, at: clinic.at(dose)), at: dose).refusal == nil)
        story.lab(.hemoglobin, 6, on: "2026-03-02 09:45")
        story.when(Act.start(2, 750, at: clinic.at(dose)), at: dose).shut([.transfusion])
        #expect(story.verdict(.atopy, at: dose) == .overridden)
    }

    @Test func `a corrected name voids nothing`() {
        var story = ordered()
        story.does(override(.weightAndAge, dose: 900), at: now)
        story.does(
            .correctIdentity(
                Identity(
                    name: PersonName(family: "Bianchi", given: ["Ada"]),
                    birthDate: Act.person.birthDate, identifiers: Act.person.identifiers), .male),
            at: "2026-03-02 09:40")
        #expect(story.verdict(.weightAndAge, dose: 900, at: dose) == .overridden)
    }

    // MARK: Signatures, merges, earlier releases

    @Test func `one that is signed for less does not say that it holds`() {
        var story = ordered()
        story.lab(.phosphate, decimal("2.2"), on: "2026-03-02 09:00")
        let asked = AskedGate(
            ruleVersion: 1, severity: .soft, evidence: [story.state.version], predicates: [])
        story.state.apply(
            told(.phosphate, role: .nurse, coSigner: nil, asked: asked, until: "2026-03-03"))
        #expect(void(.phosphate, in: story, at: dose) == "shut-harder")
    }

    @Test func `signed by two for a soft gate, it does not open a hard one`() {
        var story = ordered()
        story.lab(.ferritin, 150, on: "2026-03-01 18:00")
        story.lab(.transferrinSaturation, 15, on: "2026-03-01 18:00")
        story.lab(.cReactiveProtein, 40, on: "2026-03-01 18:00")
        story.does(override(.sequestration), at: now)
        #expect(story.state.overrides.first?.override.asked?.severity == .soft)
        #expect(story.verdict(.sequestration, at: dose) == .overridden)
        // No higher, and yet another.
        var same = story
        same.lab(.cReactiveProtein, 40, on: "2026-03-02 09:45")
        #expect(void(.sequestration, in: same, at: dose) == "other-facts")
        story.lab(.cReactiveProtein, 150, on: "2026-03-02 09:45")
        #expect(story.finding(.sequestration, at: dose)?.severity == .hard)
        #expect(void(.sequestration, in: story, at: dose) == "shut-harder")
    }

    @Test func `what another record knew is another fact`() {
        var story = ordered(hemoglobin: decimal("6.8"))
        story.does(override(.transfusion), at: now)
        var other = Story(.newYork, patient: id(2), firstID: 5_000)
        other.register(on: "2026-03-01")
        other.lab(.hemoglobin, 5, on: "2026-03-01 20:00")
        var both = TwoRecords(story, other)
        both.merge(at: "2026-03-02 09:40")
        #expect(void(.transfusion, in: both.survivor, at: dose) == "other-facts")
        // And is forgotten when it turns out to be somebody else's.
        both.unmerge(at: "2026-03-02 09:45")
        #expect(both.survivor.verdict(.transfusion, at: dose) == .overridden)
    }

    @Test func `one of earlier releases is judged by the events that it names`() throws {
        var story = ordered(hemoglobin: decimal("6.8"))
        let evidence = try #require(story.state.labs.first { $0.analyte == .hemoglobin })
            .chain.map(\.version)
        story.state.apply(
            told(
                .transfusion,
                asked: AskedGate(
                    ruleVersion: 1, severity: .hard, evidence: evidence, predicates: nil),
                until: "2026-03-03"))
        #expect(story.verdict(.transfusion, at: dose) == .overridden)
        story.lab(.hemoglobin, 4, on: "2026-03-02 09:45")
        #expect(void(.transfusion, in: story, at: dose) == "other-facts")
    }

    @Test(
        arguments: [
            nil, AskedGate(ruleVersion: 1, severity: .hard, evidence: [], predicates: nil),
        ] as [AskedGate?])
    func `one that says of no event what it rested on does not hold`(_ asked: AskedGate?) {
        var story = ordered(hemoglobin: decimal("6.8"))
        story.state.apply(told(.transfusion, asked: asked, until: "2026-03-03"))
        #expect(void(.transfusion, in: story, at: dose) == "facts-not-kept")
    }

    /// As the log of an earlier release has it.
    private func told(
        _ gate: Gate, role: ClinicalRole = .prescriber, coSigner: String? = "Dr Verdi",
        asked: AskedGate?, until day: String
    ) -> PatientEvent {
        PatientEvent(
            effectiveAt: clinic.at(now),
            fact: .gateOverridden(
                GateOverride(
                    id: id(1), gate: gate, order: id(1), reason: .benefitOutweighsRisk,
                    justification: .present("benefit discussed with patient"), role: role,
                    coSigner: coSigner, expiresAt: clinic.at(day), asked: asked,
                    patientRisk: nil, evidenceRef: nil)))
    }
}
