import EventStore
import FHIRGateway
import Foundation
import Infusion
import InfusionApplication
import TestClinic
import Testing

@Suite struct `Importing laboratory files` {
    @Test func `each value of a row is a row of the account, and a second import appends nothing`()
        async throws
    {
        let clinic = try await ImportingClinic()
        let text = "\u{FEFF}ID,AGE,SEX,HGB,FER,WT\r\n1,44,2,9.1,<15,70.5\r\n2,61,1,14.2,,\r\n"
        let first = try await clinic.labs(text)
        // Two registrations, two contexts, two haemoglobins, one ferritin, one weight.
        #expect(first.applied == 8)
        #expect(first.rows == 8)
        let head = try await clinic.head()
        #expect(try await clinic.labs(text).duplicate == 8)
        #expect(try await clinic.head() == head)

        let view = try await clinic.view("urn:test:survey", "1")
        let ferritin = view.state.labs.first { $0.analyte == .ferritin }
        #expect(ferritin?.current.value.comparator == .lessThan)
        #expect(view.identity.value?.birthDate == CalendarDate("1982-01-01"))
        #expect(view.state.registration?.gender == .female)
    }

    @Test func `a torn record is one quarantined row`() async throws {
        let clinic = try await ImportingClinic()
        let report = try await clinic.labs(
            "ID,AGE,SEX,HGB,FER,WT\n1,44,2,\"9.1,12,70\n2,61,1,14.2,80,\n")
        #expect(report.quarantined == ["record-torn": 1])
        #expect(report.applied == 4)
    }

    @Test func `an impossible value is put aside, the rest of its row is taken`() async throws {
        let clinic = try await ImportingClinic()
        let report = try await clinic.labs("ID,AGE,SEX,HGB,FER,WT\n1,44,2,91,12,70\n")
        #expect(report.quarantined == ["value-impossible": 1])
        #expect(report.applied == 4)
        #expect(report.quarantinedRows.first?.location.column == "HGB")
    }

    @Test func `one result a line, with its own unit`() async throws {
        let clinic = try await ImportingClinic()
        let mapping = """
            {"source":"urn:test:lis","delimiter":";","patient":{"column":"PID","birthDate":"BORN"},\
            "collectedAt":{"column":"TAKEN"},"long":{"code":"LOINC","value":"VALUE","unit":"UNIT"}}
            """
        let report = try await clinic.labs(
            """
            PID;BORN;TAKEN;LOINC;VALUE;UNIT
            9;1970-02-03;2026-01-05T08:00:00+01:00;718-7;91;g/L
            9;1970-02-03;2026-01-05T08:00:00+01:00;2276-4;12;
            9;1970-02-03;2026-01-05T08:00:00+01:00;9999-9;1;mg
            """, mapping: mapping)
        #expect(report.quarantined == ["unit-missing": 1])
        #expect(!report.isComplete)
        #expect(report.notRelevant == ["9999-9": 1])
        #expect(report.applied == 2)
    }

    @Test func `a line that cannot be placed in time loses each of its values by itself`()
        async throws
    {
        let clinic = try await ImportingClinic()
        let mapping = ImportingClinic.survey.replacing(
            "{\"constant\":\"2026-01-01T09:00:00Z\"}", with: "{\"column\":\"TAKEN\"}")
        let report = try await clinic.labs(
            """
            ID,AGE,SEX,HGB,FER,WT,TAKEN
            1,44,2,9.1,12,70,yesterday
            1,44,2,9.2,,,2026-01-02T09:00:00Z

            """, mapping: mapping)
        // The context and three values; of the other line the context and one value.
        #expect(report.quarantined == ["collection-time-missing-or-without-offset": 4])
        #expect(
            report.quarantinedRows.map(\.location.column) == ["context", "HGB", "FER", "WT"])
        #expect(report.applied == 3)
        #expect(report.rows == 7)
    }

    @Test func `a line without a patient loses each of its values by itself`() async throws {
        let report = try await ImportingClinic().labs(
            "ID,AGE,SEX,HGB,FER,WT\n,44,2,9.1,12,\n")
        // The patient, the context and two values.
        #expect(report.quarantined == ["patient-missing": 4])
        #expect(report.rows == 4)
    }

    @Test func `a gender code that the mapping does not have is noted, and the patient taken`()
        async throws
    {
        let clinic = try await ImportingClinic()
        let report = try await clinic.labs("ID,AGE,SEX,HGB,FER,WT\n1,44,F,9.1,,\n2,44,,9.1,,\n")
        #expect(report.notes == [.genderCodeUnknown: 1])
        #expect(report.notedRows.map(\.location.row) == [2])
        #expect(report.isComplete)
        let gender = try await clinic.state("urn:test:survey", "1").registration?.gender
        #expect(gender == .unknown)
    }

    @Test func `a weight with a comparator is no weight`() async throws {
        let report = try await ImportingClinic().labs(
            "ID,AGE,SEX,HGB,FER,WT\n1,44,2,,,<70\n")
        #expect(report.quarantined == ["value-missing-or-not-exact": 1])
    }

    @Test(arguments: ["", "ID,AGE,SEX,HGB,FER,WT\n"])
    func `a file without a row is put aside as empty`(text: String) async throws {
        let report = try await ImportingClinic().labs(text)
        #expect(report.quarantined == ["file-empty": 1])
        #expect(!report.isComplete)
    }
}
