import Foundation
import Infusion
import Testing

/// What would change an answer, asked of a story.
extension Story {
    /// The gates' answer for a dose at this time, asked at the same moment.
    func review(order: UInt64 = 1, dose: Decimal? = nil, at time: String) throws -> GateReview {
        let now = clinic.at(time)
        return try GateReview(
            of: id(order), dose: dose.map { Milligrams($0) }, at: now, given: state,
            in: clinic.context(now: now))
    }

    func change(
        _ gate: Gate, order: UInt64 = 1, dose: Decimal? = nil, at time: String
    ) throws -> WouldChange? {
        let now = clinic.at(time)
        return try review(order: order, dose: dose, at: time).wouldChange(
            at: now, given: state, in: clinic.context(now: now))[gate]
    }

    /// Tells the fact by the command a clinic would send, or waits for its day; the time it is then.
    mutating func tells(
        _ fact: NewFact, order: UInt64 = 1, dose: Decimal? = nil, at time: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> String {
        let at = clinic.at(time)
        let value = fact.value ?? fact.threshold
        switch fact.code {
        case .answer where fact.what == "transfusions-of-the-day":
            does(
                .recordTransfusion(Transfusion(id: id(90_003), units: 1), at: at), at: time,
                sourceLocation: sourceLocation)
        case .answer:
            let contexts = state.contexts.at(at)?.value ?? []
            let told = try #require(Self.fact(fact, at: at), sourceLocation: sourceLocation)
            does(
                .setClinicalContext(
                    contexts, facts: [told], at: at, signOff: Act.signOff()), at: time,
                sourceLocation: sourceLocation)
        case .result:
            let analyte = fact.analytes[0]
            let number = fact.value.map { decimal($0) } ?? analyte.possible.high
            does(
                .recordLabs([Act.result(90_001, analyte, number, at)]), at: time,
                sourceLocation: sourceLocation)
        case .measurement:
            does(
                .recordMeasurements(weight: Kilograms(decimal(value)), height: nil, at: at),
                at: time, sourceLocation: sourceLocation)
        case .chairsideCheck:
            does(
                .recordChairsideCheck(Self.check(fact), at: at), at: time,
                sourceLocation: sourceLocation)
        case .release:
            does(
                .releaseOrder(id(order), signOff: Act.signOff()), at: time,
                sourceLocation: sourceLocation)
        case .override:
            let gate = try #require(Gate(rawValue: fact.what), sourceLocation: sourceLocation)
            let coSigner = fact.threshold == "a prescriber" ? nil : "Dr Verdi"
            does(
                Act.override(
                    90_002, gate, order: order, coSigner: coSigner, dose: dose,
                    until: at.adding(hours: 8)),
                at: time, sourceLocation: sourceLocation)
        case .date: return "\(fact.on) \(time.split(separator: " ").last ?? "12:00")"
        case .panel:
            let numbers = (fact.value ?? "").components(separatedBy: ", ").compactMap {
                $0.split(separator: " ").dropFirst().first.map { decimal(String($0)) }
            }
            try #require(numbers.count == fact.analytes.count, sourceLocation: sourceLocation)
            let results = zip(fact.analytes, numbers).enumerated().map { index, one in
                Act.result(90_010 + UInt64(index), one.0, one.1, at)
            }
            does(.recordLabs(results), at: time, sourceLocation: sourceLocation)
        case .order, .closure:
            Issue.record("not told by one command of these tests", sourceLocation: sourceLocation)
        }
        return time
    }

    /// All as it should be, but for what the fact says.
    private static func check(_ fact: NewFact) -> ChairsideCheck {
        let usual = Act.check
        let whole = fact.value.flatMap { Int($0) }
        func vital(_ name: String, _ usual: Int?) -> Int? { fact.what == name ? whole : usual }
        return ChairsideCheck(
            vitals: usual.vitals.map { vitals in
                VitalSigns(
                    systolic: vital("systolic", vitals.systolic), diastolic: vitals.diastolic,
                    heartRate: vital("heart-rate", vitals.heartRate),
                    respiratoryRate: vitals.respiratoryRate,
                    oxygenSaturation: vital("oxygen-saturation", vitals.oxygenSaturation),
                    temperature: fact.what == "temperature"
                        ? fact.value.map { decimal($0) } : vitals.temperature)
            },
            isStaffed: fact.what == "staffed-for-anaphylaxis" ? fact.value == "true" : true,
            hasConsent: fact.what == "consent-recorded" ? fact.value == "true" : true)
    }

    private static func fact(_ fact: NewFact, at: Instant) -> ClinicalFact? {
        let isTrue = fact.threshold == "true"
        if let symptom = Symptom(rawValue: fact.what) { return .symptom(symptom, present: isTrue) }
        if let condition = ClinicalCondition(rawValue: fact.what) {
            return .condition(condition, present: isTrue)
        }
        if let therapy = Therapy(rawValue: fact.what) { return .therapy(therapy, active: isTrue) }
        if let test = NamedTest(rawValue: fact.what) {
            return .tested(test, on: CalendarDate(fact.threshold))
        }
        switch fact.what {
        case "active-infection": return .infection(active: isTrue)
        case "pregnancy":
            return .pregnancy(
                fact.value == "pregnant" ? .pregnant(estimatedDueDate: nil) : .notPregnant)
        case "estimated-due-date":
            return .pregnancy(.pregnant(estimatedDueDate: CalendarDate(fact.threshold)))
        case "hypophosphatemia-risk": return .hypophosphatemiaRisk(present: isTrue)
        case "cardiovascular-disease": return .cardiovascularDisease(isTrue)
        case "known-iron-overload": return .knownIronOverload(isTrue)
        case "planned-mri":
            return .planned(.magneticResonanceImaging, on: fact.value.flatMap { CalendarDate($0) })
        case "serious-iron-allergy":
            return .ironAllergy(IronAllergy(moiety: .ferricCarboxymaltose, serious: true))
        case "cancer-infusion":
            return .cancerInfusion(
                CancerInfusion(start: at.adding(minutes: -1), end: at, cardiotoxic: true))
        default: return nil
        }
    }
}

/// The gate is shut, its fact is of the code, and telling it opens the gate.
@discardableResult
func opens(
    _ gate: Gate, by code: NewFact.Code, _ story: Story, order: UInt64 = 1,
    dose: Decimal? = nil, at time: String = "2026-03-02 12:00",
    sourceLocation: SourceLocation = #_sourceLocation
) throws -> NewFact {
    let before = try story.review(order: order, dose: dose, at: time)
    #expect(
        before.findings.first { $0.gate == gate }?.isShut == true, sourceLocation: sourceLocation)
    let fact = try #require(
        try story.change(gate, order: order, dose: dose, at: time)?.fact,
        sourceLocation: sourceLocation)
    #expect(fact.code == code, sourceLocation: sourceLocation)
    #expect(!fact.sentence.isEmpty, sourceLocation: sourceLocation)
    var told = story
    let then = try told.tells(
        fact, order: order, dose: dose, at: time, sourceLocation: sourceLocation)
    let after = try told.review(order: order, dose: before.dose.value, at: then)
    #expect(
        after.findings.first { $0.gate == gate }?.isShut == false, sourceLocation: sourceLocation)
    return fact
}
