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
            window: { _ in .hemoglobinTrend }, result: hemoglobinResult)
    }

    /// R3: haemoglobin response, for all; urgent while haemoglobin is below 8.
    func hemoglobinResponse() -> RecheckOutcome {
        respond(
            .hemoglobinResponse, tests: [.hemoglobin], reason: "response-after-course",
            urgency: hemoglobinUrgency, predicates: { _ in hemoglobinUrgencyPredicates },
            window: { _ in .hemoglobinResponse }, result: hemoglobinResult)
    }

    /// R4: ferritin and transferrin saturation, for all.
    func ironStores() -> RecheckOutcome {
        respond(
            .ironStores, tests: [.ferritin, .transferrinSaturation], reason: "stores-after-course",
            urgency: .routine, predicates: { [picture.ironWindowPredicate(on: $0.date)] },
            window: { .ironStores(earliest: picture.ironWindow(on: $0.date)) }, result: storesResult
        )
    }

    /// Counts from the last dose that put iron into the patient; a transfusion re-anchors a recheck
    /// that was not answered before it.
    private func respond(
        _ rule: RecheckRule, tests: Set<Analyte>, reason: String, urgency: Urgency,
        predicates: (RecheckAnchor) -> [Predicate], window: (RecheckAnchor) -> RecheckWindow,
        result: (CalendarDate, Instant?) -> [EventVersion]?
    ) -> RecheckOutcome {
        guard let dose = picture.administered.last, let end = dose.end else { return .nothing }
        let first = RecheckAnchor(
            kind: .dose, version: end.version, at: end.at, date: end.given.localDate)
        let later = state.transfusions.filter { $0.effectiveAt > end.at }
            .sorted { ($0.effectiveAt, $0.version) < ($1.effectiveAt, $1.version) }
            .map { transfusion in
                RecheckAnchor(
                    kind: .transfusion, version: transfusion.version, at: transfusion.effectiveAt,
                    date: picture.localDate(transfusion.effectiveAt))
            }
        let anchors = [first] + later
        for (index, anchor) in anchors.enumerated() {
            let id = RecheckID(rule: rule, anchor: anchor.version)
            if isClosedByPerson(id) { return .nothing }
            let days = window(anchor)
            let next = index + 1 < anchors.count ? anchors[index + 1].at : nil
            if let evidence = result(anchor.date.adding(days: days.earliest), next) {
                return RecheckOutcome(required: nil, satisfied: [id: evidence])
            }
            if next == nil {
                return RecheckOutcome(
                    required: opened(
                        id, from: anchor, window: days, tests: tests,
                        reason: index == 0 ? reason : reason + "-after-transfusion",
                        urgency: urgency, predicates: predicates(anchor)))
            }
        }
        return .nothing
    }

    /// The first valid haemoglobin collected on or after `date`, and before `limit`.
    private func hemoglobinResult(from date: CalendarDate, before limit: Instant?)
        -> [EventVersion]?
    {
        picture.readings(.hemoglobin).first { lab in
            lab.date >= date && limit.map { lab.collectedAt < $0 } ?? true
                && picture.flaw(of: lab) == nil
        }.map { [$0.evidence] }
    }

    /// The first valid ferritin and saturation collected on or after `date`, and before `limit`.
    private func storesResult(from date: CalendarDate, before limit: Instant?) -> [EventVersion]? {
        let ferritin = picture.readings(.ferritin).first { lab in
            lab.date >= date && limit.map { lab.collectedAt < $0 } ?? true
                && picture.flaw(of: lab) == nil
        }
        let saturation = picture.saturations().first { reading in
            reading.date >= date && limit.map { reading.collectedAt < $0 } ?? true
                && reading.flaw == nil
        }
        guard let ferritin, let saturation else { return nil }
        return [ferritin.evidence] + saturation.marker.evidence
    }
}
