import Foundation
import Testing

@testable import Postgres

@Suite struct `Pool state` {
    let now = ContinuousClock.now
    var later: ContinuousClock.Instant { now + .seconds(1_000) }

    func state(
        minimum: Int = 0, maximum: Int = 2, reserve: Int = 0, waiters: Int = 3
    ) -> PoolState {
        PoolState(
            limits: .init(
                minimum: minimum, maximum: maximum, reserve: reserve, waiters: waiters,
                idleTime: .seconds(60), healthCheckInterval: .seconds(30)))
    }

    /// A pool that has opened as many connections as so many who want one make it open.
    func lending(_ count: Int, maximum: Int, reserve: Int, waiters: Int = 3) -> PoolState {
        var pool = state(maximum: maximum, reserve: reserve, waiters: waiters)
        for number in 1...count {
            _ = pool.acquire(waiter: -number, now: now) { _ in true }
            _ = pool.opened(number, retiresAt: later, now: now)
        }
        return pool
    }

    @Test func `waiters are served in their order`() {
        var pool = state(maximum: 1)
        #expect(pool.acquire(waiter: 1, now: now) { _ in true } == [.open(connection: 1)])
        #expect(pool.acquire(waiter: 2, now: now) { _ in true } == [])
        #expect(pool.acquire(waiter: 3, now: now) { _ in true } == [])
        #expect(
            pool.opened(1, retiresAt: later, now: now) == [.lease(connection: 1, waiter: 1)])
        #expect(pool.forget(waiter: 2) == true)
        #expect(pool.forget(waiter: 1) == false)
        #expect(
            pool.release(1, isReusable: true, now: now) == [.lease(connection: 1, waiter: 3)])
        #expect(pool.release(1, isReusable: true, now: now) == [])
        #expect(pool.idle == [1])
    }

    @Test func `one waiter too many is refused at once`() {
        var pool = state(maximum: 1, waiters: 1)
        _ = pool.acquire(waiter: 1, now: now) { _ in true }
        #expect(
            pool.acquire(waiter: 2, now: now) { _ in true } == [.refuse(waiter: 2, .exhausted)])
    }

    @Test func `a broken connection is replaced for whoever waits`() {
        var pool = state(maximum: 1)
        _ = pool.acquire(waiter: 1, now: now) { _ in true }
        _ = pool.opened(1, retiresAt: later, now: now)
        _ = pool.acquire(waiter: 2, now: now) { _ in true }
        #expect(
            pool.release(1, isReusable: false, now: now)
                == [.close(connection: 1), .open(connection: 2)])
        #expect(pool.discardedTotal == 1)
    }

    @Test func `when no connection can be made and none may come back, all are told`() {
        var pool = state(maximum: 2)
        _ = pool.acquire(waiter: 1, now: now) { _ in true }
        _ = pool.acquire(waiter: 2, now: now) { _ in true }
        #expect(pool.openFailed(1) == [])
        #expect(
            pool.openFailed(2)
                == [.refuse(waiter: 1, .cannotConnect), .refuse(waiter: 2, .cannotConnect)])
    }

    @Test func `an idle connection with something to say is checked, not lent`() {
        var pool = state(maximum: 1)
        _ = pool.acquire(waiter: 1, now: now) { _ in true }
        _ = pool.opened(1, retiresAt: later, now: now)
        _ = pool.release(1, isReusable: true, now: now)
        #expect(pool.acquire(waiter: 2, now: now) { _ in false } == [.check(connection: 1)])
        #expect(
            pool.checked(1, isHealthy: true, now: now) == [.lease(connection: 1, waiter: 2)])
    }

    @Test func `maintenance retires, closes the spare, checks, and keeps the minimum`() {
        var pool = state(minimum: 1, maximum: 3)
        #expect(pool.maintain(now: now) == [.open(connection: 1)])
        _ = pool.opened(1, retiresAt: now + .seconds(500), now: now)
        #expect(pool.maintain(now: now + .seconds(29)) == [])
        #expect(pool.maintain(now: now + .seconds(30)) == [.check(connection: 1)])
        #expect(pool.checked(1, isHealthy: true, now: now + .seconds(30)) == [])
        _ = pool.acquire(waiter: 1, now: now) { _ in true }
        _ = pool.acquire(waiter: 2, now: now) { _ in true }
        _ = pool.opened(2, retiresAt: now + .seconds(900), now: now)
        _ = pool.release(1, isReusable: true, now: now)
        _ = pool.release(2, isReusable: true, now: now)
        #expect(
            pool.maintain(now: now + .seconds(60)) == [
                .close(connection: 1), .check(connection: 2),
            ])
        _ = pool.checked(2, isHealthy: true, now: now + .seconds(60))
        #expect(
            pool.maintain(now: now + .seconds(901)) == [
                .close(connection: 2), .open(connection: 3),
            ])
    }

    @Test func `a closed pool lends nothing and ends when the last lease is back`() {
        var pool = state(maximum: 2)
        _ = pool.acquire(waiter: 1, now: now) { _ in true }
        _ = pool.opened(1, retiresAt: later, now: now)
        _ = pool.acquire(waiter: 2, now: now) { _ in true }
        #expect(pool.close() == [.refuse(waiter: 2, .closed)])
        #expect(pool.acquire(waiter: 3, now: now) { _ in true } == [.refuse(waiter: 3, .closed)])
        #expect(pool.opened(2, retiresAt: later, now: now) == [.close(connection: 2)])
        #expect(pool.release(1, isReusable: true, now: now) == [.close(connection: 1)])
        #expect(pool.isDrained)
    }

    @Test func `whoever waits gets a connection when their party has its turn`() {
        let (one, other) = (PoolClaim(party: UUID()), PoolClaim(party: UUID()))
        var pool = lending(1, maximum: 1, reserve: 0, waiters: 5)
        for waiter in 1...4 {
            #expect(pool.acquire(waiter: waiter, claim: one, now: now) { _ in true } == [])
        }
        #expect(pool.acquire(waiter: 5, claim: other, now: now) { _ in true } == [])
        var order: [PoolState.Action] = []
        for _ in 1...5 { order += pool.release(1, isReusable: true, now: now) }
        #expect(order == [1, 5, 2, 3, 4].map { .lease(connection: 1, waiter: $0) })
    }

    @Test func `a full queue takes somebody of another party in place of one of the longest`() {
        let (one, other) = (PoolClaim(party: UUID()), PoolClaim(party: UUID()))
        var pool = lending(1, maximum: 1, reserve: 0, waiters: 3)
        for waiter in 1...3 { _ = pool.acquire(waiter: waiter, claim: one, now: now) { _ in true } }
        #expect(
            pool.acquire(waiter: 4, claim: one, now: now) { _ in true }
                == [.refuse(waiter: 4, .exhausted)])
        #expect(
            pool.acquire(waiter: 5, claim: other, now: now) { _ in true }
                == [.refuse(waiter: 3, .exhausted)])
        // Two and one are as even as three places can be.
        #expect(
            pool.acquire(waiter: 6, claim: other, now: now) { _ in true }
                == [.refuse(waiter: 6, .exhausted)])
        #expect(pool.waitingCount == 3)
    }

    @Test func `the reserve is lent to those who may use it, and to nobody else`() {
        let append = PoolClaim(mayUseReserve: true)
        var pool = lending(2, maximum: 3, reserve: 1)
        // Two of three are lent; the third is not for the next one, nor is one opened for it.
        #expect(pool.acquire(waiter: 1, now: now) { _ in true } == [])
        #expect(
            pool.acquire(waiter: 2, claim: append, now: now) { _ in true }
                == [.open(connection: 3)])
        #expect(
            pool.opened(3, retiresAt: later, now: now) == [.lease(connection: 3, waiter: 2)])
        #expect(pool.release(3, isReusable: true, now: now) == [])
        #expect(pool.idle == [3])
        #expect(
            pool.acquire(waiter: 3, claim: append, now: now) { _ in true }
                == [.lease(connection: 3, waiter: 3)])
        // Who may use the reserve goes first, whichever connection comes back.
        #expect(pool.acquire(waiter: 4, claim: append, now: now) { _ in true } == [])
        #expect(
            pool.release(1, isReusable: true, now: now) == [.lease(connection: 1, waiter: 4)])
        #expect(
            pool.release(3, isReusable: true, now: now) == [.lease(connection: 3, waiter: 1)])
    }

    @Test func `where a lent connection is lost, one that idled for the reserve takes its place`() {
        var pool = lending(2, maximum: 3, reserve: 1)
        _ = pool.acquire(waiter: 1, claim: PoolClaim(mayUseReserve: true), now: now) { _ in true }
        _ = pool.opened(3, retiresAt: later, now: now)
        _ = pool.acquire(waiter: 2, now: now) { _ in true }
        #expect(pool.release(3, isReusable: true, now: now) == [])
        #expect(
            pool.release(1, isReusable: false, now: now)
                == [.close(connection: 1), .lease(connection: 3, waiter: 2)])
    }

    @Test func `a thousand random steps keep the invariants`() {
        var generator = SystemRandomNumberGenerator()
        let parties = (0..<3).map { _ in UUID() }
        var pool = state(minimum: 1, maximum: 4, reserve: 1, waiters: 10)
        var time = now
        for waiter in 0..<5_000 {
            time += .seconds(Int.random(in: 0...10, using: &generator))
            let any = pool.connections.keys.randomElement(using: &generator) ?? 0
            switch Int.random(in: 0..<8, using: &generator) {
            case 0, 1:
                let claim = PoolClaim(
                    party: parties.randomElement(using: &generator),
                    mayUseReserve: Int.random(in: 0..<4, using: &generator) == 0)
                _ = pool.acquire(waiter: waiter, claim: claim, now: time) { _ in Bool.random() }
            case 2: _ = pool.release(any, isReusable: .random(), now: time)
            case 3: _ = pool.opened(any, retiresAt: time + .seconds(100), now: time)
            case 4: _ = pool.openFailed(any)
            case 5: _ = pool.checked(any, isHealthy: .random(), now: time)
            case 6: _ = pool.forget(waiter: pool.waiters.everybody.randomElement() ?? 0)
            default: _ = pool.maintain(now: time)
            }
            #expect(pool.connections.count <= 4)
            let lent = pool.connections.values.count { $0.phase == .leased(mayUseReserve: false) }
            #expect(lent <= 3)
            #expect(pool.idle.isEmpty || pool.privileged.isEmpty)
            #expect(pool.idle.isEmpty || pool.waiters.isEmpty || lent == 3)
            #expect(Set(pool.idle).count == pool.idle.count)
        }
    }
}

extension PoolState {
    fileprivate mutating func release(
        _ connection: Int, isReusable: Bool, now: Instant
    ) -> [Action] {
        release(connection, isReusable: isReusable, now: now) { _ in true }
    }
}
