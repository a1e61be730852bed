import Foundation
import Infusion
import InfusionProjections
import InfusionWire
import Testing

@testable import SchedulerHTTP

/// Numbers, instants and cursors at the edge.
@Suite struct ValueTests {
    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("13.10", "13.1"), ("-0.5", "-0.5"), ("1e3", "1000"),
        ("1.5E-3", "0.0015"), ("123456789012345678", "123456789012345678"),
        ("0.000000000001", "0.000000000001"), ("00.1", "0.1"), ("5e-1", "0.5"),
    ])
    func `decimals are exact`(_ number: String, _ text: String) throws {
        #expect(JSON.decimal(try #require(ExactDecimal.parse(number))) == .number(text))
    }

    @Test(arguments: ["1234567890123456789", "1e99", "1e-13", "1e100", "1e999999999999999999999"])
    func `numbers beyond any measurement are refused`(_ number: String) {
        #expect(ExactDecimal.parse(number) == nil)
    }

    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59.999999Z", -1),
            ("2026-03-02T10:30:00+01:00", 1_772_443_800_000_000),
            ("2026-03-02t09:30:00.5z", 1_772_443_800_500_000),
            ("2026-03-02T00:00:00-09:30", 1_772_443_800_000_000),
        ] as [(String, Int64)])
    func `instants are read to the microsecond`(_ text: String, _ microseconds: Int64) {
        #expect(
            RFC3339.parse(text) == Instant(microsecondsSinceUnixEpoch: microseconds))
    }

    @Test(arguments: [
        "", "2026-03-02", "2026-03-02T09:30:00", "2026-03-02T09:30Z", "2026-03-02 09:30:00Z",
        "2026-02-29T09:30:00Z", "2026-03-02T24:00:00Z", "2026-03-02T09:60:00Z",
        "2026-03-02T09:30:60Z", "2026-03-02T09:30:00.1234567Z", "2026-03-02T09:30:00.Z",
        "2026-03-02T09:30:00+1:00", "2026-03-02T09:30:00+24:00", "2026-03-02T09:30:00Zjunk",
        "２026-03-02T09:30:00Z", "2026-03-02T09:30:00+01:0é",
    ])
    func `anything less is no instant`(_ text: String) {
        #expect(RFC3339.parse(text) == nil)
    }

    @Test func `what is written is read again`() {
        for microseconds: Int64 in [0, -1, 1, 1_772_443_800_123_456, -62_135_596_800_000_000] {
            let text = Instant(microsecondsSinceUnixEpoch: microseconds).iso8601
            #expect(RFC3339.parse(text)?.microsecondsSinceUnixEpoch == microseconds, "\(text)")
        }
    }

    @Test func `a cursor is read as it was written`() throws {
        let cursor = RecheckQueueCursor(
            urgency: .urgent, due: Samples.date, patient: Samples.patient, recheck: Samples.recheck)
        #expect(RecheckQueueCursor(token: cursor.token) == cursor)
    }

    @Test func `a row's id is read as it was written`() {
        let row = RecheckReference(patient: Samples.patient, recheck: Samples.recheck)
        #expect(RecheckReference(row.description) == row)
    }

    @Test(arguments: ["", ".", "R3", "R3-", "R3-+17", "R3--17", "R3-x", "R99-17", "R3-17.R3-17"])
    func `anything less is no row's id`(_ recheck: String) {
        #expect(RecheckReference("\(Samples.patient).\(recheck)") == nil)
        #expect(RecheckReference("x.R3-17") == nil)
    }
}
