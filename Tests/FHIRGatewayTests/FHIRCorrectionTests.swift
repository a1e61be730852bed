import FHIRGateway
import Foundation
import Infusion
import InfusionApplication
import TestClinic
import Testing

@Suite struct `An Observation that says something else` {
    private func clinic(after lines: [String]) async throws -> ImportingClinic {
        let clinic = try await ImportingClinic()
        let report = try await clinic.fhir([Resources.patient] + lines)
        try #require(report.applied == lines.count + 1)
        return clinic
    }

    private func labs(_ clinic: ImportingClinic) async throws -> [LabRecord] {
        try await clinic.state("urn:mrn", "77").labs
    }

    @Test(arguments: [
        Resources.observation(value: "8.9"), Resources.observation(value: "98", unit: "g/L"),
        Resources.observation(status: "amended"),
        Resources.observation(time: "2026-02-01T09:30:00+01:00"),
        Resources.observation(comparator: "<"),
    ])
    func `under the same id corrects the result, once`(changed: String) async throws {
        let clinic = try await clinic(after: [Resources.observation()])
        #expect(try await clinic.fhir([changed]).applied == 1)
        #expect(try await labs(clinic).map(\.chain.count) == [2])
        let head = try await clinic.head()
        #expect(try await clinic.fhir([changed]).duplicate == 1)
        #expect(try await clinic.head() == head)
    }

    @Test func `read again after its correction undoes nothing, and is noted`() async throws {
        let clinic = try await clinic(after: [Resources.observation()])
        _ = try await clinic.fhir([Resources.observation(value: "8.9", status: "corrected")])
        let old = try await clinic.fhir([Resources.observation()])
        #expect(old.duplicate == 1)
        #expect(old.notes == [.valueSuperseded: 1])
        #expect(try await labs(clinic).map(\.chain.count) == [2])
    }

    @Test(arguments: [
        ("entered-in-error", LabRetracted.Reason.enteredInError), ("cancelled", .cancelled),
    ])
    func `takes back what is known here, once`(
        status: String, reason: LabRetracted.Reason
    ) async throws {
        let clinic = try await clinic(after: [Resources.observation()])
        let retracted = Resources.observation(status: status)
        #expect(try await clinic.fhir([retracted]).applied == 1)
        #expect(try await labs(clinic).map(\.retraction?.value) == [reason])
        let head = try await clinic.head()
        #expect(try await clinic.fhir([retracted]).duplicate == 1)
        #expect(try await clinic.head() == head)
        // The file from before neither brings it back nor goes unnoticed.
        #expect(try await clinic.fhir([Resources.observation()]).notes == [.valueSuperseded: 1])
        let other = try await clinic.fhir([Resources.observation(value: "8.9")])
        #expect(other.quarantined == ["differs": 1])
    }

    @Test func `takes back nothing that is not known here`() async throws {
        let clinic = try await clinic(after: [])
        let report = try await clinic.fhir([
            Resources.observation(status: "entered-in-error"),
            Resources.weight("70", status: "cancelled"),
        ])
        #expect(report.notRelevant == ["status-entered-in-error": 1, "status-cancelled": 1])
    }

    @Test func `takes back a weight only by a person's hand`() async throws {
        let clinic = try await clinic(after: [Resources.weight("70")])
        let report = try await clinic.fhir([Resources.weight("70", status: "entered-in-error")])
        #expect(report.quarantined == ["measurement-retracted": 1])
    }

    @Test func `and of what is decided becomes preliminary is put aside`() async throws {
        let clinic = try await clinic(after: [Resources.observation()])
        let report = try await clinic.fhir([
            Resources.observation(value: "8.9", status: "preliminary")
        ])
        #expect(report.quarantined == ["differs": 1])
    }

    @Test func `without an identifier may be another result and is put aside`() async throws {
        let clinic = try await clinic(after: [Resources.observation(id: nil)])
        #expect(try await clinic.fhir([Resources.observation(id: nil)]).duplicate == 1)
        let changed = try await clinic.fhir([Resources.observation(id: nil, value: "8.9")])
        #expect(changed.quarantined == ["differs": 1])
        let retracted = try await clinic.fhir([Resources.observation(id: nil, status: "cancelled")])
        #expect(retracted.quarantined == ["differs": 1])
    }

    @Test func `without an id is known by its business identifier`() async throws {
        let identifier = "\"identifier\":[{\"system\":\"urn:lis\",\"value\":\"A1\"}],"
        let clinic = try await clinic(after: [Resources.observation(id: nil, extra: identifier)])
        let changed = Resources.observation(id: nil, value: "8.9", extra: identifier)
        #expect(try await clinic.fhir([changed]).applied == 1)
        #expect(try await labs(clinic).map(\.chain.count) == [2])
    }

    @Test func `of another specimen is another result`() async throws {
        let clinic = try await clinic(after: [
            Resources.observation(id: nil, extra: "\"specimen\":{\"reference\":\"Specimen/a\"},"),
            Resources.observation(
                id: nil, value: "8.9", extra: "\"specimen\":{\"reference\":\"Specimen/b\"},"),
        ])
        #expect(try await labs(clinic).count == 2)
    }

    @Test func `twice in one file is put aside, both times`() async throws {
        let clinic = try await clinic(after: [])
        let report = try await clinic.fhir([
            Resources.observation(), Resources.observation(value: "8.9"),
            Resources.weight("70", id: "w1"), Resources.weight("71", id: "w2"),
            Resources.observation(id: "same"), Resources.observation(id: "same"),
        ])
        #expect(report.quarantined == ["ambiguous": 4])
        #expect(report.applied == 1)
        #expect(report.duplicate == 1)
    }

    @Test func `corrects a result that came over the interface under the same name`() async throws {
        let clinic = try await clinic(after: [])
        let value = LabValue(
            comparator: nil, reported: 9, reportedUnit: "g/dL", canonical: 9)
        let id = LabResultID(UUID())
        let view = try await clinic.view("urn:mrn", "77")
        let patient = try #require(view.state.registration?.patient)
        try await clinic.clinic.send(
            .recordLabs([
                LabResult(
                    id: id, analyte: .hemoglobin, value: value,
                    collectedAt: Instant(microsecondsSinceUnixEpoch: 1_769_931_000_000_000),
                    status: .final, referenceLow: nil,
                    source: SourceIdentifier(system: ImportingClinic.sourceOfFHIR, value: "o1"))
            ]), to: .patient(patient))
        #expect(try await clinic.fhir([Resources.observation()]).applied == 1)
        let labs = try await labs(clinic)
        #expect(labs.map(\.id) == [id])
        #expect(labs.map(\.chain.count) == [2])
    }
}
