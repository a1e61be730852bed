import Foundation

extension RecheckView {
    /// Whether the patient was anaemic before the course of `dose`; not knowing counts as being.
    func baselineAnemia(of dose: DoseRecord) -> Predicate {
        let start = state.doses(of: dose.order).map(\.startedAt).min() ?? dose.startedAt
        let (limit, source) = picture.anemiaLimit(at: start)
        let unit = Units.GramPerDeciliter.ucum
        guard
            let baseline = picture.readings(.hemoglobin)
                .last(where: { $0.collectedAt <= start && picture.flaw(of: $0) == nil })
        else {
            return .missing("baseline-hemoglobin", unit: unit, "<", limit, source: source)
        }
        let range = ReportedRange(baseline.value.canonical, baseline.value.comparator)
        return Predicate(
            name: "baseline-hemoglobin", value: baseline.value.text, unit: unit, comparison: "<",
            threshold: "\(limit)", holds: range.isBelow(limit), source: source,
            evidence: [baseline.evidence])
    }
}
