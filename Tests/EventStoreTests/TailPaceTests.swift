import EventStore
import EventStoreConformance
import Foundation
import Synchronization
import Testing

/// How often a reader at the end of a log looks by itself.
@Suite struct TailPaceTests {
    /// Four events come while it waits: announced, announced, with a lost wake-up, announced.
    @Test func `it looks rarely where wake-ups arrive, and often from a lost one on`() async throws
    {
        let log = InMemoryEventLog<NoChanges>(clock: TestClock().now)
        let tenant = TenantID(UUID())
        await log.open(tenant)
        let wakeUps = ScriptedWakeUps([true, true, false, true]) {
            _ = try? await log.append([Sample().append(at: 0)], tenant: tenant)
        }
        let often = Duration.milliseconds(500)
        var reader = EventTail(
            log, tenant: tenant, after: .start, wakeUps: wakeUps, pollInterval: often
        ).makeAsyncIterator()
        for position in 1...4 as ClosedRange<Int64> {
            #expect(try await reader.next()?.map(\.position) == [Position(position)])
        }
        let rarely = EventLogLimits.tailRestInterval
        #expect(rarely > often)
        #expect(wakeUps.intervals == [often, rarely, rarely, often])

        // The next reader goes on with what this one knew.
        let later = ScriptedWakeUps([true], after: 3) {
            _ = try? await log.append([Sample().append(at: 0)], tenant: tenant)
        }
        var next = EventTail(
            log, tenant: tenant, after: reader.checkpoint, wakeUps: later, pollInterval: often,
            pace: reader.pace
        ).makeAsyncIterator()
        #expect(try await next.next()?.map(\.position) == [Position(5)])
        #expect(later.intervals == [rarely])
    }

    @Test func `without wake-ups it looks as often as ever`() async throws {
        let log = InMemoryEventLog<NoChanges>(clock: TestClock().now)
        let tenant = TenantID(UUID())
        await log.open(tenant)
        let wakeUps = ScriptedWakeUps([false, false, false]) {
            _ = try? await log.append([Sample().append(at: 0)], tenant: tenant)
        }
        let often = Duration.milliseconds(500)
        var reader = EventTail(
            log, tenant: tenant, after: .start, wakeUps: wakeUps, pollInterval: often
        ).makeAsyncIterator()
        for _ in 0..<3 { #expect(try await reader.next()?.count == 1) }
        #expect(wakeUps.intervals == [often, often, often])
    }
}

/// Something comes in each wait; whether a wake-up announces it is written down beforehand.
private final class ScriptedWakeUps: WakeUps {
    private struct State {
        var script: [Bool]
        var counter: UInt64
        var intervals: [Duration] = []
    }

    private let state: Mutex<State>
    private let append: @Sendable () async -> Void

    var intervals: [Duration] { state.withLock { $0.intervals } }

    /// - Parameter counter: The hints so far.
    init(
        _ script: [Bool], after counter: UInt64 = 0, _ append: @escaping @Sendable () async -> Void
    ) {
        state = Mutex(State(script: script, counter: counter))
        self.append = append
    }

    func wait(for tenant: TenantID, seen: UInt64, atMost interval: Duration) async -> UInt64 {
        await append()
        return state.withLock { state in
            state.intervals.append(interval)
            if state.script.removeFirst() { state.counter += 1 }
            return state.counter
        }
    }
}
