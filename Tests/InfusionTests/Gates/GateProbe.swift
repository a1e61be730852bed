import Foundation
import Infusion
import Testing

extension Story {
    /// The finding of `gate` for a dose at this time: from the dose that was started, or from its
    /// refusal.
    func finding(
        _ gate: Gate, dose amount: Decimal = 750, order: UInt64 = 1, at time: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) -> Finding? {
        let outcome = when(
            Act.start(9_999, order: order, amount, at: clinic.at(time)), at: time)
        switch outcome.refusal {
        case .gatesShut(let findings)?: return findings.first { $0.gate == gate }
        case let other?:
            Issue.record("refused before any gate: \(other)", sourceLocation: sourceLocation)
            return nil
        case nil: break
        }
        for fact in outcome.facts {
            if case .doseStarted(let dose) = fact { return dose.findings.first { $0.gate == gate } }
        }
        return nil
    }

    func verdict(
        _ gate: Gate, dose amount: Decimal = 750, order: UInt64 = 1, at time: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) -> Verdict? {
        finding(gate, dose: amount, order: order, at: time, sourceLocation: sourceLocation)?.verdict
    }
}
