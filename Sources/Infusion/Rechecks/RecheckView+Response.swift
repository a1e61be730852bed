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

    /// R3: haemoglobin response, for all; urgent while haemoglobin is below 8.
    func hemoglobinResponse() -> RecheckOutcome {
        respond(
            .hemoglobinResponse, tests: [.hemoglobin], reason: "response-after-course",
            urgency: hemoglobinUrgency, predicates: { _ in hemoglobinUrgencyPredicates },
            window: { _ in windows.hemoglobinResponse })
    }

    /// R4: ferritin and transferrin saturation, for all.
    func ironStores() -> RecheckOutcome {
        respond(
            .ironStores, tests: [.ferritin, .transferrinSaturation], reason: "stores-after-course",
            urgency: .routine, predicates: { [picture.ironWindowPredicate(on: $0.date)] },
            window: { windows.ironStores(earliest: picture.ironWindow(on: $0.date)) })
    }

    /// R6: the full iron panel, twelve weeks on, for all.
    func fullIronPanel() -> RecheckOutcome {
        respond(
            .fullIronPanel, tests: Self.ironPanel, reason: "full-iron-panel", urgency: .routine,
            predicates: { _ in [] }, window: { _ in windows.fullIronPanel })
    }

    /// Counts from the last dose that put iron into the patient; a transfusion re-anchors a recheck
    /// that was not answered before it.
    private func respond(
        _ rule: RecheckRule, tests: Set<Analyte>, reason: String, urgency: Urgency,
        predicates: (RecheckAnchor) -> [Predicate], window: (RecheckAnchor) -> RecheckWindow
    ) -> RecheckOutcome {
        guard let first = lastDoseAnchor else { return .nothing }
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
