import EventStore
import FHIRGateway
import Foundation
import Infusion
import InfusionApplication
import TestClinic
import Testing

@Suite struct `Importing laboratory files` {
    private static let mapping = """
        {"source":"urn:test:survey","patient":{"column":"ID","age":{"column":"AGE","asOf":"2026-01-01"},\
        "gender":{"column":"SEX","male":["1"],"female":["2"]}},\
        "collectedAt":{"constant":"2026-01-01T09:00:00Z"},"context":"general","columns":[\
        {"column":"HGB","loinc":"718-7","unit":"g/dL"},{"column":"FER","loinc":"2276-4","unit":"ng/mL"},\
        {"column":"WT","measure":"weight","unit":"kg"}]}
        """

    private func importing(
        _ text: String, into clinic: MemoryClinic, mapping: String = mapping
    ) async throws -> ImportReport {
        let mapping = try LabsMapping(json: Array(mapping.utf8))
        let importer = Importer(
            useCases: clinic.useCases, actor: clinic.actor(), site: clinic.site.site,
            source: mapping.source, newID: { UUID() })
        let report = try await importer.importLabs(
            Array(text.utf8), file: "f.csv", isTorn: false, mapping: mapping
        ) { _, _ in }
        #expect(report.addsUp)
        return report
    }

    @Test func `each value of a row is a row of the account, and a second import appends nothing`()
        async throws
    {
        let clinic = try await MemoryClinic()
        let text = "\u{FEFF}ID,AGE,SEX,HGB,FER,WT\r\n1,44,2,9.1,<15,70.5\r\n2,61,1,14.2,,\r\n"
        let first = try await importing(text, into: clinic)
        // Two registrations, two contexts, two haemoglobins, one ferritin, one weight.
        #expect(first.applied == 8)
        #expect(first.rows == 8)
        let head = try await clinic.log.head(tenant: clinic.tenant)
        #expect(try await importing(text, into: clinic).duplicate == 8)
        #expect(try await clinic.log.head(tenant: clinic.tenant) == head)

        let identifier = PatientIdentifier(system: "urn:test:survey", value: "1")
        let id = try #require(
            try await clinic.useCases.patient(holding: identifier, actor: clinic.actor()))
        let view = try await clinic.useCases.patient(id, asOf: .now, actor: clinic.actor())
        let ferritin = view.state.labs.first { $0.analyte == .ferritin }
        #expect(ferritin?.current.value.comparator == .lessThan)
        #expect(view.identity.value?.birthDate == CalendarDate("1982-01-01"))
        #expect(view.state.registration?.gender == .female)
    }

    @Test func `a torn record is one quarantined row`() async throws {
        let clinic = try await MemoryClinic()
        let report = try await importing(
            "ID,AGE,SEX,HGB,FER,WT\n1,44,2,\"9.1,12,70\n2,61,1,14.2,80,\n", into: clinic)
        #expect(report.quarantined == ["record-torn": 1])
        #expect(report.applied == 4)
    }

    @Test func `an impossible value is put aside, the rest of its row is taken`() async throws {
        let clinic = try await MemoryClinic()
        let report = try await importing("ID,AGE,SEX,HGB,FER,WT\n1,44,2,91,12,70\n", into: clinic)
        #expect(report.quarantined == ["value-impossible": 1])
        #expect(report.applied == 4)
        #expect(report.quarantinedRows.first?.location.column == "HGB")
    }

    @Test func `one result a line, with its own unit`() async throws {
        let clinic = try await MemoryClinic()
        let mapping = """
            {"source":"urn:test:lis","delimiter":";","patient":{"column":"PID","birthDate":"BORN"},\
            "collectedAt":{"column":"TAKEN"},"long":{"code":"LOINC","value":"VALUE","unit":"UNIT"}}
            """
        let report = try await importing(
            """
            PID;BORN;TAKEN;LOINC;VALUE;UNIT
            9;1970-02-03;2026-01-05T08:00:00+01:00;718-7;91;g/L
            9;1970-02-03;2026-01-05T08:00:00+01:00;2276-4;12;
            9;1970-02-03;2026-01-05T08:00:00+01:00;9999-9;1;mg
            """, into: clinic, mapping: mapping)
        #expect(report.quarantined == ["unit-missing": 1])
        #expect(report.notRelevant == ["9999-9": 1])
        #expect(report.applied == 2)
    }

    @Test(arguments: [
        ("[]", "source"), ("{\"source\":\"u\"}", "patient"),
        ("{\"source\":\"u\",\"patient\":{\"column\":\"P\",\"birthDate\":\"B\"}}", "collectedAt"),
    ])
    func `a mapping file that is wrong is told what is missing`(json: String, member: String) {
        #expect {
            try LabsMapping(json: Array(json.utf8))
        } throws: { "\($0)".contains(member) }
    }
}
