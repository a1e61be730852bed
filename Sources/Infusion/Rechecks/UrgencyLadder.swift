import Foundation

/// How low a result is too low to wait for its rule's own day (facts §6, urgency ladder; R-14).
struct UrgencyLadder {
    /// Below the limit, in the analyte's canonical unit, this urgency.
    struct Rung {
        let below: Decimal
        let urgency: Urgency
    }

    let analyte: Analyte
    /// The worst first.
    let rungs: [Rung]

    /// Below 7 g/dL emergency, below 8 urgent.
    static let hemoglobin = UrgencyLadder(
        analyte: .hemoglobin,
        rungs: [Rung(below: 7, urgency: .emergency), Rung(below: 8, urgency: .urgent)])
    /// Below 1.0 mg/dL emergency, below 2.0 urgent.
    static let phosphate = UrgencyLadder(
        analyte: .phosphate,
        rungs: [Rung(below: 1, urgency: .emergency), Rung(below: 2, urgency: .urgent)])

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
                holds: true, source: "facts §6, urgency ladder: \(rung.urgency.rawValue)",
                evidence: [evidence])
        }
    }
}
