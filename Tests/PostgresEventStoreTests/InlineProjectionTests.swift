import EventStore
import EventStoreConformance
import Foundation
import PostgresEventStore
import Testing

@Suite struct `Inline projections` {
    @Test func `are written for what is appended, in the same transaction, and for nothing else`()
        async throws
    {
        try await LogDatabase.with { log in
            try await log.makeCounting()
            let store = PostgresEventStore(pool: log.pool, projector: Counting())
            let one = Sample()
            let two = Sample()
            let batch = [
                one.append(at: 0, events: 2).changing(1, room: "a"),
                one.append(at: 0).changing(2), one.append(at: 2).changing(4),
                two.append(at: 0).changing(8, room: "a"), two.append(at: 0).changing(16),
                Sample().append(at: 0).changing(32),
            ]
            let outcomes = try await store.append(batch, tenant: log.tenant)
            #expect(outcomes[1] == .conflict(expected: .none, found: StreamVersion(2)))
            #expect(outcomes[2] == .undecided)
            #expect(outcomes[3] == .unavailable(constraint: "room is free"))
            #expect(outcomes[4] == .undecided)
            let appended = outcomes.compactMap(\.appended)
            #expect(appended.count == 2)
            // One transaction: it was the database that judged the mixture, not the sender one by one.
            #expect(Set(appended.map(\.recordedAt)).count == 1)
            #expect(try await log.totals() == [1: 1, 3: 32])
            // A retry changes nothing a second time.
            let retried = try await store.append([batch[0]], tenant: log.tenant)
            #expect(retried[0].duplicate != nil)
            #expect(try await log.totals() == [1: 1, 3: 32])
        }
    }

    @Test func `vanish with an append that the store refuses, and only with that`() async throws {
        try await LogDatabase.with { log in
            try await log.makeCounting()
            let store = PostgresEventStore(pool: log.pool, projector: Counting())
            let outcomes = try await store.append(
                [
                    Sample().append(at: 0).changing(1, room: "a"),
                    Sample().append(at: 0, causation: Position(99)).changing(2, room: "b"),
                    Sample().append(at: 0).changing(4, room: "b"),
                    Sample().append(at: 0).changing(8, room: "a"),
                ], tenant: log.tenant)
            #expect(outcomes[0].appended != nil)
            #expect(outcomes[1] == .failed(.storeFailed))
            #expect(outcomes[2].appended != nil)
            #expect(outcomes[3] == .unavailable(constraint: "room is free"))
            #expect(try await log.totals() == [1: 1, 2: 4])
        }
    }
}
