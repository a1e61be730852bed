import Foundation
import Synchronization
import TestPostgres
import Testing

@testable import Postgres

@Suite struct `COPY` {
    static let rowCount = 100_000

    /// Counts how far the reader of a sequence is ahead of what was sent.
    struct Numbers: AsyncSequence, Sendable {
        typealias Element = Int64
        let count: Int64

        struct AsyncIterator: AsyncIteratorProtocol {
            var next: Int64 = 0
            let count: Int64
            mutating func next() async -> Int64? {
                guard next < count else { return nil }
                next += 1
                return next
            }
        }
        func makeAsyncIterator() -> AsyncIterator { AsyncIterator(count: count) }
    }

    @Test func `a hundred thousand rows go in and come out, whatever the reader's pace`()
        async throws
    {
        try await TestDatabase.withConnection { connection in
            try await connection.executeScript(
                unsafeSQL: "CREATE TABLE t (a int8 PRIMARY KEY, b text, c uuid, d bytea)")
            let id = UUID()
            let copied = try await connection.copyIn(
                "COPY t FROM STDIN (FORMAT binary)", rows: Numbers(count: Int64(Self.rowCount))
            ) { number, writer in
                writer.append(
                    number, number % 7 == 0 ? nil : "row \(number)", id,
                    [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 60))
            }
            #expect(copied == Self.rowCount)
            var reader = BinaryCopyReader()
            var expected: Int64 = 0
            let stream = try await connection.copyOut(
                "COPY (SELECT * FROM t ORDER BY a) TO STDOUT (FORMAT binary)")
            for try await chunk in stream {
                #expect(chunk.count <= 2 * PostgresLimits.copyChunkBytes)
                await Task.yield()
                reader.append(chunk)
                while try reader.advance() {
                    expected += 1
                    let row = try reader.decode((Int64, String?, UUID, [UInt8]).self)
                    guard row.0 == expected, row.2 == id, row.3.count == 60,
                        row.1 == (expected % 7 == 0 ? nil : "row \(expected)")
                    else { throw PostgresError(.copyFormat) }
                }
            }
            try reader.finish()
            #expect(expected == Int64(Self.rowCount))
            #expect(connection.isUsable && connection.isAtRest)
        }
    }

    @Test func `a reader that stands still stops the server`() async throws {
        try await TestDatabase.with { database in
            let connection = try await database.connect()
            let observer = try await database.connect()
            let process = connection.backendProcessID
            let stream = try await connection.copyOut(
                """
                COPY (SELECT repeat('x', 1000) FROM generate_series(1, 200000)) TO STDOUT
                """)
            var iterator = stream.makeAsyncIterator()
            _ = try await iterator.next()
            // 200 MB are on offer; with the reader at rest the server waits to write.
            try await eventually("the server waits for the client") {
                let row = try await observer.query(
                    "SELECT wait_event FROM pg_stat_activity WHERE pid = \(process)"
                ).first
                return try row?.decode(String?.self, "wait_event") == "ClientWrite"
            }
            await connection.close()
            await observer.close()
        }
    }

    @Test func `a reader that stops early leaves a connection to be discarded`() async throws {
        try await TestDatabase.with { database in
            let connection = try await database.connect()
            do {
                let stream = try await connection.copyOut(
                    "COPY (SELECT generate_series(1, 1000000)) TO STDOUT (FORMAT binary)")
                for try await _ in stream { break }
            }
            #expect(!connection.isUsable)
            await connection.close()
        }
    }

    @Test func `a writer that throws stores nothing and the connection stays good`() async throws {
        struct Refusal: Error {}
        try await TestDatabase.withConnection { connection in
            try await connection.executeScript(unsafeSQL: "CREATE TABLE t (a int8)")
            await #expect(throws: Refusal.self) {
                try await connection.copyIn("COPY t FROM STDIN (FORMAT binary)") { writer in
                    var binary = BinaryCopyWriter()
                    binary.append(Int64(1))
                    try await writer.write(binary.takeChunk())
                    throw Refusal()
                }
            }
            #expect(connection.isUsable)
            #expect(try await connection.query("SELECT * FROM t").isEmpty)
        }
    }

    @Test func `a row that the server refuses is a typed error, early or late`() async throws {
        try await TestDatabase.withConnection { connection in
            try await connection.executeScript(
                unsafeSQL: "CREATE TABLE t (a int8 CONSTRAINT a_is_small CHECK (a < 10))")
            let failure = await #expect(throws: PostgresError.self) {
                try await connection.copyIn(
                    "COPY t FROM STDIN (FORMAT binary)", rows: Numbers(count: 500_000)
                ) { $1.append($0) }
            }
            #expect(failure?.constraint == "a_is_small")
            #expect(try await connection.query("SELECT * FROM t").isEmpty)
        }
    }

    @Test func `a chunk may be cut at every byte`() throws {
        var writer = BinaryCopyWriter()
        writer.append(Int64(1), "one", nil as [UInt8]?)
        writer.append(Int64(2), "", [1, 2] as [UInt8])
        let bytes = writer.finish()
        for size in 1...bytes.count {
            var reader = BinaryCopyReader()
            var rows: [Int64] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                reader.append(Array(bytes[start..<min(start + size, bytes.count)]))
                while try reader.advance() { rows.append(try reader.decode(at: 0)) }
            }
            try reader.finish()
            #expect(rows == [1, 2])
        }
    }

    @Test func `a stream cut short or damaged is refused`() throws {
        var writer = BinaryCopyWriter()
        writer.append(Int64(1))
        let bytes = writer.finish()
        for length in 0..<bytes.count {
            var reader = BinaryCopyReader()
            reader.append(Array(bytes.prefix(length)))
            while try reader.advance() {}
            #expect(throws: PostgresError.self) { try reader.finish() }
        }
        var damaged = bytes
        damaged[0] = 0
        var reader = BinaryCopyReader()
        reader.append(damaged)
        #expect(throws: PostgresError.self) { try reader.advance() }
    }
}
