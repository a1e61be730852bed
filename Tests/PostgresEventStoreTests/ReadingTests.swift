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
