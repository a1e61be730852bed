import Foundation

/// What is known, and what would be known if one more thing were recorded.
struct Hypothesis {
    let state: PatientState
    let context: DecisionContext

    /// The state after `trial`, recorded at `instant` by the rules of every command; `nil` where they
    /// refuse it, and where it would say nothing new. The queue's own rows are left alone.
    func state(after trial: Candidate.Trial, at instant: Instant) -> PatientState? {
        switch trial {
        case .waiting: return state
        case .command(let command):
            let then = DecisionContext(
                now: instant, site: context.site, formulary: context.formulary)
            guard state.erasure == nil, state.mergedInto == nil,
                let events = try? PatientDecider().events(
                    of: command, given: state, in: then), !events.isEmpty
            else { return nil }
            var after = state
            for event in events { after.apply(event) }
            return after
        }
    }

    func date(_ instant: Instant) -> CalendarDate {
        CalendarDate(instant, in: context.site.timeZone)
    }

    /// The same time of day on `date`, as near as the clinic's clock has it.
    func moment(_ instant: Instant, on date: CalendarDate) -> Instant {
        let moved = instant.adding(hours: Int64(date.days(since: self.date(instant))) * 24)
        return [0, 1, -1].map { moved.adding(hours: $0) }.first { self.date($0) == date } ?? moved
    }
}

/// A fact that could be told next, and what telling it would be.
struct Candidate {
    enum Trial: Hashable {
        case command(PatientCommand)
        case waiting
    }

    let fact: NewFact
    /// Each changes the answer by itself, or the fact does not: where any value is to do, the lowest and
    /// the highest that can be are tried.
    let trials: [Trial]
    let at: Instant
}

/// Makes candidates that are told at one moment.
struct CandidateMaker {
    let hypothesis: Hypothesis
    let at: Instant
    var date: CalendarDate { hypothesis.date(at) }

    /// Of results and overrides that nobody has recorded.
    static let id = UUID(
        uuid: (0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, 0))

    private func id<Subject>(_ index: Int) -> Identifier<Subject> {
        var bytes = Self.id.uuid
        bytes.15 = UInt8(index)
        return Identifier(UUID(uuid: bytes))
    }

    /// Of what asks for one, as of an override: by a prescriber and a second person.
    static let signOff = GivenSignOff(
        reason: .clinicianReview, justification: "Asked about, and not granted.",
        role: .prescriber, coSigner: "another person")

    func answer(
        _ what: String, _ value: String, _ fact: ClinicalFact, signOff: GivenSignOff? = nil
    ) -> Candidate {
        let contexts = hypothesis.state.contexts.at(at)?.value ?? []
        return Candidate(
            fact: NewFact(.answer, what, value, "=", value, on: date),
            trials: [
                .command(.setClinicalContext(contexts, facts: [fact], at: at, signOff: signOff))
            ], at: at)
    }

    func no(_ condition: ClinicalCondition) -> Candidate {
        answer(condition.rawValue, "false", .condition(condition, present: false))
    }

    func no(_ therapy: Therapy) -> Candidate {
        answer(therapy.rawValue, "false", .therapy(therapy, active: false))
    }

    func no(_ symptom: Symptom) -> Candidate {
        answer(symptom.rawValue, "false", .symptom(symptom, present: false))
    }

    func yes(_ condition: ClinicalCondition) -> Candidate {
        answer(condition.rawValue, "true", .condition(condition, present: true))
    }

    func yes(_ therapy: Therapy) -> Candidate {
        answer(therapy.rawValue, "true", .therapy(therapy, active: true))
    }

    func yes(_ symptom: Symptom) -> Candidate {
        answer(symptom.rawValue, "true", .symptom(symptom, present: true))
    }

    /// A unit of red cells, given.
    var transfusion: Candidate {
        Candidate(
            fact: NewFact(.answer, "transfusions-of-the-day", "1", "=", "1", on: date),
            trials: [.command(.recordTransfusion(Transfusion(id: id(0), units: 1), at: at))],
            at: at)
    }

