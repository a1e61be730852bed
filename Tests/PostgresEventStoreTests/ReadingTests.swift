import EventStore
import EventStoreConformance
import Foundation
import Postgres
import TestPostgres
import Testing

@testable import PostgresEventStore

@Suite struct `Reading at length` {
    @Test func `a replay is the log, across its segments`() async throws {
        try await LogDatabase.with { log in
            let size = 1_000
            let batches = Int(EventLogLimits.replaySegmentEvents) / size + 2
            try await log.fill(batches: batches, of: size)
            var replayed: [RecordedEvent] = []
            for try await batch in log.store.replay(
                tenant: log.tenant, from: Position(1), to: Position(.max / 2))
            {
                replayed += batch
            }
            let isSame = try await replayed == log.store.everything(log.tenant, page: 5_000)
            #expect(isSame)
            #expect(replayed.count == batches * size)
        }
    }

    @Test func `a replay of a part is that part, and of nothing nothing`() async throws {
        try await LogDatabase.with { log in
            try await log.fill(batches: 1, of: 50)
            var positions: [Int64] = []
            for try await batch in log.store.replay(
                tenant: log.tenant, from: Position(7), to: Position(12))
            {
                positions += batch.map(\.position.value)
            }
            #expect(positions == Array(7...12))
            for try await _ in log.store.replay(
                tenant: TenantID(UUID()), from: .start, to: Position(100))
            {
                Issue.record("a log that does not exist has events")
            }
        }
    }

    @Test func `a wake-up reaches a tail that would have slept for an hour`() async throws {
        try await LogDatabase.with { log in
            let wakeUps = PostgresWakeUps(configuration: log.service)
            let listening = Task { await wakeUps.run() }
            let notifier = PostgresEventNotifier(pool: log.pool)
            // Once this has returned, somebody listens.
            _ = await wakeUps.wait(for: log.tenant, seen: 0, atMost: .seconds(30))
            let tail = EventTail(
                log.store, tenant: log.tenant, after: .start, wakeUps: wakeUps,
                pollInterval: .seconds(3_600))
            let reading = Task {
                var seen = 0
                for try await batch in tail {
                    seen += batch.count
                    if seen == 20 { break }
                }
                return seen
            }
            for _ in 0..<20 {
                _ = try await log.store.append([Sample().append(at: 0)], tenant: log.tenant)
                await notifier.committed(log.tenant)
            }
            #expect(try await reading.value == 20)
            listening.cancel()
            await listening.value
        }
    }

    @Test func `a checkpoint moves for its owner and for nobody else`() async throws {
        try await LogDatabase.with { log in
            try await log.fill(batches: 1, of: 10)
            let checkpoints = PostgresCheckpoints(pool: log.pool)
            let old = try await checkpoints.acquire("counts", tenant: log.tenant, owner: "a")
            #expect(old.reached == .start)
            let reached = TailCheckpoint(position: Position(4), logEpoch: 1)
            _ = try await checkpoints.advance(old, to: reached) { _ in }
            let new = try await checkpoints.acquire("counts", tenant: log.tenant, owner: "b")
            #expect(new.reached == reached)
            #expect(new.fencingToken > old.fencingToken)
            // The former owner wakes up from a long pause.
            let late = TailCheckpoint(position: Position(6), logEpoch: 1)
            let code = await EventLogError.Code.of {
                _ = try await checkpoints.advance(old.advanced(to: reached), to: late) { _ in
                    Issue.record("rows were written under a stale token")
                }
            }
            #expect(code == .staleCheckpoint)
            // Beyond the head is refused in the database too.
            let beyond = TailCheckpoint(position: Position(11), logEpoch: 1)
            let refused = await EventLogError.Code.of {
                _ = try await checkpoints.advance(new, to: beyond) { _ in }
            }
            #expect(refused == .storeFailed)
            _ = try await checkpoints.advance(new, to: late) { _ in }
        }
    }

    @Test func `a failed write leaves the checkpoint where it was`() async throws {
        try await LogDatabase.with { log in
            try await log.fill(batches: 1, of: 3)
            let checkpoints = PostgresCheckpoints(pool: log.pool)
            let mine = try await checkpoints.acquire("counts", tenant: log.tenant, owner: "a")
            await #expect(throws: Unexpected.self) {
                _ = try await checkpoints.advance(
                    mine, to: TailCheckpoint(position: Position(2), logEpoch: 1)
                ) { _ in throw Unexpected("the projection has a bug") }
            }
            let again = try await checkpoints.acquire("counts", tenant: log.tenant, owner: "a")
            #expect(again.reached == .start)
        }
    }

    @Test func `tenants are created once, listed by name, and never renamed by accident`()
        async throws
    {
        try await LogDatabase.with { log in
            let directory = TenantDirectory(pool: log.pool)
            let alpha = TenantID(UUID())
            let name = try #require(TenantName("alpha"))
            #expect(try await directory.create(alpha, name: name) == .created)
            #expect(try await directory.create(alpha, name: name) == .exists)
            #expect(try await directory.create(TenantID(UUID()), name: name) == .nameTaken)
            let other = try #require(TenantName("beta"))
            #expect(try await directory.create(alpha, name: other) == .idTaken)
            #expect(try await directory.find(name)?.id == alpha)
            #expect(try await directory.list().map(\.id) == [alpha, log.tenant])
        }
    }

    @Test(arguments: ["", "a", "A1", "1a", "a_b", "ä1", "-a", String(repeating: "a", count: 64)])
    func `what is no slug is no tenant's name`(text: String) {
        #expect(TenantName(text) == nil)
    }
}
