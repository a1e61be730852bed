import Foundation

/// How urgent a low result is, and the comparisons that make it so.
struct LowResult {
    let urgency: Urgency
    let predicates: [Predicate]
}

extension UrgencyLadder {
    /// `nil` where it can wait.
    func low(_ value: LabValue, evidence: EventVersion) -> LowResult? {
        predicate(of: value, evidence: evidence).map {
            LowResult(urgency: urgency(of: value), predicates: [$0])
        }
    }
}

extension RecheckView {
    /// The last haemoglobin's urgency: invalid for a verdict or not, it is valid for safety.
    var hemoglobinUrgency: Urgency { lastLowHemoglobin?.urgency ?? .routine }

    /// What that urgency rests on: nothing, where it is routine.
    var hemoglobinUrgencyPredicates: [Predicate] { lastLowHemoglobin?.predicates ?? [] }

    private var lastLowHemoglobin: LowResult? {
        picture.latest(.hemoglobin).flatMap {
            lowHemoglobin($0.value, collectedAt: $0.collectedAt, evidence: $0.evidence)
        }
    }

    /// The same day where it is below the patient's own threshold of transfusion, as that was when the
    /// specimen was drawn or became since (facts §4 G-TX, R-18: "open a same-day task"); else its rung of
    /// the ladder. `nil` where it can wait.
    func lowHemoglobin(
        _ value: LabValue, collectedAt: Instant, evidence: EventVersion
    ) -> LowResult? {
        let rung = ladders.hemoglobin.low(value, evidence: evidence)
        let range = ReportedRange(value.canonical, value.comparator)
        // No threshold is higher; most results are, and nothing more is asked of them.
        guard rung?.urgency != .emergency,
            range.isBelow(policy.gates.transfusionHemoglobinAtRisk) == true
        else { return rung }
        let (limit, because, reasons) = picture.transfusionThreshold(since: collectedAt)
        guard range.isBelow(limit) == true else { return rung }
        let below = Predicate.fact(
            Analyte.hemoglobin.rawValue, value.text, unit: Analyte.hemoglobin.canonicalUnit, "<",
            limit, holds: true, source: because, evidence: [evidence])
        return LowResult(urgency: .emergency, predicates: [below] + reasons)
    }
}
