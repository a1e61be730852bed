import FHIRGateway
import Foundation
import Infusion
import InfusionApplication
import TestClinic
import Testing

@Suite struct `A laboratory file that says something else` {
    private static let perLine = """
        {"source":"urn:test:lis","patient":{"column":"PID","birthDate":"BORN"},"specimen":"SPECIMEN",\
        "collectedAt":{"column":"TAKEN"},"long":{"code":"LOINC","value":"VALUE","unit":"UNIT"}}
        """

    private func file(_ hemoglobin: String, _ weight: String = "") -> String {
        "ID,AGE,SEX,HGB,FER,WT\n1,44,2,\(hemoglobin),,\(weight)\n"
    }

    private func lines(_ lines: String...) -> String {
        let rows = lines.map { "9,1970-02-03,\($0)\n" }.joined()
        return "PID,BORN,SPECIMEN,TAKEN,LOINC,VALUE,UNIT\n" + rows
    }

    private func hemoglobins(_ clinic: ImportingClinic) async throws -> [[Decimal]] {
        try await clinic.state("urn:test:survey", "1").labs.map { $0.chain.map(\.value.reported) }
    }

    @Test func `corrects the result, once`() async throws {
        let clinic = try await ImportingClinic()
        _ = try await clinic.labs(file("9.1"))
        let corrected = try await clinic.labs(file("8.1"))
        #expect(corrected.applied == 1)
        #expect(try await hemoglobins(clinic) == [[Decimal(91) / 10, Decimal(81) / 10]])
        let head = try await clinic.head()
        #expect(try await clinic.labs(file("8.1")).applied == 0)
        #expect(try await clinic.head() == head)
    }

    @Test func `corrects a unit and a comparator as it does a value`() async throws {
        let clinic = try await ImportingClinic()
        _ = try await clinic.labs(file("9.1"))
        let other = ImportingClinic.survey.replacing("\"g/dL\"", with: "\"g/L\"")
        #expect(try await clinic.labs(file("91"), mapping: other).applied == 1)
        #expect(try await clinic.labs(file("<91"), mapping: other).applied == 1)
        #expect(try await hemoglobins(clinic).map(\.count) == [3])
    }

    @Test func `read again after its correction undoes nothing, and is noted`() async throws {
        let clinic = try await ImportingClinic()
        _ = try await clinic.labs(file("9.1", "70"))
        _ = try await clinic.labs(file("8.1", "71"))
        let head = try await clinic.head()
        let old = try await clinic.labs(file("9.1", "70"))
        #expect(old.applied == 0)
        #expect(old.notes == [.valueSuperseded: 2])
        #expect(try await clinic.head() == head)
    }

    @Test func `and is of another code is put aside as differing`() async throws {
        let clinic = try await ImportingClinic()
        _ = try await clinic.labs(file("9.1"))
        let other = ImportingClinic.survey.replacing(
            "\"718-7\",\"unit\":\"g/dL\"", with: "\"2276-4\",\"unit\":\"ng/mL\"")
        let report = try await clinic.labs(file("9.1"), mapping: other)
        #expect(report.quarantined == ["differs": 1])
    }

    @Test func `on two lines is put aside, both of them; what is said twice is said once`()
        async throws
    {
        let clinic = try await ImportingClinic()
        let report = try await clinic.labs(
            "ID,AGE,SEX,HGB,FER,WT\n1,44,2,9.1,12,70\n1,44,2,8.1,12,71\n")
        #expect(report.quarantined == ["ambiguous": 4])
        // One ferritin; the context of both lines is one.
        #expect(report.duplicate == 2)
        let state = try await clinic.state("urn:test:survey", "1")
        #expect(state.labs.map(\.analyte) == [.ferritin])
        #expect(state.weights.latest == nil)
    }

    @Test func `in two columns of one code says two results`() async throws {
        let clinic = try await ImportingClinic()
        let mapping = ImportingClinic.survey.replacing(
            "{\"column\":\"WT\",\"measure\":\"weight\",\"unit\":\"kg\"}",
            with: "{\"column\":\"WT\",\"loinc\":\"718-7\",\"unit\":\"g/dL\"}")
        let report = try await clinic.labs(file("9.1", "9.6"), mapping: mapping)
        #expect(report.isComplete)
        #expect(try await hemoglobins(clinic).count == 2)
    }

    @Test func `of two specimens of one minute says two results`() async throws {
        let clinic = try await ImportingClinic()
        let time = "2026-01-05T08:00:00Z"
        let text = lines("S1,\(time),718-7,9.1,g/dL", "S2,\(time),718-7,9.6,g/dL")
        #expect(try await clinic.labs(text, mapping: Self.perLine).isComplete)
        #expect(try await clinic.state("urn:test:lis", "9").labs.count == 2)
    }

    @Test func `of one specimen corrects the time it was taken`() async throws {
        let clinic = try await ImportingClinic()
        _ = try await clinic.labs(
            lines("S1,2026-01-05T08:00:00Z,718-7,9.1,g/dL"), mapping: Self.perLine)
        let report = try await clinic.labs(
            lines("S1,2026-01-06T08:00:00Z,718-7,9.1,g/dL"), mapping: Self.perLine)
        #expect(report.applied == 1)
        let labs = try await clinic.state("urn:test:lis", "9").labs
        #expect(labs.map(\.chain.count) == [2])
    }

    @Test func `that no body can have is put aside and corrects nothing`() async throws {
        let clinic = try await ImportingClinic()
        _ = try await clinic.labs(file("9.1"))
        #expect(try await clinic.labs(file("91")).quarantined == ["value-impossible": 1])
        #expect(try await hemoglobins(clinic).map(\.count) == [1])
    }
}