    func weight(_ choice: Choice) -> Candidate {
        Candidate(
            fact: NewFact(
                .measurement, "weight", "\(choice.value)", unit: Units.Kilogram.ucum,
                choice.comparison, choice.threshold, on: date),
            trials: [
                .command(
                    .recordMeasurements(weight: Kilograms(choice.value), height: nil, at: at))
            ], at: at)
    }

    func result(_ analyte: Analyte, _ choice: Choice) -> Candidate {
        Candidate(
            fact: NewFact(
                .result, analyte.predicateName, "\(choice.value)", unit: analyte.canonicalUnit,
                choice.comparison, choice.threshold, analytes: [analyte], on: date),
            trials: [.command(recorded([(analyte, choice.value)]))], at: at)
    }

    /// A result of each of `analytes`, whatever they are.
    func any(_ analytes: [Analyte]) -> Candidate {
        Candidate(
            fact: present(analytes),
            trials: [
                .command(recorded(analytes.map { ($0, $0.possible.low) })),
                .command(recorded(analytes.map { ($0, $0.possible.high) })),
            ], at: at)
    }

    /// A result, whatever it is: by the lowest and the highest that can be, and by every one of `choices`,
    /// since a rule may say one thing at both ends and another between two thresholds.
    func any(_ analyte: Analyte, among choices: [Choice]) -> Candidate {
        let values = [analyte.possible.low, analyte.possible.high] + choices.map(\.value)
        return Candidate(
            fact: present([analyte]), trials: values.map { .command(recorded([(analyte, $0)])) },
            at: at)
    }

    private func present(_ analytes: [Analyte]) -> NewFact {
        NewFact(
            analytes.count == 1 ? .result : .panel,
            analytes.map(\.predicateName).joined(separator: ", "), nil, "present",
            analytes.count == 1 ? "a result" : "results of one specimen", analytes: analytes,
            on: date)
    }

    /// Results of one specimen.
    func panel(_ values: [(analyte: Analyte, value: Decimal)]) -> Candidate {
        let text = values.map {
            "\($0.analyte.predicateName) \($0.value) \($0.analyte.canonicalUnit)"
        }
        .joined(separator: ", ")
        return Candidate(
            fact: NewFact(
                .panel, values.map(\.analyte.predicateName).joined(separator: ", "), text, "=",
                text,
                analytes: values.map(\.analyte), on: date),
            trials: [.command(recorded(values))], at: at)
    }

    private func recorded(_ values: [(analyte: Analyte, value: Decimal)]) -> PatientCommand {
        .recordLabs(
            values.enumerated().map { index, one in
                LabResult(
                    id: id(index), analyte: one.analyte,
                    value: LabValue(
                        comparator: nil, reported: one.value,
                        reportedUnit: one.analyte.canonicalUnit, canonical: one.value),
                    collectedAt: at, status: .final, referenceLow: nil, source: nil)
            })
    }

    func waiting(until day: CalendarDate) -> Candidate {
        Candidate(
            fact: NewFact(.date, "date", "\(day)", ">=", "\(day)", on: day), trials: [.waiting],
            at: hypothesis.moment(at, on: day))
    }

    func check(
        _ what: String, _ value: String, unit: String? = nil, _ comparison: String,
        _ threshold: String, _ check: ChairsideCheck
    ) -> Candidate {
        Candidate(
            fact: NewFact(
                .chairsideCheck, what, value, unit: unit, comparison, threshold, on: date),
            trials: [.command(.recordChairsideCheck(check, at: at))], at: at)
    }

    /// By a prescriber, with a second signature where `coSigned`.
    func override(
        _ gate: Gate, of order: OrderID, dose: Milligrams, coSigned: Bool
    ) -> Candidate {
        Candidate(
            fact: NewFact(
                .override, gate.rawValue, nil, "present",
                coSigned ? "a prescriber and a second person" : "a prescriber", on: date),
            trials: [
                .command(
                    .overrideGate(
                        OverrideGate(
                            id: id(0), gate: gate, order: order, reason: .benefitOutweighsRisk,
                            justification: "Asked about, and not granted.", role: .prescriber,
                            coSigner: coSigned ? "another person" : nil,
                            expiresAt: at.adding(hours: WhyLimits.overrideHours), dose: dose)))
            ], at: at)
    }
}
