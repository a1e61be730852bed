import Foundation

/// How low a result is too low to wait for its rule's own day (facts §6, urgency ladder; R-14).
struct UrgencyLadder: Hashable {
    /// Below the limit, in the analyte's canonical unit, this urgency.
    struct Rung: Hashable {
        let below: Decimal
        let urgency: Urgency
        let source: ClinicalSource
        /// The same as a comparison says it.
        let because: String
    }

    let analyte: Analyte
    /// The worst first.
    let rungs: [Rung]

    /// The worst rung that the value is surely on; `nil` where it can wait.
    func rung(of value: LabValue) -> Rung? {
        let range = ReportedRange(value.canonical, value.comparator)
        return rungs.first { range.isBelow($0.below) == true }
    }

    func urgency(of value: LabValue) -> Urgency { rung(of: value)?.urgency ?? .routine }

    /// The comparison that puts the value on its rung; `nil` where it is on none.
    func predicate(of value: LabValue, evidence: EventVersion) -> Predicate? {
        rung(of: value).map { rung in
            .fact(
                analyte.rawValue, value.text, unit: analyte.canonicalUnit, "<", rung.below,
                holds: true, source: rung.because, evidence: [evidence])
        }
    }
}

/// The ladders there are, as the pathways have them.
struct UrgencyLadders: Hashable {
    let hemoglobin: UrgencyLadder
    let phosphate: UrgencyLadder
}
