import EventStore
import FHIRGateway
import Foundation
import Infusion
import InfusionApplication
import TestClinic
import Testing

@Suite struct `Importing FHIR` {
    @Test func `a second import appends nothing`() async throws {
        let clinic = try await ImportingClinic()
        let condition = """
            {"resourceType":"Condition","id":"c1","code":{"coding":[{"system":"http://snomed.info/sct",\
            "code":"88805009"}]},"subject":{"reference":"urn:uuid:p1"},"onsetDateTime":"2025-11-01T10:00:00Z"}
            """
        let lines = [
            Resources.patient, Resources.observation(), condition,
            Resources.observation(id: "o2", code: "29463-7", value: "70.3", unit: "kg"),
            Resources.observation(id: "o3", code: "8302-2", value: "168", unit: "cm"),
        ]
        let first = try await clinic.fhir(lines)
        #expect(first.applied == 5)
        let head = try await clinic.head()
        let second = try await clinic.fhir(lines)
        #expect(second.duplicate == 5)
        #expect(try await clinic.head() == head)

        let state = try await clinic.state("urn:mrn", "77")
        #expect(state.labs.first?.current.value.canonical == Decimal(string: "9.8"))
        #expect(state.weights.latest?.value == Kilograms(Decimal(703) / 10))
        #expect(state.contexts.latest?.value == [.heartFailure])
    }

    /// What was told late in between must not outlive the second.
    @Test func `a second diagnosis of one context is news, unless it is of the same moment`()
        async throws
    {
        let clinic = try await ImportingClinic()
        let diagnoses = [
            ("c1", "84114007", "2025-11-01"), ("c2", "88805009", "2025-11-02"),
            ("c3", "42343007", "2025-11-02"),
        ].map { id, code, day in
            """
            {"resourceType":"Condition","id":"\(id)","code":{"coding":[{"system":"http://snomed.info/sct",\
            "code":"\(code)"}]},"subject":{"reference":"urn:uuid:p1"},"onsetDateTime":"\(day)T10:00:00Z"}
            """
        }
        let report = try await clinic.fhir([Resources.patient] + diagnoses)
        #expect(report.applied == 3)
        #expect(report.duplicate == 1)
        let state = try await clinic.state("urn:mrn", "77")
        #expect(state.contexts.entries.map(\.value) == [[.heartFailure], [.heartFailure]])
    }

    @Test func `a bundle is read entry by entry`() async throws {
        let clinic = try await ImportingClinic()
        let bundle = """
            {"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":"urn:uuid:p1",\
            "resource":\(Resources.patient)},{"resource":\(Resources.observation())}]}
            """
        let report = try await clinic.fhir([bundle])
        #expect(report.applied == 2)
        #expect(report.rows == 2)
    }

    @Test(arguments: [
        (Resources.observation(unit: nil), "unit-missing"),
        (Resources.observation(unit: "furlong"), "unit-unknown"),
        (Resources.observation(value: "98"), "value-impossible"),
        (Resources.observation(value: "-3"), "value-impossible"),
        (
            Resources.observation(time: "2026-02-01T08:30:00"),
            "collection-time-missing-or-without-offset"
        ),
        (Resources.observation(time: "2026-02-01"), "collection-time-missing-or-without-offset"),
        (Resources.observation(time: "2031-02-01T08:30:00Z"), "in-the-future"),
        (
            Resources.observation(code: "2502-3", value: "0.18", unit: "%"),
            "saturation-fraction-or-percent"
        ),
        (Resources.observation(subject: "nobody"), "patient-unknown"),
        (
            Resources.observation(code: "29463-7", value: "70", unit: "kg", comparator: "<"),
            "value-missing-or-not-exact"
        ),
        ("{\"resourceType\":\"Observation\",\"status\":\"final\"", "not-json"),
        ("{\"id\":\"x\"}", "no-resource-type"),
    ])
    func `a bad row is put aside with a reason and takes nothing along`(
        row: String, reason: String
    ) async throws {
        let clinic = try await ImportingClinic()
        let report = try await clinic.fhir(
            [Resources.patient, row, Resources.observation(id: "good")])
        #expect(report.quarantined == [reason: 1])
        #expect(report.applied == 2)
        #expect(report.quarantinedRows.first?.location.row == 2)
    }

