import Foundation

extension Gates {
    /// G-DX, an allow-list: ABSOLUTE, FUNCTIONAL, or eligible to start in the *order's*
    /// context. SEQUESTRATION is left to G-SEQ; POSSIBLE_ID is soft; everything else is hard.
    static func diagnosis(_ question: GateQuestion) -> Finding {
        let (markers, status) = question.diagnosis
        let (severity, verdict) = answer(status, markers)
        let eligible = status.eligibleToStart == true ? ", eligible-to-start" : ""
        let answerPredicate = Predicate(
            name: "iron-status", value: status.classification.name + eligible, unit: nil,
            comparison: "in",
            threshold: "absolute, functional, eligible-to-start, sequestration by G-SEQ",
            holds: verdict == .indeterminate ? nil : verdict == .passed,
            source: Gate.diagnosis.because,
            evidence: [markers.ferritin, markers.saturation].compactMap { $0?.marker.evidence }
                .flatMap(\.self))
        let tooYoung = verdict == .indeterminate ? adultsOnly(question, status) : []
        let next = verdict == .indeterminate ? "order-labs" : "review-diagnosis"
        return Finding(
            .diagnosis, severity, verdict,
            [answerPredicate] + tooYoung + markers.predicates
                + readings(status.predicates, verdict)
                + (verdict == .passed ? unread(question, markers) : []),
            next: tooYoung.isEmpty ? next : "clinician-decision",
            from: markers.isComplete ? nil : question.markersValidFrom)
    }

    /// The row of the general context is for adults, and no other says what the markers of a child mean
    /// no result can open the gate.
    private static func adultsOnly(_ question: GateQuestion, _ status: IronStatus) -> [Predicate] {
        guard status.context == .general, status.flags.contains(.notAdult) else { return [] }
        let source = ClinicalSource(
            "clinical facts R-12: adults only; a child needs a clinician's decision",
            .engineeringDefault, .medium
        ).line
        guard let age = question.picture.age(on: question.date) else {
            return [.missing("age", ">=", Age.adult, source: source)]
        }
        return [
            .fact(
                "age", age, ">=", Age.adult, holds: false, source: source,
                evidence: question.picture.state.registration.map { [$0.version] } ?? [])
        ]
    }

    /// What a diagnosis in the order's context asks for and did without (facts §3.1): named, and shutting
    /// nothing, since the table gives it no consequence.
    private static func unread(_ question: GateQuestion, _ markers: IronMarkers) -> [Predicate] {
        guard question.terms.indication.requiresProtein, markers.cReactiveProtein == nil else {
            return []
        }
        let required: [Analyte] = [
            .hemoglobin, .ferritin, .transferrinSaturation, .cReactiveProtein,
        ]
        return [
            .fact(
                "required-result-missing", Analyte.cReactiveProtein.predicateName, "in",
                required.map(\.predicateName).joined(separator: ", "), holds: true,
                source: IronPredicates.required.line)
        ]
    }

    /// The comparisons behind a status, as they stand. What could not be told made no difference to
    /// a verdict that passed.
    private static func readings(_ predicates: [Predicate], _ verdict: Verdict) -> [Predicate] {
        predicates.filter { verdict != .passed || $0.holds != nil }.map(\.asItStands)
    }

    private static func answer(
        _ status: IronStatus, _ markers: IronMarkers
    ) -> (Severity, Verdict) {
        guard markers.isComplete else { return (.hard, .indeterminate) }
        switch status.classification {
        case .absolute, .functional: return (.hard, .passed)
        case .overload, .discordant, .invalid:
            return (.hard, status.classification == .invalid ? .indeterminate : .blocked)
        case .indeterminate, .absoluteProvisional:
            return (.hard, status.eligibleToStart == true ? .passed : .indeterminate)
        // G-SEQ's to judge.
        case .sequestration: return (.hard, .passed)
        case .possible: return status.eligibleToStart == true ? (.hard, .passed) : (.soft, .blocked)
        case .notDeficient, .replete:
            return (.hard, status.eligibleToStart == true ? .passed : .blocked)
        }
    }

    /// G-OVERLOAD: absolute where haemochromatosis or transfusional overload is known, hard by the
    /// markers above the strictest ceiling of the active contexts.
    static func overload(_ question: GateQuestion) -> Finding {
        let known = question.picture.state.facts.knownIronOverload.at(question.picture.at)
        if let known, known.value {
            return Finding(
                .overload, .absolute, .blocked,
                [
                    .fact(
                        "known-iron-overload", true, "=", "false", holds: false,
                        source: Gate.overload.because, evidence: [known.version])
                ], next: "hematology")
        }
        let (markers, status) = question.diagnosis
        let isOverload = status.classification == .overload
        let ceilings = IronPredicates.ceilings(
            question.statusInput(markers), question.policy.iron)
        // A comparator such as `>500` may hide what is above a ceiling.
        let told =
            markers.ferritin != nil && markers.saturation != nil
            && ceilings.allSatisfy { $0.holds != nil }
        let verdict: Verdict = isOverload ? .blocked : told ? .passed : .indeterminate
        let answer = Predicate(
            name: "iron-status", value: told || isOverload ? status.classification.name : nil,
            unit: nil, comparison: "not-in", threshold: IronClassification.overload.name,
            holds: verdict == .indeterminate ? nil : !isOverload, source: Gate.overload.because,
            evidence: [markers.ferritin, markers.saturation].compactMap { $0?.marker.evidence }
                .flatMap(\.self))
        return Finding(
            .overload, .hard, verdict,
            [answer] + markers.storesPredicates + readings(ceilings, verdict),
            next: isOverload ? "hematology" : "order-labs")
    }
}

extension GateQuestion {
    /// What the classification is asked, in the order's own context.
    func statusInput(_ markers: IronMarkers) -> IronStatusInput {
        var circumstances = picture.circumstances(on: date)
        if HeartFailurePlan.isMaintenance(self) { circumstances.insert(.heartFailureMaintenance) }
        let isIBD = terms.indication == .ibdActive || terms.indication == .ibdInactive
        if isIBD, picture.administered.contains(where: { $0.order != terms.id }) {
            circumstances.insert(.ibdRetreatment)
        }
        return IronStatusInput(
            context: terms.indication, activeContexts: picture.contexts?.value ?? [],
            ferritin: markers.ferritin?.marker, saturation: markers.saturation?.marker,
            cReactiveProtein: markers.cReactiveProtein?.marker,
            reticulocyteHemoglobin: picture.reticulocyteHemoglobin, circumstances: circumstances)
    }

    /// The first date on which ferritin and saturation may be drawn after the iron already given.
    var markersValidFrom: CalendarDate? {
        guard let last = picture.lastDose(by: picture.at)?.end?.given.localDate else { return nil }
        let first = (0...policy.specimens.ironDays).map { last.adding(days: $0) }.first {
            $0.days(since: last) >= picture.ironWindow(on: $0)
        }
        return first.flatMap { $0 > picture.localDate(picture.context.now) ? $0 : nil }
    }
}

extension IronClassification {
    /// Stable for findings; renaming a case must not change what is stored.
    public var name: String {
        switch self {
        case .invalid: "invalid"
        case .indeterminate: "indeterminate"
        case .discordant: "discordant"
        case .overload: "overload"
        case .absolute: "absolute"
        case .absoluteProvisional: "absolute-provisional"
        case .functional: "functional"
        case .possible: "possible"
        case .sequestration: "sequestration"
        case .notDeficient: "not-deficient"
        case .replete: "replete"
        }
    }
}
