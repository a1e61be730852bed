import EventStore
import EventStoreConformance
import Foundation
import Postgres
import PostgresEventStore
import TestPostgres
import Testing

/// Partitions of a projection, their leases, and the tokens that fence off who was overtaken.
@Suite struct CheckpointTests {
    static let long = Duration.seconds(3_600)

    private func checkpoints(_ log: LogDatabase, count: Int32 = 16) -> PostgresCheckpoints {
        PostgresCheckpoints(
            pool: log.pool, projection: "counts", tenant: log.tenant,
            partitions: StreamPartitions(count: count))
    }

    private func reached(_ position: Int64) -> TailCheckpoint {
        TailCheckpoint(position: Position(position), logEpoch: 1)
    }

    @Test func `a stream's partition is the same for ever, and streams spread`() throws {
        let partitions = StreamPartitions(count: 16)
        let zero = try #require(UUID(uuidString: "00000000-0000-0000-0000-000000000000"))
        let one = try #require(UUID(uuidString: "9a000000-0000-4000-8000-00000000000b"))
        #expect(partitions.partition(of: zero) == 5)
        #expect(partitions.partition(of: one) == 10)
        var counts = [Int](repeating: 0, count: 16)
        for _ in 0..<16_000 { counts[Int(partitions.partition(of: UUID()))] += 1 }
        #expect(counts.allSatisfy { (700...1_300).contains($0) }, "\(counts)")
    }

    @Test func `a checkpoint moves for its owner and for nobody else`() async throws {
        try await LogDatabase.with { log in
            try await log.fill(batches: 1, of: 10)
            let checkpoints = checkpoints(log, count: 1)
            let old = try await checkpoints.acquire(owner: "a", lease: .zero)
            #expect(old.map(\.reached) == [.start])
            let moved = try await checkpoints.advance(old, to: reached(4)) { _ in }
            // The lease is over, and somebody else comes.
            let new = try await checkpoints.acquire(owner: "b", lease: Self.long)
            #expect(new.map(\.reached) == [reached(4)])
            #expect(new[0].fencingToken > old[0].fencingToken)
            // The former owner wakes up from a long pause.
            let code = await EventLogError.Code.of {
                _ = try await checkpoints.advance(moved, to: reached(6)) { _ in
                    Issue.record("rows were written under a stale token")
                }
            }
            #expect(code == .staleCheckpoint)
            #expect(try await checkpoints.renew(moved, lease: Self.long).isEmpty)
            // Beyond the head is refused in the database too.
            let refused = await EventLogError.Code.of {
                _ = try await checkpoints.advance(new, to: reached(11)) { _ in }
            }
            #expect(refused == .storeFailed)
            _ = try await checkpoints.advance(new, to: reached(6)) { _ in }
        }
    }

    @Test func `a failed write leaves the checkpoint where it was`() async throws {
        try await LogDatabase.with { log in
            try await log.fill(batches: 1, of: 3)
            let checkpoints = checkpoints(log, count: 1)
            let mine = try await checkpoints.acquire(owner: "a", lease: Self.long)
            await #expect(throws: Unexpected.self) {
                _ = try await checkpoints.advance(mine, to: reached(2)) { _ in
                    throw Unexpected("the projection has a bug")
                }
            }
            #expect(try await checkpoints.renew(mine, lease: Self.long) == mine)
        }
    }

    @Test func `one stale token of several, and nothing is written`() async throws {
        try await LogDatabase.with { log in
            try await log.fill(batches: 1, of: 3)
            let checkpoints = checkpoints(log)
            let mine = try await checkpoints.acquire(owner: "a", lease: Self.long)
            #expect(mine.map(\.partition) == Array(0..<16))
            _ = try await checkpoints.take(7, owner: "b")
            let code = await EventLogError.Code.of {
                _ = try await checkpoints.advance(mine, to: reached(2)) { _ in }
            }
            #expect(code == .staleCheckpoint)
            let kept = try await checkpoints.renew(mine, lease: Self.long)
            #expect(kept == mine.filter { $0.partition != 7 })
            // Taken for a moment only: it is free again.
            let back = try await checkpoints.acquire(
                holding: kept, owner: "a", lease: Self.long)
            #expect(back.map(\.partition) == [7])
            _ = try await checkpoints.advance(kept + back, to: reached(2)) { _ in }
        }
    }

    @Test func `owners who come and go share fairly, and each partition has one of them`()
        async throws
    {
        try await LogDatabase.with { log in
            let checkpoints = checkpoints(log)
            var held: [String: [ProjectionCheckpoint]] = [:]
            func term(_ owner: String) async throws {
                let kept = try await checkpoints.renew(held[owner] ?? [], lease: Self.long)
                held[owner] =
                    kept
                    + (try await checkpoints.acquire(
                        holding: kept, owner: owner, lease: Self.long))
            }
            func settle(_ owners: [String]) async throws -> [Int] {
                for _ in 0..<4 { for owner in owners { try await term(owner) } }
                let all = owners.flatMap { held[$0]?.map(\.partition) ?? [] }
                #expect(all.sorted() == Array(0..<16), "\(held)")
                return owners.map { held[$0]?.count ?? 0 }.sorted()
            }
            #expect(try await settle(["a"]) == [16])
            #expect(try await settle(["a", "b"]) == [8, 8])
            #expect(try await settle(["a", "b", "c"]) == [5, 5, 6])
            let tokens = held.values.flatMap { $0.map(\.fencingToken) }.sorted()
            #expect(try await settle(["a", "b", "c"]) == [5, 5, 6])
            // Nothing goes to and fro once it is shared.
            #expect(held.values.flatMap { $0.map(\.fencingToken) }.sorted() == tokens)
            try await checkpoints.release(held.removeValue(forKey: "b") ?? [])
            #expect(try await settle(["a", "c"]) == [8, 8])
        }
    }

    @Test func `who dies loses its partitions when its lease ends, and not before`() async throws {
        try await LogDatabase.with { log in
            let checkpoints = checkpoints(log)
            _ = try await checkpoints.acquire(owner: "dead", lease: .seconds(1))
            // Half is a newcomer's share while the other one may live.
            let half = try await checkpoints.acquire(owner: "heir", lease: Self.long)
            #expect(half.count == 8)
            try await eventually("the lease ends") {
                try await checkpoints.acquire(holding: half, owner: "heir", lease: Self.long)
                    .count == 8
            }
        }
    }

    @Test func `a projection that was one is divided where it stood`() async throws {
        try await LogDatabase.with { log in
            try await log.fill(batches: 1, of: 9)
            let whole = checkpoints(log, count: 1)
            let one = try await whole.acquire(owner: "a", lease: Self.long)
            _ = try await whole.advance(one, to: reached(9)) { _ in }
            try await whole.release(one)
            let parts = try await checkpoints(log).acquire(owner: "b", lease: Self.long)
            #expect(parts.map(\.reached) == Array(repeating: reached(9), count: 16))
        }
    }
}
