import Foundation

extension RecheckView {
    /// R2: haemoglobin trend, for all who were anaemic before the course.
    func hemoglobinTrend() -> RecheckOutcome {
        let oncology = oncologyTreatment != nil
        let escalation = oncology ? RecheckOutcome.nothing : hemoglobinEscalation(.hemoglobinTrend)
        if escalation.required != nil { return escalation }
        var outcome = hemoglobinTrendAfterIron()
        outcome.satisfied.merge(escalation.satisfied) { base, _ in base }
        return outcome
    }

    private func hemoglobinTrendAfterIron() -> RecheckOutcome {
        guard let dose = picture.administered.last else { return .nothing }
        let anemia = baselineAnemia(of: dose)
        if anemia.holds == false { return .nothing }
        return respond(
            .hemoglobinTrend, tests: [.hemoglobin], reason: "hemoglobin-trend",
            urgency: hemoglobinUrgency,
            predicates: { _ in [anemia] + hemoglobinUrgencyPredicates },
            window: { _ in windows.hemoglobinTrend })
    }

    /// R3: haemoglobin response, for all; urgent while haemoglobin is below 8. Where the answer is that
    /// there was none, somebody looks soon.
    func hemoglobinResponse() -> RecheckOutcome {
        var outcome = respond(
            .hemoglobinResponse, tests: [.hemoglobin], reason: "response-after-course",
            urgency: hemoglobinUrgency, predicates: { _ in hemoglobinUrgencyPredicates },
            window: { _ in windows.hemoglobinResponse })
        guard outcome.required == nil else { return outcome }
        let failure = noResponse()
        outcome.satisfied.merge(failure.satisfied) { base, _ in base }
        outcome.required = failure.required
        return outcome
    }

    /// An anaemic patient whose haemoglobin is neither normal nor up by as much as a partial response
    /// when the verdict becomes final, nor was before: why not is asked within two weeks (facts
    /// §6, urgency ladder; SEED-B). Counted from the first result that says so. A better one takes it
    /// away, red cells make it unassessable, and iron ordered since is the decision.
    private func noResponse() -> RecheckOutcome {
        guard let dose = picture.administered.last, let end = dose.end,
            let course = ResponseCourse(dose.order, picture), let baseline = course.baseline,
            picture.isAnemic(baseline),
            !state.transfusions.contains(where: { $0.effectiveAt > baseline.collectedAt })
        else { return .nothing }
        let last = end.given.localDate
        let earliest = last.adding(days: policy.response.firstDays)
        let final = last.adding(days: policy.response.finalDays)
        let answers = picture.readings(.hemoglobin).around(earliest).filter {
            $0.date >= earliest && picture.flaw(of: $0) == nil
        }
        guard answers.allSatisfy({ isNoResponse($0, to: baseline) }),
            let told = answers.first(where: { $0.date >= final })
        else { return .nothing }
        let anchor = RecheckAnchor(
            kind: .result, version: told.evidence, at: told.collectedAt, date: told.date)
        let rise = Predicate.fact(
            "hemoglobin-rise", told.value.canonical - baseline.value.canonical,
            unit: Units.GramPerDeciliter.ucum, "<", policy.response.partialRise, holds: true,
            source: policy.because(.responsePartialRise),
            evidence: [baseline.evidence, told.evidence])
        return recheck(
            .hemoglobinResponse, from: anchor, window: windows.escalation(.soon),
            tests: Self.ironPanel.union([.vitaminB12, .folate]), reason: "no-response",
            urgency: .soon, predicates: [rise]
        ) { _ in
            state.orders.first { $0.orderedAt >= told.collectedAt && $0.cancellation == nil }
                .map { [$0.version] }
        }
    }

    private func isNoResponse(_ lab: LabFact, to baseline: LabFact) -> Bool {
        picture.isAnemic(lab)
            && lab.value.canonical - baseline.value.canonical < policy.response.partialRise
    }

    /// R4: ferritin and transferrin saturation, for all.
    func ironStores() -> RecheckOutcome {
        respond(
            .ironStores, tests: [.ferritin, .transferrinSaturation], reason: "stores-after-course",
            urgency: .routine, predicates: { [picture.ironWindowPredicate(on: $0.date)] },
            window: {
                windows.ironStores(
                    earliest: picture.ironWindow(on: $0.date),
                    because: policy.because(picture.ironWindowSetting(on: $0.date)))
            })
    }

    /// R6: the full iron panel, twelve weeks on, for all.
    func fullIronPanel() -> RecheckOutcome {
        respond(
            .fullIronPanel, tests: Self.ironPanel, reason: "full-iron-panel", urgency: .routine,
            predicates: { _ in [] }, window: { _ in windows.fullIronPanel })
    }

    /// Counts from the last dose that put iron into the patient, and from a transfusion since.
    private func respond(
        _ rule: RecheckRule, tests: Set<Analyte>, reason: String, urgency: Urgency,
        predicates: (RecheckAnchor) -> [Predicate], window: (RecheckAnchor) -> RecheckWindow
    ) -> RecheckOutcome {
        guard let first = lastDoseAnchor else { return .nothing }
        return respond(
            rule, to: first, tests: tests, reason: reason, urgency: urgency,
            predicates: predicates, window: window)
    }

    /// Counts from `first`; a transfusion re-anchors what was not answered before it. So it is with
    /// the rules whose tests red cells change and that count from a dose: R2, R3, R4, R6 and R16. What
    /// patients say and phosphate do not change (R1, R5, R5s), the heart-failure plan is never
    /// re-anchored, and what repeats goes on by the calendar, while a result that red cells spoil
    /// answers nothing.
    func respond(
        _ rule: RecheckRule, to first: RecheckAnchor, tests: Set<Analyte>, reason: String,
        urgency: Urgency, predicates: (RecheckAnchor) -> [Predicate],
        window: (RecheckAnchor) -> RecheckWindow
    ) -> RecheckOutcome {
        let later = state.transfusions.filter { $0.effectiveAt > first.at }
            .sorted { ($0.effectiveAt, $0.version) < ($1.effectiveAt, $1.version) }
            .map { transfusion in
                RecheckAnchor(
                    kind: .transfusion, version: transfusion.version, at: transfusion.effectiveAt,
                    date: picture.localDate(transfusion.effectiveAt))
            }
        let anchors = [first] + later
        for (index, anchor) in anchors.enumerated() {
            let next = index + 1 < anchors.count ? anchors[index + 1].at : nil
            let outcome = recheck(
                rule, from: anchor, window: window(anchor), tests: tests,
                reason: index == 0 ? reason : reason + "-after-transfusion", urgency: urgency,
                predicates: predicates(anchor)
            ) { firstPanel(of: tests, from: $0, before: next) }
            if next == nil || outcome.required == nil { return outcome }
        }
        return .nothing
    }
}
