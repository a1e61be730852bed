import Foundation
import TestPostgres
import Testing

@testable import Postgres

@Suite struct `Codecs` {
    @Test func `integers round trip at their extremes`() async throws {
        try await TestDatabase.withConnection { connection in
            for value in [Int16.min, -1, 0, 1, .max] {
                try await expectRoundTrip(value, connection)
            }
            for value in [Int32.min, -1, 0, 1, .max] {
                try await expectRoundTrip(value, connection)
            }
            for value in [Int64.min, -1, 0, 1, .max] {
                try await expectRoundTrip(value, connection)
            }
            for value in [Int.min, -1, 0, 1, .max] { try await expectRoundTrip(value, connection) }
        }
    }

    @Test func `floating point round trips, infinities included`() async throws {
        try await TestDatabase.withConnection { connection in
            let values = [
                0.0, -0.0, 1.5, .pi, .infinity, -.infinity, .leastNonzeroMagnitude,
                .greatestFiniteMagnitude,
            ]
            for value in values { try await expectRoundTrip(value, connection) }
            let row = try #require(
                try await connection.query("SELECT 'NaN'::float8, 1.5::real").first)
            #expect(try row.decode(Double.self, at: 0).isNaN)
            #expect(try row.decode(Double.self, at: 1) == 1.5)
        }
    }

    @Test func `text, bytes, booleans and UUIDs round trip`() async throws {
        try await TestDatabase.withConnection { connection in
            for value in [
                "", "a", "über 🚂", "'; DROP TABLE x; --", String(repeating: "x", count: 100_000),
            ] {
                try await expectRoundTrip(value, connection)
            }
            for value in [[], [0], [0, 255, 10], [UInt8](repeating: 7, count: 100_000)] as [[UInt8]]
            {
                try await expectRoundTrip(value, connection)
            }
            for value in [true, false] { try await expectRoundTrip(value, connection) }
            try await expectRoundTrip(UUID(), connection)
            try await expectRoundTrip(PostgresJSON(#"{"a": [1, 2]}"#), connection)
        }
    }

    @Test func `the server reads every value as we meant it`() async throws {
        try await TestDatabase.withConnection { connection in
            let id = try #require(UUID(uuidString: "01234567-89AB-CDEF-0123-456789ABCDEF"))
            let row = try #require(
                try await connection.query(
                    """
                    SELECT \(id)::text, \(PostgresDate(year: 2024, month: 2, day: 29))::text,
                        (\(PostgresTimestamp(microsecondsSinceUnixEpoch: 1_700_000_000_123_456))
                            AT TIME ZONE 'UTC')::text,
                        \(PostgresNumeric("-12.3400"))::text, \([1, nil, 3] as [Int32?])::text,
                        \(true)::text, \([0xDE, 0xAD] as [UInt8])::text, \(1.25)::text
                    """
                ).first)
            let expected = [
                "01234567-89ab-cdef-0123-456789abcdef", "2024-02-29", "2023-11-14 22:13:20.123456",
                "-12.3400", "{1,NULL,3}", "true", "\\xdead", "1.25",
            ]
            for (column, text) in expected.enumerated() {
                #expect(try row.decode(String.self, at: column) == text)
            }
        }
    }

    @Test func `every text type is read as a string`() async throws {
        try await TestDatabase.withConnection { connection in
            let row = try #require(
                try await connection.query(
                    """
                    SELECT 'a'::text, 'a'::varchar, 'a'::name, 'a'::char(1), 'a'::"char", '"a"'::json
                    """
                ).first)
            for column in 0..<5 { #expect(try row.decode(String.self, at: column) == "a") }
            #expect(try row.decode(String.self, at: 5) == "\"a\"")
        }
    }

    @Test func `dates and instants round trip to their extremes`() async throws {
        try await TestDatabase.withConnection { connection in
            let dates: [PostgresDate?] = [
                PostgresDate(year: -4_712, month: 1, day: 1),
                PostgresDate(year: 1, month: 1, day: 1),
                PostgresDate(daysSinceUnixEpoch: 0), PostgresDate(year: 2000, month: 2, day: 29),
                PostgresDate(year: 5_874_897, month: 12, day: 31), .infinity, .negativeInfinity,
            ]
            for date in dates { try await expectRoundTrip(try #require(date), connection) }
            let instants: [Int64] = [
                0, 1, -1, 1_763_000_000_000_001, -210_866_803_200_000_000, Int64.max - 1, .max,
                .min,
            ]
            for value in instants {
                try await expectRoundTrip(
                    PostgresTimestamp(microsecondsSinceUnixEpoch: value), connection)
            }
            await #expect(throws: PostgresError.self) {
                try await connection.query(
                    "SELECT \(PostgresTimestamp(microsecondsSinceUnixEpoch: .min + 5))::text")
            }
            let far = try #require(
                try await connection.query("SELECT '294276-12-31'::timestamptz").first)
            let failure = #expect(throws: PostgresError.self) {
                try far.decode(PostgresTimestamp.self)
            }
            #expect(failure?.decodingFailure?.problem == .outOfRange)
        }
    }

    @Test func `dates agree with the server's calendar`() async throws {
        try await TestDatabase.withConnection { connection in
            let rows = try await connection.query(
                """
                SELECT day::date, extract(year FROM day)::int4, extract(month FROM day)::int4,
                    extract(day FROM day)::int4
                FROM generate_series('1899-01-01'::date, '2101-01-01', '13 days') day
                """)
            for row in rows {
                let (date, year, month, day) = try row.decode(
                    (PostgresDate, Int, Int, Int).self)
                #expect(date.components == (year, month, day))
                #expect(PostgresDate(year: year, month: month, day: day) == date)
            }
            #expect(PostgresDate(year: 2023, month: 2, day: 29) == nil)
            #expect(PostgresDate(year: 2023, month: 13, day: 1) == nil)
            #expect(PostgresDate(year: 2026, month: 3, day: 9)?.description == "2026-03-09")
            #expect(
                PostgresTimestamp(microsecondsSinceUnixEpoch: -1).description
                    == "1969-12-31T23:59:59.999999Z")
        }
    }

    @Test(arguments: [
        "0", "0.00", "1", "-1", "10000", "9999.9999", "0.0001", "-0.00001",
        "12345678901234567890.5",
        "100000000", "0.1000", "NaN", "Infinity", "-Infinity", "1.10", "123456.7",
        "99999999999999999999999999999999999999.999999999999999999999999999",
    ])
    func `numeric is exact, digit for digit`(_ text: String) async throws {
        try await TestDatabase.withConnection { connection in
            let number = try #require(PostgresNumeric(text))
            #expect(number.description == text)
            let row = try #require(
                try await connection.query("SELECT \(number), \(number)::text, \(text)::numeric")
                    .first)
            #expect(try row.decode(PostgresNumeric.self, at: 0) == number)
            #expect(try row.decode(String.self, at: 1) == text)
            #expect(try row.decode(PostgresNumeric.self, at: 2) == number)
        }
    }

    @Test(arguments: ["", ".", "-", "1e5", "1 ", "0x1", "1.2.3", "--1", "١"])
    func `what is no number is refused`(_ text: String) {
        #expect(PostgresNumeric(text) == nil)
    }

    @Test func `arrays round trip, empty and with nulls`() async throws {
        try await TestDatabase.withConnection { connection in
            try await expectRoundTrip([1, -2, .max] as [Int16], connection)
            try await expectRoundTrip([1, nil, .min] as [Int32?], connection)
            try await expectRoundTrip([1, nil, .min] as [Int64?], connection)
            try await expectRoundTrip([] as [Int64], connection)
            try await expectRoundTrip((0..<10_000).map { $0 } as [Int], connection)
            try await expectRoundTrip(["a", "", "{}\",NULL", "ü"], connection)
            try await expectRoundTrip(["a", nil] as [String?], connection)
            try await expectRoundTrip([UUID(), UUID()], connection)
            try await expectRoundTrip([UUID(), nil], connection)
            try await expectRoundTrip([[1, 2], [], [0]] as [[UInt8]], connection)
            try await expectRoundTrip([[1, 2], nil] as [[UInt8]?], connection)
            try await expectRoundTrip(
                [PostgresTimestamp(microsecondsSinceUnixEpoch: 7), nil], connection)
            try await expectRoundTrip([PostgresDate(daysSinceUnixEpoch: 7), nil], connection)
            try await expectRoundTrip([true, nil, false], connection)
            try await expectRoundTrip([1.5, nil], connection)
            try await expectRoundTrip([PostgresNumeric("1.50"), nil], connection)
            try await expectRoundTrip([PostgresJSON("1"), nil], connection)
        }
    }

    @Test func `nil keeps its type`() async throws {
        try await TestDatabase.withConnection { connection in
            let row = try #require(
                try await connection.query(
                    """
                    SELECT pg_typeof(\(Int64?.none))::text, pg_typeof(\(UUID?.none))::text,
                        pg_typeof(\([String]?.none))::text, \(Int64?.none)
                    """
                ).first)
            #expect(
                try row.decode((String, String, String, Int64?).self) == (
                    "bigint", "uuid", "text[]", nil
                ))
        }
    }
}

private func expectRoundTrip<Value: PostgresEncodable & PostgresDecodable & Equatable>(
    _ value: Value, _ connection: PostgresConnection,
    _ location: SourceLocation = #_sourceLocation
) async throws {
    let row = try #require(try await connection.query("SELECT \(value)").first)
    #expect(try row.decode(Value.self) == value, sourceLocation: location)
    let null = try #require(try await connection.query("SELECT \(Value?.none)").first)
    #expect(null.isNull(at: 0), sourceLocation: location)
    let decoded: Value? = try null.decode(at: 0)
    #expect(decoded == nil, sourceLocation: location)
}
