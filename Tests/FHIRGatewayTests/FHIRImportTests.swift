import EventStore
import FHIRGateway
import Foundation
import Infusion
import InfusionApplication
import TestClinic
import Testing

@Suite struct `Importing FHIR` {
    private static let source = "urn:test:ehr"
    private static let patient = """
        {"resourceType":"Patient","id":"p1","name":[{"use":"official","family":"Bianchi","given":["Ada"]}],\
        "gender":"female","birthDate":"1980-04-12","identifier":[{"system":"urn:mrn","value":"77"}]}
        """

    private static func observation(
        id: String = "o1", code: String = "718-7", value: String = "9.8", unit: String? = "g/dL",
        time: String = "2026-02-01T08:30:00+01:00", status: String = "final", subject: String = "p1"
    ) -> String {
        let unitMember = unit.map { ",\"code\":\"\($0)\"" } ?? ""
        return """
            {"resourceType":"Observation","id":"\(id)","status":"\(status)",\
            "code":{"coding":[{"system":"http://loinc.org","code":"\(code)"}]},\
            "subject":{"reference":"Patient/\(subject)"},"effectiveDateTime":"\(time)",\
            "valueQuantity":{"value":\(value)\(unitMember)}}
            """
    }

    private func importing(
        _ lines: [String], into clinic: MemoryClinic, isTorn: Bool = false
    ) async throws -> ImportReport {
        let importer = Importer(
            useCases: clinic.useCases, actor: clinic.actor(), site: clinic.site.site,
            source: Self.source, newID: { UUID() })
        let report = try await importer.importFHIR(
            Array(lines.joined(separator: "\n").utf8), file: "f.ndjson", isTorn: isTorn
        ) { _, _ in }
        #expect(report.addsUp)
        return report
    }

    @Test func `a second import appends nothing`() async throws {
        let clinic = try await MemoryClinic()
        let condition = """
            {"resourceType":"Condition","id":"c1","code":{"coding":[{"system":"http://snomed.info/sct",\
            "code":"88805009"}]},"subject":{"reference":"urn:uuid:p1"},"onsetDateTime":"2025-11-01T10:00:00Z"}
            """
        let lines = [
            Self.patient, Self.observation(), condition,
            Self.observation(id: "o2", code: "29463-7", value: "70.3", unit: "kg"),
            Self.observation(id: "o3", code: "8302-2", value: "168", unit: "cm"),
        ]
        let first = try await importing(lines, into: clinic)
        #expect(first.applied == 5)
        let head = try await clinic.log.head(tenant: clinic.tenant)
        let second = try await importing(lines, into: clinic)
        #expect(second.duplicate == 5)
        #expect(try await clinic.log.head(tenant: clinic.tenant) == head)

        let identifier = PatientIdentifier(system: "urn:mrn", value: "77")
        let id = try #require(
            try await clinic.useCases.patient(holding: identifier, actor: clinic.actor()))
        let view = try await clinic.useCases.patient(id, asOf: .now, actor: clinic.actor())
        #expect(view.state.labs.first?.current.value.canonical == Decimal(string: "9.8"))
        #expect(view.state.weights.latest?.value == Kilograms(Decimal(703) / 10))
        #expect(view.state.contexts.latest?.value == [.heartFailure])
    }

    @Test func `a bundle is read entry by entry`() async throws {
        let clinic = try await MemoryClinic()
        let bundle = """
            {"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":"urn:uuid:p1",\
            "resource":\(Self.patient)},{"resource":\(Self.observation())}]}
            """
        let report = try await importing([bundle], into: clinic)
        #expect(report.applied == 2)
        #expect(report.rows == 2)
    }

    @Test(arguments: [
        (observation(unit: nil), "unit-missing"),
        (observation(unit: "furlong"), "unit-unknown"),
        (observation(value: "98"), "value-impossible"),
        (observation(value: "-3"), "value-impossible"),
        (observation(time: "2026-02-01T08:30:00"), "collection-time-missing-or-without-offset"),
        (observation(time: "2026-02-01"), "collection-time-missing-or-without-offset"),
        (observation(time: "2031-02-01T08:30:00Z"), "in-the-future"),
        (observation(code: "2502-3", value: "0.18", unit: "%"), "saturation-fraction-or-percent"),
        (observation(subject: "nobody"), "patient-unknown"),
        ("{\"resourceType\":\"Observation\",\"status\":\"final\"", "not-json"),
        ("{\"id\":\"x\"}", "no-resource-type"),
    ])
    func `a bad row is put aside with a reason and takes nothing along`(
        row: String, reason: String
    ) async throws {
        let clinic = try await MemoryClinic()
        let report = try await importing(
            [Self.patient, row, Self.observation(id: "good")], into: clinic)
        #expect(report.quarantined == [reason: 1])
        #expect(report.applied == 2)
        #expect(report.quarantinedRows.first?.location.row == 2)
    }

    @Test func `what the rules do not read is counted by its code`() async throws {
        let clinic = try await MemoryClinic()
        let report = try await importing(
            [
                Self.patient, Self.observation(code: "6690-2"),
                Self.observation(id: "o5", code: "6690-2"),
                "{\"resourceType\":\"Encounter\",\"id\":\"e\"}",
                Self.observation(id: "o6", status: "registered"),
            ], into: clinic)
        #expect(report.notRelevant == ["6690-2": 2, "Encounter": 1, "status-registered": 1])
    }

    @Test func `a torn file keeps what came before the tear and says that it is torn`() async throws
    {
        let clinic = try await MemoryClinic()
        let report = try await importing(
            [Self.patient, Self.observation()], into: clinic, isTorn: true)
        #expect(report.applied == 2)
        #expect(report.quarantined == ["file-torn": 1])
    }

    @Test func `rows of a patient registered elsewhere go to that patient`() async throws {
        let clinic = try await MemoryClinic()
        let patient = PatientID(UUID())
        try await clinic.send(
            .registerPatient(
                RegisterPatient(
                    patient: patient,
                    identity: Identity(
                        name: PersonName(family: "Bianchi", given: ["Ada"]),
                        birthDate: CalendarDate(dayNumber: 3_754),
                        identifiers: [PatientIdentifier(system: "urn:mrn", value: "77")]),
                    gender: .female, site: clinic.site.site)),
            to: .patient(patient))
        let report = try await importing([Self.patient, Self.observation()], into: clinic)
        #expect(report.duplicate == 1)
        #expect(report.applied == 1)
        let view = try await clinic.useCases.patient(patient, asOf: .now, actor: clinic.actor())
        #expect(view.state.labs.count == 1)
    }
}
