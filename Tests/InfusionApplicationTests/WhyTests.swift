import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionProjections
import TestClinic
import Testing

/// Why a row is on the queue, and whether it still is what it was.
@Suite struct `Why` {
    private let recheck = RecheckID(rule: .hemoglobinTrend, anchor: EventVersion(2))

    private func alarmed() async throws -> (MemoryClinic, PatientID, LabResultID) {
        let clinic = try await MemoryClinic()
        let patient = try await clinic.register()
        let lab = LabResultID(UUID())
        let low = Decimal(59) / 10
        let result = LabResult(
            id: lab, analyte: .hemoglobin,
            value: LabValue(
                comparator: nil, reported: low, reportedUnit: "g/dL", canonical: low),
            collectedAt: clinic.clock.now, status: .final, referenceLow: nil, source: nil)
        try await clinic.send(.recordLabs([result]), to: .patient(patient))
        return (clinic, patient, lab)
    }

    @Test func `an emergency is explained by its own threshold`() async throws {
        let (clinic, patient, _) = try await alarmed()
        let answer = try await clinic.useCases.why(
            recheck, of: patient, asOf: .now, actor: clinic.actor())
        let rung = answer.opened.predicates.first { $0.name == "hemoglobin" }
        #expect(rung?.threshold == "7")
        #expect(answer.evidence.map(\.recorded.version) == [StreamVersion(2)])
        #expect(answer.superseded.isEmpty)
    }

    @Test func `a retraction shows in the evidence and in what holds now`() async throws {
        let (clinic, patient, lab) = try await alarmed()
        let before = try await clinic.log.head(tenant: clinic.tenant)
        try await clinic.send(
            .retractLab(LabRetracted(result: lab, reason: .wrongPatient)), to: .lab(lab))
        let answer = try await clinic.useCases.why(
            recheck, of: patient, asOf: .now, actor: clinic.actor())
        #expect(answer.row.closed == nil)
        #expect(
            answer.evidence.map(\.recorded.data.type) == ["lab-recorded", "lab-retracted"])
        #expect(answer.superseded.map(\.before.value) == ["5.9"])
        #expect(answer.superseded.map(\.now.holds) == [nil])
        let then = try await clinic.useCases.why(
            recheck, of: patient, asOf: AsOf(effectiveAt: nil, knownAt: .position(before)),
            actor: clinic.actor())
        #expect(then.superseded.isEmpty)
        #expect(then.evidence.count == 1)
    }
}
