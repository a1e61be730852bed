import Foundation

/// Gates that read the iron status, the blood count and what the founding documents say of them.
extension Gates {
    /// G-NOTID, hard: the results say that iron is not what is missing. A context's own rule for
    /// starting comes before it (R-11).
    static func notIronDeficiency(_ question: GateQuestion) -> Finding {
        let (markers, status) = question.diagnosis
        let shut: Bool =
            switch status.classification {
            case .replete, .notDeficient: markers.isComplete && status.eligibleToStart != true
            case .invalid, .indeterminate, .discordant, .overload, .absolute, .absoluteProvisional,
                .functional, .possible, .sequestration:
                false
            }
        return statusFinding(
            .notIronDeficiency, .hard, shut: shut, threshold: "replete, not-deficient", question,
            source: Gate.notIronDeficiency.because, next: "review-diagnosis")
    }

    /// G-SEQ: iron held back by inflammation. Soft; hard with a very high C-reactive protein or an
    /// infection. A context's own rule for starting comes before it (R-11).
    static func sequestration(_ question: GateQuestion) -> Finding {
        let (markers, status) = question.diagnosis
        let veryHigh =
            markers.cReactiveProtein.map { marker in
                ReportedRange(marker.marker.value, marker.marker.comparator)
                    .isAbove(question.policy.gates.sequestrationProtein) ?? true
            } ?? false
        let infection = question.picture.infection(at: question.picture.at)
        let infected = infection?.value ?? false
        let shut =
            status.classification == .sequestration && markers.isComplete
            && status.eligibleToStart != true
        return statusFinding(
            .sequestration, veryHigh || infected ? .hard : .soft, shut: shut,
            threshold: "sequestration", question, source: Gate.sequestration.because,
            next: "treat-the-cause",
            beside: (markers.cReactiveProtein?.marker.evidence ?? [])
                + (infected ? infection.map { [$0.version] } ?? [] : []))
    }

    /// - Parameter other: Events beside the markers' that say how hard it shuts.
    private static func statusFinding(
        _ gate: Gate, _ severity: Severity, shut: Bool, threshold: String,
        _ question: GateQuestion, source: String, next: String, beside other: [EventVersion] = []
    ) -> Finding {
        let (markers, status) = question.diagnosis
        let eligible = status.eligibleToStart == true ? ", eligible-to-start" : ""
        return Finding(
            gate, severity, shut ? .blocked : .passed,
            [
                .fact(
                    "iron-status", status.classification.name + eligible, "not-in", threshold,
                    holds: !shut, source: source, evidence: markers.evidence + other)
            ], next: next)
    }

    /// G-MBC, hard: in metastatic breast cancer iron is no default (SEED-C). Only proven deficiency
    /// opens it; the signed order is the clinician's choice, transfusion the pathway.
    static func metastaticBreastCancer(_ question: GateQuestion) -> Finding {
        let contexts = question.picture.contexts
        let applies =
            contexts?.value.contains(.metastaticBreastCancer) == true
            || question.terms.indication == .metastaticBreastCancer
        let source = Gate.metastaticBreastCancer.because
        guard applies else {
            return Finding(
                .metastaticBreastCancer, .hard, .passed,
                [
                    .fact(
                        "metastatic-breast-cancer", false, "=", "false", holds: true,
                        source: source, evidence: contexts.map { [$0.version] } ?? [])
                ])
        }
        let (markers, status) = question.diagnosis
        let proven: Bool =
            switch status.classification {
            case .absolute, .functional: markers.isComplete
            case .invalid, .indeterminate, .discordant, .overload, .absoluteProvisional, .possible,
                .sequestration, .notDeficient, .replete:
                false
            }
        return Finding(
            .metastaticBreastCancer, .hard, proven ? .passed : .blocked,
            [
                .fact(
                    "iron-status", status.classification.name, "in", "absolute, functional",
                    holds: proven, source: source, evidence: markers.evidence)
            ], next: "transfusion-pathway")
    }

    /// G-TX: a haemoglobin for which iron is not the rescue: below 7.0 g/dL; below 8.0 with
    /// cardiovascular disease, symptoms, or oncology on treatment (R-18). Iron is held and somebody
    /// looks the same day. Read for safety: no window makes such a result invalid (R-14).
    static func transfusion(_ question: GateQuestion) -> Finding {
        let unit = Units.GramPerDeciliter.ucum
        let (limit, source, reasons) = question.picture.transfusionThreshold
        guard let last = question.picture.latest(.hemoglobin) else {
            return Finding(
                .transfusion, .hard, .indeterminate,
                [.missing("hemoglobin", unit: unit, ">=", limit, source: source)],
                next: "order-labs")
        }
        let above = ReportedRange(last.value.canonical, last.value.comparator).isAtLeast(limit)
        let verdict: Verdict =
            switch above {
            case true?: .passed
            case false?: .blocked
            case nil: .indeterminate
            }
        return Finding(
            .transfusion, .hard, verdict,
            [
                Predicate(
                    name: "hemoglobin", value: last.value.text, unit: unit, comparison: ">=",
                    threshold: "\(limit)", holds: above, source: source,
                    evidence: [last.evidence])
            ] + reasons, next: "transfusion-evaluation-today")
    }

