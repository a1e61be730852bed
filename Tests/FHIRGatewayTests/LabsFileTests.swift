import FHIRGateway
import Foundation
import Infusion
import InfusionApplication
import Testing

@Suite struct `The records of a laboratory file` {
    private let heading = "ID,AGE,SEX,FER\n"
    private let mapping = """
        {"source":"urn:test:survey","patient":{"column":"ID","family":"SEX",\
        "age":{"column":"AGE","asOf":"2026-01-01"}},\
        "collectedAt":{"constant":"2026-01-01T09:00:00Z"},\
        "columns":[{"column":"FER","loinc":"2276-4","unit":"ng/mL"}]}
        """

    private func ferritin(_ clinic: ImportingClinic, of patient: String) async throws -> Decimal? {
        try await clinic.state("urn:test:survey", patient).labs.first?.current.value.reported
    }

    @Test func `a record that the tear of a file cut short is never a smaller number`() async throws
    {
        let clinic = try await ImportingClinic()
        let report = try await clinic.labs(
            heading + "1,44,2,3893\n2,44,2,3", mapping: mapping, isTorn: true)
        #expect(report.quarantined == ["file-torn": 1, "record-torn": 1])
        #expect(report.applied == 2)
        #expect(try await ferritin(clinic, of: "1") == 3893)
    }

    @Test(arguments: ["ID,AGE,SEX,FER", "ID,AG"])
    func `a heading that is torn has no records`(text: String) async throws {
        let report = try await ImportingClinic().labs(text, mapping: mapping, isTorn: true)
        #expect(report.quarantined == ["file-torn": 1])
    }

    @Test func `a whole file may end without a line break`() async throws {
        let clinic = try await ImportingClinic()
        let report = try await clinic.labs(heading + "1,44,2,3893", mapping: mapping)
        #expect(report.isComplete)
        #expect(try await ferritin(clinic, of: "1") == 3893)
    }

    @Test(arguments: ["2,44,2\n1,44,2,12\n", "1,44,2,12\n2,44,2", "1,44,2,12\n2,44,2,12,9\n"])
    func `a record with another number of fields than the heading is not taken`(
        records: String
    ) async throws {
        let report = try await ImportingClinic().labs(heading + records, mapping: mapping)
        #expect(report.quarantined == ["record-torn": 1])
        #expect(report.applied == 2)
    }

    @Test func `a quoted field may hold line breaks, delimiters and quotes`() async throws {
        let clinic = try await ImportingClinic()
        let report = try await clinic.labs(
            heading + "1,44,\" Rossi,\r\n\"\"Nina\"\"\",12\r\n2,44,\"a\n\nb\",\n3,,x,9\n",
            mapping: mapping)
        #expect(report.applied == 3)
        let name = try await clinic.view("urn:test:survey", "1").identity.value?.name
        #expect(name?.family == "Rossi,\r\n\"Nina\"")
        // Lines are counted as the file has them.
        #expect(report.quarantinedRows.map(\.location.row) == [7, 7])
    }

    @Test(arguments: [
        "1,44,\"2,12\n2,44,2,12\n", "1,44,\"2,12\n2,44,\"x\",12\n", "1,44,2\",12\n2,44,\"2\",12\n",
        "1,44,\"2\"x,12\n2,44,2,12\n",
    ])
    func `a quote that was never closed costs its own line and no other`(
        records: String
    ) async throws {
        let clinic = try await ImportingClinic()
        let report = try await clinic.labs(heading + records, mapping: mapping)
        #expect(report.quarantined == ["record-torn": 1])
        #expect(try await ferritin(clinic, of: "2") == 12)
    }

    @Test func `a quote that stays open does not read on for ever`() async throws {
        let records = (2...9_000).map { "\($0),,2,12\n" }.joined()
        let text = heading + "1,44,\"2,12\n" + records + "\"1\",44,2,12\n"
        #expect(text.utf8.count > ImportLimits.quotedFieldBytes)
        let report = try await ImportingClinic().labs(text, mapping: mapping)
        #expect(report.quarantined["record-torn"] == 1)
        #expect(report.applied == 2)
    }

    @Test func `bytes that are not UTF-8 are not guessed at`() async throws {
        let mapping = try LabsMapping(json: Array(mapping.utf8))
        let file = try LabsFile(
            Array((heading + "1,44,M").utf8) + [0xFC] + Array("ller,12\n".utf8), name: "f.csv",
            isTorn: false, mapping: mapping)
        let report = try await ImportingClinic().importer(source: mapping.source)
            .importLabs(file) { _, _ in }
        #expect(report.quarantined == ["record-torn": 1])
    }
}
