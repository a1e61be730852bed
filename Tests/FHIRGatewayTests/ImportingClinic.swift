import EventStore
import FHIRGateway
import Foundation
import Infusion
import InfusionApplication
import TestClinic
import Testing

/// A clinic in memory that takes files in. Every report it gives adds up.
struct ImportingClinic {
    static let survey = """
        {"source":"urn:test:survey","patient":{"column":"ID","age":{"column":"AGE","asOf":"2026-01-01"},\
        "gender":{"column":"SEX","male":["1"],"female":["2"]}},\
        "collectedAt":{"constant":"2026-01-01T09:00:00Z"},"context":"general","columns":[\
        {"column":"HGB","loinc":"718-7","unit":"g/dL"},{"column":"FER","loinc":"2276-4","unit":"ng/mL"},\
        {"column":"WT","measure":"weight","unit":"kg"}]}
        """
    static let sourceOfFHIR = "urn:test:ehr"

    let clinic: MemoryClinic
    init() async throws { clinic = try await MemoryClinic() }

    func importer(source: String, site: SiteID? = nil) async throws -> Importer {
        try await Importer(
            useCases: clinic.useCases, actor: clinic.actor(), site: site ?? clinic.site.id,
            in: FixedSites([clinic.tenant: [clinic.site]]), source: source, newID: { UUID() })
    }

    func labs(
        _ text: String, mapping: String = survey, isTorn: Bool = false
    ) async throws -> ImportReport {
        let mapping = try LabsMapping(json: Array(mapping.utf8))
        let file = try LabsFile(
            Array(text.utf8), name: "f.csv", isTorn: isTorn, mapping: mapping)
        let report = try await importer(source: mapping.source).importLabs(file) { _, _ in }
        #expect(report.addsUp)
        return report
    }

    func fhir(_ lines: [String], isTorn: Bool = false) async throws -> ImportReport {
        try await fhir(lines.joined(separator: "\n"), isTorn: isTorn)
    }

    func fhir(_ text: String, isTorn: Bool = false) async throws -> ImportReport {
        let report = try await importer(source: Self.sourceOfFHIR).importFHIR(
            Array(text.utf8), file: "f.ndjson", isTorn: isTorn
        ) { _, _ in }
        #expect(report.addsUp)
        return report
    }

    /// The state of the patient with that identifier.
    func state(_ system: String, _ value: String) async throws -> PatientState {
        try await view(system, value).state
    }

    func view(_ system: String, _ value: String) async throws -> PatientView {
        let identifier = PatientIdentifier(system: system, value: value)
        let id = try #require(
            try await clinic.useCases.patient(holding: identifier, actor: clinic.actor()))
        return try await clinic.useCases.patient(id, asOf: .now, actor: clinic.actor())
    }

    /// How much the log holds.
    func head() async throws -> Position { try await clinic.log.head(tenant: clinic.tenant) }
}
