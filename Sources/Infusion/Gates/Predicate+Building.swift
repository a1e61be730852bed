import Foundation

extension Predicate {
    /// A comparison whose answer is known.
    static func fact(
        _ name: String, _ value: some CustomStringConvertible, unit: String? = nil,
        _ comparison: String, _ threshold: some CustomStringConvertible, holds: Bool,
        source: String,
        evidence: [EventVersion] = []
    ) -> Predicate {
        Predicate(
            name: name, value: value.description, unit: unit, comparison: comparison,
            threshold: threshold.description, holds: holds, source: source, evidence: evidence)
    }

    /// A comparison that nothing known can answer.
    static func missing(
        _ name: String, unit: String? = nil, _ comparison: String,
        _ threshold: some CustomStringConvertible, source: String, evidence: [EventVersion] = []
    ) -> Predicate {
        Predicate(
            name: name, value: nil, unit: unit, comparison: comparison,
            threshold: threshold.description, holds: nil, source: source, evidence: evidence)
    }
}

extension Predicate {
    /// A reading: turned round where it does not hold, `ferritin 420 >= 30` for `< 30`.
    var asItStands: Predicate {
        guard holds == false, let told = IronThreshold.Comparison(rawValue: comparison) else {
            return self
        }
        return Predicate(
            name: name, value: value, unit: unit, comparison: told.opposite.rawValue,
            threshold: threshold, holds: true, source: source, evidence: evidence)
    }
}

extension Finding {
    /// A finding under the gate's own rule version.
    init(
        _ gate: Gate, _ severity: Severity, _ verdict: Verdict, _ predicates: [Predicate],
        next: String? = nil, from: CalendarDate? = nil
    ) {
        self.init(
            gate: gate, ruleVersion: RuleVersions.version(of: gate), severity: severity,
            verdict: verdict, predicates: predicates, nextStep: verdict == .passed ? nil : next,
            passesFrom: from)
    }

    /// Shut: blocked, or not to be told, which is never treated as passed.
    public var isShut: Bool {
        switch verdict {
        case .blocked, .indeterminate: true
        case .passed, .overridden: false
        }
    }

    /// A dose needs every gate open; information stops nothing.
    public var refusesDose: Bool { isShut && severity != .information }

    /// What no waiting can mend, or what makes the prescription itself wrong.
    var refusesOrder: Bool {
        guard verdict == .blocked else { return false }
        switch gate {
        case .anaphylaxisSameProduct, .heartFailureHemoglobin: return true
        case .weightAndAge, .cumulativeDose: return severity == .hard || severity == .absolute
        case .order, .diagnosis, .overload, .infection, .anaphylaxisAnyIron, .firstTrimester,
            .phosphate, .interval, .notIronDeficiency, .sequestration, .minorReaction, .atopy,
            .phosphateSymptoms,
            .magneticResonance, .chemotherapySpacing, .cardiotoxicChemotherapy,
            .aceInhibitor, .liver, .oralIron, .erythropoiesisStimulation,
            .metastaticBreastCancer, .transfusion, .transfusionSameDay, .vitals, .staff,
            .consent, .heartFailureInformation,
            .immunocompromised, .laterPregnancy:
            return false
        }
    }

    /// What is sure to be shut on the appointment's date too.
    var refusesBooking: Bool {
        guard verdict == .blocked else { return false }
        switch gate {
        case .order, .anaphylaxisSameProduct, .firstTrimester: return true
        case .interval: return severity == .hard || severity == .absolute
        case .overload: return severity == .absolute
        // The week's dates are known; what the course holds may have changed by then.
        case .cumulativeDose:
            let isAboveWeek = predicates.contains {
                $0.name == PredicateName.ironInSevenDates && $0.holds == false
            }
            return isAboveWeek && (severity == .hard || severity == .absolute)
        case .diagnosis, .infection, .anaphylaxisAnyIron, .phosphate, .weightAndAge,
            .notIronDeficiency, .sequestration, .minorReaction, .atopy,
            .phosphateSymptoms,
            .heartFailureHemoglobin, .magneticResonance, .chemotherapySpacing,
            .cardiotoxicChemotherapy, .aceInhibitor, .liver, .oralIron,
            .erythropoiesisStimulation, .metastaticBreastCancer, .transfusion,
            .transfusionSameDay, .vitals, .staff, .consent, .heartFailureInformation,
            .immunocompromised, .laterPregnancy:
            return false
        }
    }
}
