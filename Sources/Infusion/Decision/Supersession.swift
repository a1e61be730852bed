import Foundation

/// A comparison whose result was corrected or retracted after a rule had read it: what rested on
/// the old value is superseded, and a person closes it.
public struct Supersession: Hashable, Sendable {
    /// As the rule read it.
    public let before: Predicate
    /// As it reads now: without a value, and holding neither way, where the result was retracted.
    /// Its evidence is every event that has changed the result since.
    public let now: Predicate

    /// `nil` where the predicate compares no result, or its result stands as it was read.
    public init?(of predicate: Predicate, in state: PatientState) {
        for lab in state.labs {
            guard
                let read = lab.chain.lastIndex(where: { statement in
                    predicate.evidence.contains(statement.version)
                        && statement.value.text == predicate.value
                })
            else { continue }
            let changes = lab.chain[(read + 1)...].map(\.version)
            if let retraction = lab.retraction {
                before = predicate
                now = predicate.restated(
                    as: nil, source: "R-20: retracted, \(retraction.value.rawValue)",
                    evidence: changes + [retraction.version])
                return
            }
            if changes.isEmpty { return nil }
            before = predicate
            now = predicate.restated(
                as: lab.current.value, source: "R-20: \(lab.current.status.rawValue)",
                evidence: changes)
            return
        }
        return nil
    }
}

extension Predicate {
    /// The same comparison of another value of the same result.
    fileprivate func restated(
        as found: LabValue?, source: String, evidence: [EventVersion]
    ) -> Predicate {
        let range = found.map { ReportedRange($0.canonical, $0.comparator) }
        let limit = Decimal(string: threshold, locale: nil)
        let holds: Bool?
        if let range, let limit, let comparison = IronThreshold.Comparison(rawValue: comparison) {
            holds = comparison.holds(for: range, limit)
        } else {
            holds = nil
        }
        return Predicate(
            name: name, value: found?.text, unit: unit, comparison: comparison,
            threshold: threshold, holds: holds, source: source, evidence: evidence)
    }
}
