import Infusion
import Testing

/// What has happened to one patient, told as commands: `given { … }.when(command).then(…)`.
///
/// Every event in it was decided by the decider itself, so that no test rests on an impossible
/// history.
struct Story {
    var clinic: Clinic
    var events: [PatientEvent] = []
    var state = PatientState()
    let patientID: PatientID
    private var nextID: UInt64

    /// - Parameter firstID: What is numbered by itself comes after it.
    init(_ clinic: Clinic = .newYork, patient: PatientID = id(1), firstID: UInt64 = 1_000) {
        self.clinic = clinic
        patientID = patient
        nextID = firstID
    }

    mutating func freshID<Subject>() -> Identifier<Subject> {
        nextID += 1
        return id(nextID)
    }

    /// Does it at `time`, which is also when it was recorded; a refusal fails the test.
    @discardableResult
    mutating func does(
        _ command: PatientCommand, at time: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) -> [PatientFact] {
        do throws(Refusal) {
            return try tries(command, at: time)
        } catch {
            Issue.record("refused: \(error)", sourceLocation: sourceLocation)
            return []
        }
    }

    @discardableResult
    mutating func tries(_ command: PatientCommand, at time: String) throws(Refusal) -> [PatientFact]
    {
        if case .startDose(let dose) = command {
            check(at: dose.at, in: clinic.at(time))
        }
        let new = try PatientDecider().decide(
            command, given: state, in: clinic.context(now: clinic.at(time)))
        for event in new { state.apply(event) }
        events += new
        return new.map(\.fact)
    }

    /// Stable, staffed, with consent; once a day.
    mutating func check(at instant: Instant, in now: Instant) {
        let zone = clinic.zone
        let date = CalendarDate(instant, in: zone)
        if let last = state.chairsideChecks.at(instant),
            CalendarDate(last.effectiveAt, in: zone) == date
        {
            return
        }
        let context = clinic.context(now: now)
        let check = PatientCommand.recordChairsideCheck(Act.check, at: instant)
        // Who cannot be looked after cannot be given a dose either, and that is told by the dose.
        guard let new = try? PatientDecider().decide(check, given: state, in: context) else {
            return
        }
        for event in new { state.apply(event) }
        events += new
    }

    func open(_ rule: RecheckRule) -> RecheckOpened? {
        state.openRechecks.values.map(\.value).first { $0.id.rule == rule }
    }
}

/// The `given` of a sentence: a story so far.
func given(_ clinic: Clinic = .newYork, _ tell: (inout Story) -> Void = { _ in }) -> Story {
    var story = Story(clinic)
    tell(&story)
    return story
}

extension Story {
    func when(_ command: PatientCommand, at time: String) -> Outcome {
        do throws(Refusal) {
            var copy = self
            return Outcome(result: .success(try copy.tries(command, at: time)), after: copy.state)
        } catch {
            return Outcome(result: .failure(error), after: state)
        }
    }
}

/// What came of a command.
struct Outcome {
    let result: Result<[PatientFact], Refusal>
    let after: PatientState

    var facts: [PatientFact] { (try? result.get()) ?? [] }
    var refusal: Refusal? {
        switch result {
        case .success: nil
        case .failure(let refusal): refusal
        }
    }

    /// The command's own events; what it did to the recheck queue is told by `thenRechecks`.
    func then(_ expected: [PatientFact], sourceLocation: SourceLocation = #_sourceLocation) {
        if let refusal { Issue.record("refused: \(refusal)", sourceLocation: sourceLocation) }
        #expect(facts.filter { !$0.isRecheck } == expected, sourceLocation: sourceLocation)
    }

    func thenNothing(sourceLocation: SourceLocation = #_sourceLocation) {
        if let refusal { Issue.record("refused: \(refusal)", sourceLocation: sourceLocation) }
        #expect(facts == [], sourceLocation: sourceLocation)
    }

    func refused(_ expected: Refusal, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(refusal == expected, sourceLocation: sourceLocation)
    }

    /// `accepted` is told too, and is never empty.
    func refused(field: String, sourceLocation: SourceLocation = #_sourceLocation) {
        switch refusal {
        case .invalidValue(let found, let problem, let accepted)?,
            .doseOutsideOrder(let found, let problem, let accepted)?:
            #expect(found == field, sourceLocation: sourceLocation)
            #expect(!problem.isEmpty && !accepted.isEmpty, sourceLocation: sourceLocation)
        default:
            Issue.record(
                "expected a refused \(field), got \(String(describing: refusal ?? nil)) \(facts)",
                sourceLocation: sourceLocation)
        }
    }

    /// The gates that shut; every finding is given, passed ones too.
    func shut(_ gates: Set<Gate>, sourceLocation: SourceLocation = #_sourceLocation) {
        guard case .gatesShut(let findings)? = refusal else {
            Issue.record("not shut: \(result)", sourceLocation: sourceLocation)
            return
        }
        #expect(findings.map(\.gate) == Gate.allCases, sourceLocation: sourceLocation)
        #expect(
            Set(findings.filter { $0.isShut && $0.severity != .information }.map(\.gate)) == gates,
            sourceLocation: sourceLocation)
    }

    func shutAmongOthers(_ gates: Set<Gate>, sourceLocation: SourceLocation = #_sourceLocation) {
        guard case .gatesShut(let findings)? = refusal else {
            Issue.record("not shut: \(result)", sourceLocation: sourceLocation)
            return
        }
        #expect(
            gates.isSubset(of: findings.filter(\.isShut).map(\.gate)),
            sourceLocation: sourceLocation)
    }

    func accepted(sourceLocation: SourceLocation = #_sourceLocation) {
        if let refusal { Issue.record("refused: \(refusal)", sourceLocation: sourceLocation) }
    }

    var closed: [RecheckClosed] {
        facts.compactMap { if case .recheckClosed(let closed) = $0 { closed } else { nil } }
    }
    var opened: [RecheckOpened] {
        facts.compactMap { if case .recheckOpened(let opened) = $0 { opened } else { nil } }
    }
}

extension PatientFact {
    var isRecheck: Bool {
        switch self {
        case .recheckOpened, .recheckClosed: true
        case .patientRegistered, .identityCorrected, .labRecorded, .labCorrected, .labRetracted,
            .weightRecorded, .heightRecorded, .clinicalContextSet, .clinicalFactRecorded,
            .infusionOrdered, .orderHeld, .orderReleased, .orderCancelled, .appointmentBooked,
            .appointmentMoved, .appointmentCancelled, .appointmentMissed, .appointmentHeld,
            .appointmentConfirmed, .holdExpired, .capacityOverridden, .stockReserved,
            .patientArrived, .visitBegun, .visitLeft, .doseStarted,
            .dosePaused, .doseResumed, .doseCompleted, .doseStopped, .reactionLogged,
            .reactionRegraded, .patientDischarged,
            .chairsideChecked,
            .transfusionRecorded, .gateOverridden, .signedOff, .patientErased, .patientMerged,
            .historyCarried,
            .patientMergedInto, .patientUnmerged, .patientUnmergedFrom,
            .recordAttributed, .decisionReviewed,
            .waitlistEntered, .waitlistChanged,
            .waitlistOffered, .waitlistLeft,
            .transfusionOrdered, .transfusionOrderFilled:
            false
        }
    }
}
