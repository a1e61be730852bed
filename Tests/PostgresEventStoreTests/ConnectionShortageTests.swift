import EventStore
import EventStoreConformance
import Postgres
import TestPostgres
import Testing

@testable import PostgresEventStore

@Suite struct `When no connection comes free` {
    @Test func `a group of many callers goes on asking within its time`() async throws {
        try await LogDatabase.with { log in
            try await log.lendingAll { pool, giveBack in
                let grouped = GroupAppendLog(PostgresEventStore(pool: pool))
                let before = await pool.statistics.waitTimeouts
                let callers = (0..<8).map { _ in
                    Task { try await grouped.append([Sample().append(at: 0)], tenant: log.tenant) }
                }
                // Each time is one in which all of a group would have failed.
                try await eventually("they were told more than once that none is free") {
                    await pool.statistics.waitTimeouts >= before + 3
                }
                giveBack()
                for caller in callers {
                    let outcomes = try await caller.value
                    #expect(outcomes[0].appended != nil)
                }
            }
            #expect(try await log.store.head(tenant: log.tenant) == Position(8))
        }
    }

    @Test func `and when that is over says so, and has written nothing`() async throws {
        try await LogDatabase.with { log in
            try await log.lendingAll { pool, _ in
                var store = PostgresEventStore(pool: pool)
                store.patience.connectionWait = .milliseconds(50)
                let code = await EventLogError.Code.of {
                    _ = try await store.append([Sample().append(at: 0)], tenant: log.tenant)
                }
                #expect(code == .overloaded)
            }
            #expect(try await log.store.head(tenant: log.tenant) == Position(0))
        }
    }
}

extension LogDatabase {
    /// A pool whose only connection is in somebody's hands until they give it back.
    fileprivate func lendingAll(
        _ body: (_ pool: PostgresPool, _ giveBack: () -> Void) async throws -> Void
    ) async throws {
        let pool = PostgresPool(
            configuration: service, maximum: 1, waitLimit: .milliseconds(20))
        let held = AsyncStream<Void>.makeStream()
        let holder = Task {
            // Connecting itself may take longer than anybody here may wait.
            while !Task.isCancelled {
                let isLent: Void? = try? await pool.withConnection { _ in
                    for await _ in held.stream {}
                }
                if isLent != nil { break }
            }
        }
        do {
            try await eventually("it is lent") { await pool.statistics.leased == 1 }
            try await body(pool) { held.continuation.finish() }
        } catch {
            held.continuation.finish()
            await holder.value
            await pool.close()
            throw error
        }
        held.continuation.finish()
        await holder.value
        await pool.close()
    }
}
