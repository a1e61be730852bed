import EventStore
import EventStoreConformance
import Foundation
import Postgres
import Synchronization
import TestPostgres
import Testing

@testable import PostgresEventStore

@Suite struct `Racing writers` {
    @Test func `leave a dense log, and a tail sees every position once and in order`() async throws
    {
        try await LogDatabase.with { log in
            let streams = (0..<5).map { _ in Sample() }
            let target = Position(400)
            let tail = Task { try await Self.follow(log, to: target) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<16 {
                    group.addTask {
                        var random = SplitMix(state: UInt64(writer))
                        while try await log.store.head(tenant: log.tenant) < target {
                            let batch = try await Self.decide(log, streams, &random)
                            if Int.random(in: 0..<4, using: &random) == 0 {
                                try await Self.appendAndAbort(log, batch, &random)
                            } else {
                                _ = try await log.store.append(batch, tenant: log.tenant)
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let seen = try await tail.value
            #expect(seen == Array(1...Int64(seen.count)))
            let events = try await log.store.everything(log.tenant, page: 1_000)
            #expect(events.map(\.position.value) == Array(1...Int64(events.count)))
            let times = events.map(\.recordedAt)
            #expect(times == times.sorted())
        }
    }

    @Test func `in several processes each get all their chained commands in`() async throws {
        try await LogDatabase.with { log in
            let stream = UUID()
            let racers = [
                try await Racer(log, stream: stream, commands: 40),
                try await Racer(log, stream: stream, commands: 40),
            ]
            let accepted = try await withThrowingTaskGroup(of: [String].self) { group in
                for racer in racers { group.addTask { try await racer.result() } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(accepted.count == 80)
            #expect(Set(accepted).count == 80)
            let sample = Sample("thing", stream)
            let events = try await log.store.read(
                sample.stream, tenant: log.tenant, after: .none, limit: 1_000)
            #expect(events.map(\.version.value) == Array(1...160))
            // Two events per command, side by side: no link matched a version of another's.
            for pair in stride(from: 0, to: 160, by: 2) {
                #expect(events[pair].commandID == events[pair + 1].commandID)
            }
        }
    }

    private static func follow(_ log: LogDatabase, to target: Position) async throws -> [Int64] {
        var seen: [Int64] = []
        let tail = EventTail(
            log.store, tenant: log.tenant, after: .start, pageEvents: 7,
            pollInterval: .milliseconds(1))
        for try await batch in tail {
            seen += batch.map(\.position.value)
            if Position(seen.last ?? 0) >= target { break }
        }
        return seen
    }

    /// Reads versions, waits a moment as deciding would, and builds chains on what it read.
    private static func decide(
        _ log: LogDatabase, _ streams: [Sample], _ random: inout SplitMix
    ) async throws -> [Append<NoChanges>] {
        var batch: [Append<NoChanges>] = []
        for sample in streams.shuffled(using: &random).prefix(2) {
            let events = try await log.store.read(
                sample.stream, tenant: log.tenant, after: .none, limit: 1_000)
            let version = events.last?.version.value ?? 0
            batch.append(sample.append(at: version, events: 2))
            batch.append(sample.append(at: version + 2))
        }
        try await Task.sleep(for: .microseconds(Int.random(in: 0...2_000, using: &random)))
        return batch
    }

    /// What a process does that dies before its commit: the append function has run, nothing stays.
    private static func appendAndAbort(
        _ log: LogDatabase, _ batch: [Append<NoChanges>], _ random: inout SplitMix
    ) async throws {
        struct Abort: Error {}
        let delay = Int.random(in: 0...3_000, using: &random)
        do {
            try await log.pool.withConnection { connection in
                try await connection.transaction { connection in
                    try await connection.query(Statements.seeTenant(log.tenant.description))
                    try await connection.query(log.statement(batch))
                    try await Task.sleep(for: .microseconds(delay))
                    throw Abort()
                }
            }
        } catch is Abort {}
    }
}

extension LogDatabase {
    /// The append statement itself, for connections that do with it what the store never does.
    func statement(_ batch: [Append<NoChanges>]) -> Query {
        Statements.append.binding(LogParameters(batch, tenant: tenant).values)
    }
}

/// A process of its own: `Tests/LogRacer`.
private struct Racer: Sendable {
    private let process: ChildProcess

    init(_ log: LogDatabase, stream: UUID, commands: Int) async throws {
        process = try await ChildProcess(
            try ChildProcess.program("LogRacer"),
            [
                log.admin.conninfo, LogDatabase.serviceRole, log.tenant.description,
                stream.uuidString, String(commands),
            ])
    }

    func result() async throws -> [String] {
        try await process.ended().output.split(separator: "\n").map(String.init)
    }
}
