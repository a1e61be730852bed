/// A gate's rule: the question in, the finding with everything it rested on out.
typealias GateRule = (GateQuestion) -> Finding

/// The gates before an infusion (facts §4 with the resolutions of §0.2), one function each.
enum Gates {
    /// Every gate's answer, in the order of ``Gate``'s cases.
    static func evaluate(_ question: GateQuestion) -> [Finding] {
        Gate.allCases.map { rule(for: $0)(question) }
    }

    /// As hard as the site lets it shut.
    static func rule(for gate: Gate) -> GateRule {
        let rule = ownRule(for: gate)
        return { rule($0).raised(by: $0.picture.context.site.raisedGates) }
    }

    private static func ownRule(for gate: Gate) -> GateRule {
        switch gate {
        case .order: order
        case .diagnosis: diagnosis
        case .overload: overload
        case .infection: infection
        case .anaphylaxisSameProduct: anaphylaxisSameProduct
        case .anaphylaxisAnyIron: anaphylaxisAnyIron
        case .firstTrimester: firstTrimester
        case .phosphate: phosphate
        case .cumulativeDose: cumulativeDose
        case .interval: interval
        case .weightAndAge: weightAndAge
        case .notIronDeficiency: notIronDeficiency
        case .sequestration: sequestration
        case .minorReaction: minorReaction
        case .atopy: atopy
        case .phosphateSymptoms: phosphateSymptoms
        case .heartFailureHemoglobin: heartFailureHemoglobin
        case .magneticResonance: magneticResonance
        case .chemotherapySpacing: chemotherapySpacing
        case .cardiotoxicChemotherapy: cardiotoxicChemotherapy
        case .aceInhibitor: aceInhibitor
        case .liver: liver
        case .oralIron: oralIron
        case .erythropoiesisStimulation: erythropoiesisStimulation
        case .metastaticBreastCancer: metastaticBreastCancer
        case .transfusion: transfusion
        case .transfusionSameDay: transfusionSameDay
        case .vitals: vitals
        case .staff: staff
        case .consent: consent
        case .heartFailureInformation: heartFailureInformation
        case .immunocompromised: immunocompromised
        case .laterPregnancy: laterPregnancy
        }
    }

    /// G-ORDER, absolute: a signed, active prescription covers product, dose and indication.
    static func order(_ question: GateQuestion) -> Finding {
        let source = Gate.order.because
        guard let record = question.terms.placed else {
            return Finding(
                .order, .absolute, .passed,
                [
                    .fact(
                        "signed-by", question.terms.prescriber, "present", "signature", holds: true,
                        source: source)
                ])
        }
        let isActive = record.status == .active
        let evidence =
            [record.version] + record.holds.map(\.version)
            + (record.cancellation.map { [$0.version] } ?? [])
        let covered = question.amount <= record.remaining
        return Finding(
            .order, .absolute, isActive && covered ? .passed : .blocked,
            [
                .fact(
                    "order-status", record.status.rawValue, "=", OrderStatus.active.rawValue,
                    holds: isActive, source: source, evidence: evidence),
                .fact(
                    "dose", question.amount.value, unit: Units.Milligram.ucum, "<=",
                    record.remaining.value, holds: covered, source: source,
                    evidence: [record.version]),
            ], next: "request-order")
    }
}
