import Foundation

/// Haemoglobin down by much within a short time (facts §6, urgency ladder: urgent).
struct HemoglobinFall {
    let from: LabRecord.Statement
    let to: LabRecord.Statement
    /// g/dL, above zero.
    let by: Decimal

    /// - Parameter policy: Whose limit it reaches.
    func predicate(by policy: ClinicalPolicy) -> Predicate {
        .fact(
            "hemoglobin-fall", by, unit: Units.GramPerDeciliter.ucum, ">=",
            policy.rechecks.hemoglobinFall, holds: true, source: policy.because(.hemoglobinFall),
            evidence: [from.version, to.version])
    }
}

extension RecheckView {
    /// How far `lab` lies below the highest result of the days before it, where that is a fall by the
    /// ladder's limit; `nil` where it is none, and where the result before it was as low: what falls no
    /// further is not urgent again. Its lowest statement counts, and of the others those that stood at
    /// the same time: a correction never closes an escalation. Exact values only.
    func hemoglobinFall(to lab: LabRecord) -> HemoglobinFall? {
        let told = lab.chain.filter { $0.status != .preliminary && $0.value.comparator == nil }
        guard
            let low = told.min(by: {
                ($0.value.canonical, $0.version) < ($1.value.canonical, $1.version)
            })
        else { return nil }
        let before = picture.readings(.hemoglobin)
            .last { $0.collectedAt < low.collectedAt && $0.lab != lab.id }
        guard let before, before.value.canonical > low.value.canonical else { return nil }
        return highest(before: low, of: lab).map {
            HemoglobinFall(from: $0, to: low, by: $0.value.canonical - low.value.canonical)
        }
    }

    /// The highest result of the days before `low` that stood beside it and lies above it by the limit.
    private func highest(
        before low: LabRecord.Statement, of lab: LabRecord
    ) -> LabRecord.Statement? {
        let days = policy.rechecks.hemoglobinFallDays
        let day = picture.localDate(low.collectedAt)
        // No clinic-local date is more than a day away from its instant.
        let earliest = low.collectedAt.adding(hours: -24 * Int64(days + 1))
        let stood = lab.span(of: low)
        var least = low.value.canonical + policy.rechecks.hemoglobinFall
        var highest: LabRecord.Statement?
        for other in state.labs where other.analyte == .hemoglobin && other.id != lab.id {
            for high in other.chain
            where high.collectedAt < low.collectedAt && high.collectedAt > earliest
                && high.status != .preliminary && high.value.comparator == nil
                && high.value.canonical >= least && other.span(of: high).overlaps(stood)
                && day.days(since: picture.localDate(high.collectedAt)) <= days
            {
                (highest, least) = (high, high.value.canonical)
            }
        }
        return highest
    }
}

extension LabRecord {
    /// The versions of the stream between which `statement` stood: until the next one, or until the
    /// result was retracted.
    fileprivate func span(of statement: Statement) -> Range<EventVersion> {
        let later = (chain.map(\.version) + (retraction.map { [$0.version] } ?? []))
            .filter { $0 > statement.version }
        return statement.version..<(later.min() ?? EventVersion(.max))
    }
}
