import EventStore
import EventStoreConformance
import Foundation
import Synchronization
import Testing

@Suite struct `The log in memory` {
    @Test(arguments: EventLogBehaviour.all)
    func `behaves as every log does`(_ behaviour: EventLogBehaviour) async throws {
        let log = InMemoryEventLog<NoChanges>(clock: TestClock().now)
        let tenant = TenantID(UUID())
        await log.open(tenant)
        try await behaviour.exercise(log, tenant: tenant)
    }

    @Test(arguments: EventLogBehaviour.all)
    func `behaves the same beside a log with projections`(
        _ behaviour: EventLogBehaviour
    ) async throws {
        let log = InMemoryEventLog<Room>(clock: TestClock().now)
        let tenant = TenantID(UUID())
        await log.open(tenant)
        try await behaviour.exercise(InMemoryPlainLog(log), tenant: tenant)
    }

    @Test(arguments: SubjectBehaviour.all)
    func `keeps subjects as every store does`(_ behaviour: SubjectBehaviour) async throws {
        let log = InMemoryEventLog<NoChanges>(clock: TestClock().now)
        let tenant = TenantID(UUID())
        await log.open(tenant)
        try await behaviour.exercise(log, log, tenant: tenant)
    }

    @Test(arguments: EventLogBehaviour.all)
    func `behaves the same when appends travel in groups`(
        _ behaviour: EventLogBehaviour
    ) async throws {
        let log = InMemoryEventLog<NoChanges>(clock: TestClock().now)
        let tenant = TenantID(UUID())
        await log.open(tenant)
        try await behaviour.exercise(GroupAppendLog(log), tenant: tenant)
    }

    @Test func `recorded time stands still when the clock runs back`() async throws {
        let times = Mutex<[Int64]>([5, 3, 4, 7])
        let log = InMemoryEventLog<NoChanges>(clock: {
            Timestamp(microsecondsSinceUnixEpoch: times.withLock { $0.removeFirst() })
        })
        let tenant = TenantID(UUID())
        await log.open(tenant)
        for _ in 0..<4 { _ = try await log.append([Sample().append(at: 0)], tenant: tenant) }
        let recorded = try await log.everything(tenant).map(\.recordedAt.microsecondsSinceUnixEpoch)
        #expect(recorded == [5, 5, 5, 7])
    }

    @Test func `changes are applied for what is appended and for nothing else`() async throws {
        let applied = Mutex<[String]>([])
        let log = InMemoryEventLog<Room>(
            clock: TestClock().now,
            reserve: { changes, _, _ in changes.name == "taken" ? "room is free" : nil },
            apply: { changes, _, _ in applied.withLock { $0.append(changes.name) } })
        let tenant = TenantID(UUID())
        await log.open(tenant)
        let one = Sample()
        let two = Sample()
        let batch = [
            one.append(at: 0).with("a"), one.append(at: 0).with("b"), one.append(at: 1).with("c"),
            two.append(at: 0).with("taken"), two.append(at: 0).with("d"),
            Sample().append(at: 0).with("e"),
        ]
        let outcomes = try await log.append(batch, tenant: tenant)
        #expect(outcomes[3] == .unavailable(constraint: "room is free"))
        #expect(outcomes[4] == .undecided)
        #expect(applied.withLock { $0 } == ["a", "e"])
    }

    @Test func `a reader ahead of a log that was cut short notices`() async throws {
        let log = InMemoryEventLog<NoChanges>(clock: TestClock().now)
        let tenant = TenantID(UUID())
        await log.open(tenant)
        for _ in 0..<5 { _ = try await log.append([Sample().append(at: 0)], tenant: tenant) }
        var reader = EventTail(log, tenant: tenant, after: .start, pollInterval: .milliseconds(1))
            .makeAsyncIterator()
        #expect(try await reader.next()?.count == 5)
        // The log loses its end and grows beyond the reader under a new epoch.
        await log.lose(after: Position(3), tenant: tenant)
        await log.raiseLogEpoch(tenant: tenant)
        for _ in 0..<4 { _ = try await log.append([Sample().append(at: 0)], tenant: tenant) }
        let error = await #expect(throws: EventLogError.self) { try await reader.next() }
        #expect(error?.code == .logDiverged)
    }

    @Test func `a promotion that lost nothing disturbs no reader`() async throws {
        let log = InMemoryEventLog<NoChanges>(clock: TestClock().now)
        let tenant = TenantID(UUID())
        await log.open(tenant)
        _ = try await log.append([Sample().append(at: 0)], tenant: tenant)
        var reader = EventTail(log, tenant: tenant, after: .start).makeAsyncIterator()
        #expect(try await reader.next()?.count == 1)
        await log.raiseLogEpoch(tenant: tenant)
        _ = try await log.append([Sample().append(at: 0)], tenant: tenant)
        #expect(try await reader.next()?.map(\.logEpoch) == [2])
    }
}

final class TestClock: Sendable {
    private let microseconds = Mutex<Int64>(1_800_000_000_000_000)
    var now: @Sendable () -> Timestamp {
        {
            Timestamp(
                microsecondsSinceUnixEpoch: self.microseconds.withLock {
                    $0 += 10
                    return $0
                })
        }
    }
}

/// What an append wants.
struct Room: ProjectionChanges {
    let name: String
    var bytes: Int { name.utf8.count }
}

extension Append where InlineChanges == NoChanges {
    func with(_ room: String) -> Append<Room> {
        Append<Room>(
            commandID: commandID, fingerprint: fingerprint, stream: stream, expected: expected,
            events: events, metadata: metadata, answer: answer, changes: Room(name: room))
    }
}