    @Test func `what the rules do not read is counted by its code`() async throws {
        let clinic = try await ImportingClinic()
        let report = try await clinic.fhir(
            [
                Resources.patient, Resources.observation(code: "6690-2"),
                Resources.observation(id: "o5", code: "6690-2"),
                "{\"resourceType\":\"Encounter\",\"id\":\"e\"}",
                Resources.observation(id: "o6", status: "registered"),
            ])
        #expect(report.notRelevant == ["6690-2": 2, "Encounter": 1, "status-registered": 1])
    }

    @Test func `a torn file keeps what came before the tear and says that it is torn`() async throws
    {
        let clinic = try await ImportingClinic()
        let report = try await clinic.fhir(
            [Resources.patient, Resources.observation(), ""], isTorn: true)
        #expect(report.applied == 2)
        #expect(report.quarantined == ["file-torn": 1])
    }

    @Test func `the last line of a torn file is not taken, however whole it looks`() async throws {
        let clinic = try await ImportingClinic()
        let report = try await clinic.fhir(
            [Resources.patient, Resources.observation()], isTorn: true)
        #expect(report.applied == 1)
        #expect(report.quarantined == ["file-torn": 1, "record-torn": 1])
    }

    @Test func `a file without a resource is put aside as empty`() async throws {
        let clinic = try await ImportingClinic()
        #expect(try await clinic.fhir("").quarantined == ["file-empty": 1])
        let bundle = "{\"resourceType\":\"Bundle\",\"type\":\"collection\"}"
        #expect(try await clinic.fhir(bundle).quarantined == ["file-empty": 1])
    }

    @Test func `a gender that FHIR does not have is noted; names lose the space around them`()
        async throws
    {
        let clinic = try await ImportingClinic()
        let patient = Resources.patient.replacing("\"female\"", with: "\"F\"")
            .replacing("Bianchi", with: "  Bianchi ").replacing("Ada", with: " Ada")
        let report = try await clinic.fhir([patient])
        #expect(report.notes == [.genderCodeUnknown: 1])
        #expect(report.isComplete)
        let view = try await clinic.view("urn:mrn", "77")
        #expect(view.identity.value?.name == PersonName(family: "Bianchi", given: ["Ada"]))
        #expect(view.state.registration?.gender == .unknown)
    }

    @Test func `a site that is not there is refused before a file is read`() async throws {
        let clinic = try await ImportingClinic()
        await #expect {
            try await clinic.importer(source: "urn:test", site: SiteID("nosuch"))
        } throws: { error in
            guard case .unknownSite(let site, let accepted)? = error as? ApplicationError else {
                return false
            }
            return site == SiteID("nosuch") && accepted == ["main"]
        }
    }

    @Test func `rows of a patient registered elsewhere go to that patient`() async throws {
        let clinic = try await ImportingClinic()
        let patient = PatientID(UUID())
        try await clinic.clinic.send(
            .registerPatient(
                RegisterPatient(
                    patient: patient,
                    identity: Identity(
                        name: PersonName(family: "Bianchi", given: ["Ada"]),
                        birthDate: CalendarDate(dayNumber: 3_754),
                        identifiers: [PatientIdentifier(system: "urn:mrn", value: "77")]),
                    gender: .female, site: clinic.clinic.site.id)),
            to: .patient(patient))
        let report = try await clinic.fhir([Resources.patient, Resources.observation()])
        #expect(report.duplicate == 1)
        #expect(report.applied == 1)
        #expect(try await clinic.state("urn:mrn", "77").labs.count == 1)
    }
}
