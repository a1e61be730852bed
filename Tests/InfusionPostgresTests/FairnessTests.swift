import EventStore
import Foundation
import InfusionPostgres
import Postgres
import PostgresEventStore
import ReadModelsConformance
import Synchronization
import TestPostgres
import Testing

/// Two clinics share a pool of three connections, one of which is the appends'.
@Suite struct `Fairness between clinics` {
    static let connections = 3
    static let placesToWait = 32

    @Test func `all bookings of one get through while another asks for more than the pool takes`()
        async throws
    {
        try await Self.with { clinic, crowd, pool in
            let store = PostgresEventStore(pool: pool, projector: InfusionProjector())
            let log = GroupAppendLog(store)
            let flood = Flood(of: crowd, on: store, callers: 3 * Self.placesToWait)
            do {
                try await eventually("callers of the crowd are turned away") { flood.refused > 0 }
                for number in 0..<20 {
                    let booking = Booking(
                        tenant: clinic.tenant, chair: "chair-\(number)", start: ClinicFacts.start)
                    // Asked once each: a refusal would fail the test.
                    let before = try await log.read(
                        booking.append().stream, tenant: clinic.tenant, after: StreamVersion(0),
                        limit: 10)
                    #expect(before.isEmpty)
                    let outcome = try await log.append([booking.append()], tenant: clinic.tenant)[0]
                    #expect(outcome.isAppended)
                }
                // The crowd was there to the end, and was served too.
                let (served, refused) = (flood.served, flood.refused)
                try await eventually("the crowd is still served, and still turned away") {
                    flood.served > served && flood.refused > refused
                }
            } catch {
                await flood.end()
                throw error
            }
            await flood.end()
        }
    }

    @Test func `an append of one has a connection while the other holds all that it may have`()
        async throws
    {
        try await Self.with { clinic, crowd, pool in
            let log = GroupAppendLog(
                PostgresEventStore(pool: pool, projector: InfusionProjector()))
            let held = (0..<Self.connections).map { _ in AsyncStream<Void>.makeStream() }
            let holders = held.map { (stream, _) in
                Task {
                    try await pool.withConnection(for: PoolClaim(of: crowd)) { _ in
                        for await _ in stream {}
                    }
                }
            }
            do {
                try await eventually("it holds two and wants another") {
                    let statistics = await pool.statistics
                    return statistics.leased == 2 && statistics.waiting == 1
                }
                let booking = Booking(
                    tenant: clinic.tenant, chair: "1", start: ClinicFacts.start)
                let outcome = try await log.append([booking.append()], tenant: clinic.tenant)[0]
                #expect(outcome.isAppended)
                #expect(await pool.statistics.leased == 2)
            } catch {
                for (_, end) in held { end.finish() }
                throw error
            }
            for (_, end) in held { end.finish() }
            for holder in holders { try await holder.value }
        }
    }

    private static func with(
        _ body: (ClinicDatabase, _ crowd: TenantID, PostgresPool) async throws -> Void
    ) async throws {
        try await ClinicDatabase.with { clinic in
            let crowd = TenantID(UUID())
            try await clinic.open(crowd)
            let pool = PostgresPool(
                configuration: clinic.service, maximum: connections, reserve: 1,
                waitLimit: .seconds(60), maximumWaiters: placesToWait)
            do {
                try await body(clinic, crowd, pool)
            } catch {
                await pool.close()
                throw error
            }
            await pool.close()
        }
    }
}

/// More callers of one clinic than the pool has places for, each of whom asks again at once when it was
/// answered, and a moment later when it was turned away.
private final class Flood: Sendable {
    private let counts = Mutex((served: 0, refused: 0))
    private let callers: Mutex<[Task<Void, Never>]> = Mutex([])

    var served: Int { counts.withLock { $0.served } }
    var refused: Int { counts.withLock { $0.refused } }

    init(of crowd: TenantID, on store: PostgresEventStore<InfusionProjector>, callers count: Int) {
        let tasks = (0..<count).map { _ in
            Task {
                while !Task.isCancelled {
                    if (try? await store.head(tenant: crowd)) != nil {
                        self.counts.withLock { $0.served += 1 }
                    } else {
                        self.counts.withLock { $0.refused += 1 }
                        try? await Task.sleep(for: .milliseconds(20))
                    }
                }
            }
        }
        callers.withLock { $0 = tasks }
    }

    func end() async {
        let tasks = callers.withLock { $0 }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }
}
