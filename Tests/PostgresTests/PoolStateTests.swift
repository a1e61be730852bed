import Testing

@testable import Postgres

@Suite struct `Pool state` {
    let now = ContinuousClock.now
    var later: ContinuousClock.Instant { now + .seconds(1_000) }

    func state(minimum: Int = 0, maximum: Int = 2, waiters: Int = 3) -> PoolState {
        PoolState(
            limits: .init(
                minimum: minimum, maximum: maximum, waiters: waiters, idleTime: .seconds(60),
                healthCheckInterval: .seconds(30)))
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

    @Test func `a thousand random steps keep the invariants`() {
        var generator = SystemRandomNumberGenerator()
        var pool = state(minimum: 1, maximum: 4, waiters: 10)
        var time = now
        for waiter in 0..<5_000 {
            time += .seconds(Int.random(in: 0...10, using: &generator))
            let any = pool.connections.keys.randomElement(using: &generator) ?? 0
            switch Int.random(in: 0..<8, using: &generator) {
            case 0, 1: _ = pool.acquire(waiter: waiter, now: time) { _ in Bool.random() }
            case 2: _ = pool.release(any, isReusable: .random(), now: time)
            case 3: _ = pool.opened(any, retiresAt: time + .seconds(100), now: time)
            case 4: _ = pool.openFailed(any)
            case 5: _ = pool.checked(any, isHealthy: .random(), now: time)
            case 6: _ = pool.forget(waiter: pool.waiters.randomElement() ?? 0)
            default: _ = pool.maintain(now: time)
            }
            #expect(pool.connections.count <= 4)
            #expect(pool.idle.isEmpty || pool.waiters.isEmpty)
            #expect(Set(pool.idle).count == pool.idle.count)
        }
    }
}
