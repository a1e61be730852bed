import Foundation
import TestPostgres
import Testing

@testable import Postgres

@Suite struct `Decoding` {
    @Test func `a value of another type is refused and named, not shown`() async throws {
        try await TestDatabase.withConnection { connection in
            let row = try #require(
                try await connection.query("SELECT 'secret'::text AS answer, 7::int4 AS small")
                    .first)
            let failure = #expect(throws: PostgresError.self) {
                try row.decode(Int64.self, "answer")
            }
            #expect(failure?.code == .decoding)
            #expect(failure?.decodingFailure?.column == "answer")
            #expect(failure?.decodingFailure?.expected == "Int64")
            #expect(failure?.decodingFailure?.found == .text)
            #expect(failure?.decodingFailure?.problem == .unexpectedType)
            #expect(failure.map { "\($0)".contains("secret") } == false)
            #expect(throws: PostgresError.self) { try row.decode(Int64.self, "small") }
            #expect(try row.decode(Int.self, "small") == 7)
        }
    }

    @Test func `NULL needs an optional`() async throws {
        try await TestDatabase.withConnection { connection in
            let row = try #require(try await connection.query("SELECT NULL::int8 AS x").first)
            #expect(try row.decode(Int64?.self, "x") == nil)
            let failure = #expect(throws: PostgresError.self) { try row.decode(Int64.self, "x") }
            #expect(failure?.decodingFailure?.problem == .unexpectedNull)
        }
    }

    @Test func `missing columns and wrong counts are refused`() async throws {
        try await TestDatabase.withConnection { connection in
            let row = try #require(try await connection.query("SELECT 1::int8 AS x").first)
            let byName = #expect(throws: PostgresError.self) { try row.decode(Int64.self, "y") }
            #expect(byName?.decodingFailure?.problem == .missingColumn)
            #expect(throws: PostgresError.self) { try row.decode(Int64.self, at: 1) }
            #expect(throws: PostgresError.self) { try row.decode(Int64.self, at: -1) }
            let count = #expect(throws: PostgresError.self) {
                try row.decode((Int64, Int64).self)
            }
            #expect(count?.decodingFailure?.problem == .wrongColumnCount)
        }
    }

    @Test func `rows outlive their connection`() async throws {
        let rows = try await TestDatabase.withConnection { connection in
            try await connection.query("SELECT i, i::text FROM generate_series(1, 1000) i")
        }
        #expect(rows.count == 1_000)
        #expect(rows.affectedRows == 1_000)
        #expect(rows.commandTag == "SELECT 1000")
        let decoded = try rows.decode((Int32, String).self)
        #expect(decoded[999] == (1_000, "1000"))
    }

    @Test func `a row shows no content`() async throws {
        try await TestDatabase.withConnection { connection in
            let rows = try await connection.query("SELECT \("secret") AS answer")
            var text = ""
            dump(rows, to: &text)
            dump(rows.first, to: &text)
            print(rows, rows.first as Any, to: &text)
            #expect(!text.contains("secret"))
        }
    }

    @Test func `malformed arrays are refused, whatever their bytes`() {
        var good = PostgresBuffer()
        ([1, nil, 3] as [Int32?]).encode(into: &good)
        for length in 0..<good.count {
            let cut = Array(good.bytes.prefix(length))
            #expect(throws: DecodingProblem.self) {
                try [Int32?].decode(cut.span.bytes, type: .int4Array)
            }
        }
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            var bytes = good.bytes
            for _ in 0..<3 {
                bytes[Int.random(in: bytes.indices, using: &generator)] = .random(in: 0...255)
            }
            // Any answer will do, as long as it is an answer.
            _ = try? [Int32?].decode(bytes.span.bytes, type: .int4Array)
            _ = try? PostgresNumeric.decode(bytes.span.bytes, type: .numeric).description
        }
    }
}