    /// G-ESA: iron beside an erythropoiesis-stimulating agent in cancer (ASCO/ASH 2019). Soft where
    /// the agent itself is not advised: curative intent, haemoglobin of 10 or more, no chemotherapy. The
    /// risk of thrombo-embolism is shown, and stops nothing.
    static func erythropoiesisStimulation(_ question: GateQuestion) -> Finding {
        let source = Gate.erythropoiesisStimulation.because
        let picture = question.picture
        let contexts = picture.contexts?.value ?? []
        let isOncology =
            contexts.contains(where: \.isOncology) || question.terms.indication.isOncology
        let agent = picture.state.facts.therapies[.erythropoiesisStimulatingAgent]?.at(picture.at)
        guard isOncology, let agent, agent.value else {
            if agent?.value == true, let risk = question.known(.thromboembolismRisk), risk.value {
                return Finding(
                    .erythropoiesisStimulation, .information, .blocked,
                    [thromboembolism(risk, source: stimulatedElsewhere.line)], next: "review-esa")
            }
            return Finding(
                .erythropoiesisStimulation, .soft, .passed,
                [
                    .fact(
                        "esa-in-cancer", false, "=", "false", holds: true, source: source,
                        evidence: agent.map { [$0.version] } ?? [])
                ])
        }
        var predicates: [Predicate] = []
        if let curative = question.known(.curativeIntent) {
            predicates.append(
                .fact(
                    "curative-intent", curative.value, "=", "false", holds: !curative.value,
                    source: source, evidence: [curative.version]))
        } else {
            predicates.append(.missing("curative-intent", "=", "false", source: source))
        }
        if let last = picture.latest(.hemoglobin) {
            let limit = question.policy.gates.stimulationHemoglobin
            predicates.append(
                Predicate(
                    name: "hemoglobin", value: last.value.text,
                    unit: Units.GramPerDeciliter.ucum, comparison: "<", threshold: "\(limit)",
                    holds: ReportedRange(last.value.canonical, last.value.comparator)
                        .isBelow(limit),
                    source: question.policy.because(.stimulationHemoglobin),
                    evidence: [last.evidence]))
        }
        let chemotherapy = picture.state.facts.therapies[.chemotherapy]?.at(picture.at)
        predicates.append(
            .fact(
                "chemotherapy", chemotherapy?.value ?? false, "=", "true",
                holds: chemotherapy?.value ?? false, source: source,
                evidence: chemotherapy.map { [$0.version] } ?? []))
        let advisedAgainst = predicates.contains { $0.holds == false }
        predicates.append(
            thromboembolism(question.known(.thromboembolismRisk), source: source))
        let isBlocked = predicates.contains { $0.holds == false }
        let isOpen = predicates.allSatisfy { $0.holds == true }
        return Finding(
            .erythropoiesisStimulation, advisedAgainst ? .soft : .information,
            isBlocked ? .blocked : isOpen ? .passed : .indeterminate, predicates,
            next: "review-esa")
    }

    /// Outside cancer the row of the facts says nothing: the boxed warning of the agents does.
    private static let stimulatedElsewhere = ClinicalSource(
        "labels of the agents: boxed warning of thrombo-embolism, not read", .generalKnowledge,
        .high)

    private static func thromboembolism(_ known: Kept<Bool>?, source: String) -> Predicate {
        guard let known else {
            return .missing("thromboembolism-risk", "=", "false", source: source)
        }
        return .fact(
            "thromboembolism-risk", known.value, "=", "false", holds: !known.value, source: source,
            evidence: [known.version])
    }

    /// G-HFINFO, information and never a gate: the fourth document's hypothesis that in heart failure
    /// a higher baseline ferritin goes with less iron taken up by the heart.
    static func heartFailureInformation(_ question: GateQuestion) -> Finding {
        let source = Gate.heartFailureInformation.because
        let contexts = question.picture.contexts
        let applies =
            contexts?.value.contains(.heartFailure) == true
            || question.terms.indication == .heartFailure
        guard applies, let ferritin = question.diagnosis.markers.ferritin else {
            return Finding(
                .heartFailureInformation, .information, .passed,
                [
                    .fact(
                        "heart-failure-with-known-ferritin", false, "=", "false", holds: true,
                        source: source, evidence: contexts.map { [$0.version] } ?? [])
                ])
        }
        let range = ReportedRange(ferritin.marker.value, ferritin.marker.comparator)
        let limit = question.policy.gates.informationFerritin
        let low = range.isBelow(limit)
        return Finding(
            .heartFailureInformation, .information, low == true ? .passed : .blocked,
            [
                Predicate(
                    name: "ferritin",
                    value: "\(ferritin.marker.comparator?.rawValue ?? "")"
                        + "\(ferritin.marker.value)", unit: Analyte.ferritin.canonicalUnit,
                    comparison: "<", threshold: "\(limit)", holds: low,
                    source: question.policy.because(.informationFerritin),
                    evidence: ferritin.marker.evidence)
            ], next: "show-ferrokinetic-class")
    }
}

extension IronMarkers {
    /// The events behind ferritin and saturation.
    var evidence: [EventVersion] {
        [ferritin, saturation].compactMap { $0?.marker.evidence }.flatMap(\.self)
    }
}
