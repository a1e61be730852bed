import Foundation

/// R12: what starts another course in inflammatory bowel disease.
extension RecheckView {
    /// Whether to give another course, once ferritin is below its limit or haemoglobin below normal again:
    /// counted from the newest result that says so. Before the verdict on the course is final, a
    /// low result is the course's own. An order signed since is the decision; a later panel
    /// takes the place of what it rests on.
    func retreatment(since start: RecheckAnchor, in context: Predicate) -> RecheckOutcome {
        let first = start.date.adding(days: policy.response.finalDays)
        let low = [Analyte.ferritin, .hemoglobin].compactMap { analyte in
            picture.readings(analyte).last { $0.date >= first && picture.flaw(of: $0) == nil }
        }.filter(isBelowRetreatment)
        guard
            let newest = low.max(by: {
                ($0.collectedAt, $0.evidence) < ($1.collectedAt, $1.evidence)
            })
        else { return .nothing }
        let anchor = RecheckAnchor(
            kind: .result, version: newest.evidence, at: newest.collectedAt, date: newest.date)
        return recheck(
            .bowelDiseaseSurveillance, from: anchor, window: windows.retreatment,
            tests: Self.ironPanel, reason: "bowel-disease-retreatment", urgency: .soon,
            predicates: [context] + low.map(retreatmentPredicate)
        ) { _ in
            state.orders.first { $0.orderedAt >= newest.collectedAt && $0.cancellation == nil }
                .map { [$0.version] }
        }
    }

    private func retreatmentLimit(of lab: LabFact) -> (below: Decimal, because: String) {
        guard lab.analyte == .ferritin else { return picture.anemiaLimit(at: lab.collectedAt) }
        let threshold = policy.iron[.bowelDiseaseRetreatmentFerritin]
        return (threshold.limit, threshold.source)
    }

    private func isBelowRetreatment(_ lab: LabFact) -> Bool {
        ReportedRange(lab.value.canonical, lab.value.comparator)
            .isBelow(retreatmentLimit(of: lab).below) == true
    }

    private func retreatmentPredicate(_ lab: LabFact) -> Predicate {
        let (limit, source) = retreatmentLimit(of: lab)
        return .fact(
            lab.analyte.predicateName, lab.value.text, unit: lab.analyte.canonicalUnit, "<",
            limit, holds: true, source: source, evidence: [lab.evidence])
    }
}
