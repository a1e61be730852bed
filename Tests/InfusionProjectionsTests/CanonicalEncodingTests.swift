import EventStore
import Foundation
import Infusion
import InfusionProjections
import Testing

@Suite struct CanonicalEncodingTests {
    @Test(arguments: [
        ("0", "0"), ("7.50", "7.5"), ("-0.050", "-0.05"), ("1500", "1500"), ("1E3", "1000"),
        ("100.00", "100"), ("0.0000001", "0.0000001"),
    ])
    func `a number has one spelling`(text: String, spelled: String) {
        var writer = CanonicalJSONWriter()
        writer.decimal(decimal(text))
        #expect(String(decoding: writer.bytes, as: UTF8.self) == spelled)
    }

    @Test(arguments: [
        (Int64(0), "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59.999999Z"),
        (1_767_618_000_000_000, "2026-01-05T13:00:00Z"),
        (1_767_618_000_000_050, "2026-01-05T13:00:00.000050Z"),
    ])
    func `an instant has one spelling`(microseconds: Int64, spelled: String) {
        #expect(Instant(microsecondsSinceUnixEpoch: microseconds).iso8601 == spelled)
    }

    @Test func `a row names its columns, and its key names the row`() {
        let row = RecheckQueueRow(
            patient: PatientID(uuid(1)),
            recheck: RecheckID(rule: .hemoglobinResponse, anchor: EventVersion(17)),
            site: SiteID("north"), ruleVersion: 2, reason: "response-after-course",
            tests: [.ferritin, .hemoglobin], earliest: date("2026-03-06"), due: date("2026-03-20"),
            overdueAfter: date("2026-04-10"), urgency: .soon, opened: Position(41), closed: nil,
            closedReason: nil, evidence: [Position(3), Position(40)])
        let canonical = CanonicalRow(row)
        #expect(canonical.key == "00000000-0000-4000-8000-000000000001 R3-17 41")
        #expect(
            canonical.description == """
                {"due":"2026-03-20","earliest":"2026-03-06","evidence":[3,40],"opened":41,\
                "overdueAfter":"2026-04-10","patient":"00000000-0000-4000-8000-000000000001",\
                "reason":"response-after-course","recheck":"R3-17","ruleVersion":2,"site":"north",\
                "tests":["ferritin","hemoglobin"],"urgency":"soon"}
                """)
        var digest = RowDigest()
        digest.append(RowGroupDigest([canonical]))
        digest.append(RowGroupDigest([]))
        #expect(digest.rows == 1)
        #expect(
            digest.hexadecimal
                == "637280aa2f9682b331b3925a58b1c79eae6fa8631b3a3d8cef707cc95b373d89")
    }

    @Test func `no rows have the digest of nothing`() {
        #expect(
            RowDigest().hexadecimal
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }
}
