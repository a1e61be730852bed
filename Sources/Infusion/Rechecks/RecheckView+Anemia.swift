import Foundation

extension RecheckView {
    /// WHO, sea level, adults: men below 13.0, women below 12.0, pregnant below 11.0 g/dL (facts
    /// §3, V). Where the sex is not known the higher limit holds: it asks for a look more, not for
    /// one less.
    private func anemiaBelow(at instant: Instant) -> Decimal {
        switch state.facts.pregnancy.at(instant)?.value {
        case .pregnant: return 11
        case .notPregnant, .unknown, nil: break
        }
        switch state.registration?.gender ?? .unknown {
        case .female: return 12
        case .male, .other, .unknown: return 13
        }
    }

    /// Whether the patient was anaemic before the course of `dose`; not knowing counts as being.
    func baselineAnemia(of dose: DoseRecord) -> Predicate {
        let start = state.doses(of: dose.order).map(\.startedAt).min() ?? dose.startedAt
        let limit = anemiaBelow(at: start)
        let source = "facts §6 R2, WHO"
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
