import EventStore
import Foundation
import Infusion
import InfusionJournal
import InfusionProjections
import ReadModelsConformance
import Testing

/// A property test is worth what its histories hold.
@Suite struct RandomClinicTests {
    @Test func `the random clinic does what a clinic does`() async throws {
        var types: [String: Int] = [:]
        var outcomes: [String: Int] = [:]
        for seed in 1...24 as ClosedRange<UInt64> {
            let store = MemoryStore()
            await store.log.open(store.tenant)
            var clinic = RandomClinic(tenant: store.tenant, seed: seed)
            for _ in 0..<60 {
                let batch = clinic.nextBatch()
                let answers = try await store.log.append(batch, tenant: store.tenant)
                for answer in answers { outcomes[word(answer), default: 0] += 1 }
                clinic.settle(batch, answers)
            }
            for event in try await store.log.readAll(
                tenant: store.tenant, after: .start, limit: 10_000)
            {
                types[event.data.type, default: 0] += 1
            }
        }
        #expect(types["dose-started", default: 0] > 50, "\(types)")
        let unheardOf = EventType.allCases.map(\.name).filter { types[$0] == nil }
        // Identity, discharge, overrides, reviews and erasure write no row of their own, none of these sites has a
        // plan that a visit could go beyond, and nobody here has two records.
        #expect(
            Set(unheardOf).isSubset(of: [
                "identity-corrected", "height-recorded", "patient-discharged", "gate-overridden",
                "signed-off",
                "visit-begun", "visit-left",
                "patient-erased", "decision-reviewed", "capacity-overridden", "stock-reserved",
                "patient-merged",
                "history-carried", "patient-merged-into", "patient-unmerged",
                "patient-unmerged-from", "record-attributed",
            ]), "\(types)")
        for outcome in [
            "appended", "duplicate", "mismatch", "conflict", "unavailable", "undecided",
        ] {
            #expect(outcomes[outcome, default: 0] > 0, "\(outcomes)")
        }
    }

    private func word(_ outcome: AppendOutcome) -> String {
        switch outcome {
        case .appended: "appended"
        case .duplicate: "duplicate"
        case .fingerprintMismatch: "mismatch"
        case .conflict: "conflict"
        case .unavailable: "unavailable"
        case .undecided: "undecided"
        case .failed: "failed"
        }
    }
}
