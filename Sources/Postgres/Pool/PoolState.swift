/// The pool's rules as a value: it decides and returns actions; the pool performs them.
///
/// Invariants, checked after each step:
/// 1. Never more connections than the maximum, those being opened included.
/// 2. Nobody waits while a connection is idle.
/// 3. Waiters are served in the order they came.
/// 4. A connection is leased to at most one.
struct PoolState {
    typealias Instant = ContinuousClock.Instant

    struct Limits: Sendable {
        var minimum: Int
        var maximum: Int
        var waiters: Int
        var idleTime: Duration
        var healthCheckInterval: Duration
    }

    enum Phase: Equatable {
        case opening
        case idle(since: Instant, checked: Instant)
        case leased
        case checking(idleSince: Instant)
    }

    struct Entry: Equatable {
        var phase: Phase
        var retiresAt: Instant?
    }

    enum Refusal: Equatable {
        case exhausted
        case closed
        case cannotConnect
    }

    enum Action: Equatable {
        case open(connection: Int)
        case close(connection: Int)
        case check(connection: Int)
        case lease(connection: Int, waiter: Int)
        case refuse(waiter: Int, Refusal)
    }

    let limits: Limits
    private(set) var connections: [Int: Entry] = [:]
    /// The most recently used is last and goes out first, so that the others can age and close.
    private(set) var idle: [Int] = []
    private(set) var waiters: [Int] = []
    private(set) var isClosed = false
    private(set) var openedTotal = 0
    private(set) var discardedTotal = 0
    private var lastConnection = 0

    init(limits: Limits) {
        precondition(limits.maximum > 0 && limits.minimum <= limits.maximum)
        self.limits = limits
    }

    var isDrained: Bool { connections.isEmpty }
    var leasedCount: Int { connections.values.count { $0.phase == .leased } }
    private var openingCount: Int { connections.values.count { $0.phase == .opening } }

    /// Somebody wants a connection. `isQuiet` says whether an idle one has nothing to tell; what
    /// an idle server has to tell is usually that it has gone.
    mutating func acquire(waiter: Int, now: Instant, isQuiet: (Int) -> Bool) -> [Action] {
        defer { checkInvariants() }
        guard !isClosed else { return [.refuse(waiter: waiter, .closed)] }
        var actions: [Action] = []
        while let connection = idle.popLast() {
            if hasRetired(connection, now) {
                actions.append(discard(connection))
            } else if !isQuiet(connection) {
                actions.append(startCheck(connection))
            } else {
                connections[connection]?.phase = .leased
                return actions + [.lease(connection: connection, waiter: waiter)] + refill()
            }
        }
        guard waiters.count < limits.waiters else {
            return actions + [.refuse(waiter: waiter, .exhausted)]
        }
        waiters.append(waiter)
        return actions + refill()
    }

    /// A lease has come back.
    mutating func release(_ connection: Int, isReusable: Bool, now: Instant) -> [Action] {
        defer { checkInvariants() }
        guard connections[connection]?.phase == .leased else { return [] }
        guard isReusable, !isClosed, !hasRetired(connection, now) else {
            return [discard(connection)] + refill()
        }
        return [offer(connection, idleSince: now, checked: now)].compactMap(\.self)
    }

    /// A new connection is there.
    mutating func opened(_ connection: Int, retiresAt: Instant?, now: Instant) -> [Action] {
        defer { checkInvariants() }
        guard connections[connection]?.phase == .opening else { return [] }
        openedTotal += 1
        connections[connection]?.retiresAt = retiresAt
        guard !isClosed else { return [discard(connection)] }
        return [offer(connection, idleSince: now, checked: now)].compactMap(\.self)
    }

    /// A connection could not be made. Whoever waits keeps waiting as long as others may come
    /// back; with nothing left to wait for, all are told.
    mutating func openFailed(_ connection: Int) -> [Action] {
        defer { checkInvariants() }
        guard connections[connection]?.phase == .opening else { return [] }
        connections[connection] = nil
        guard connections.isEmpty else { return [] }
        defer { waiters = [] }
        return waiters.map { .refuse(waiter: $0, .cannotConnect) }
    }

    /// The health check of a connection is done.
    mutating func checked(_ connection: Int, isHealthy: Bool, now: Instant) -> [Action] {
        defer { checkInvariants() }
        guard case .checking(let since)? = connections[connection]?.phase else { return [] }
        guard isHealthy, !isClosed else { return [discard(connection)] + refill() }
        return [offer(connection, idleSince: since, checked: now)].compactMap(\.self)
    }

    /// Somebody has given up waiting; false if a connection is on its way to them.
    mutating func forget(waiter: Int) -> Bool {
        guard let index = waiters.firstIndex(of: waiter) else { return false }
        waiters.remove(at: index)
        return true
    }

    /// Closes what is too old or too idle, checks what has idled long, opens up to the minimum.
    mutating func maintain(now: Instant) -> [Action] {
        defer { checkInvariants() }
        guard !isClosed else { return [] }
        var actions: [Action] = []
        for connection in idle {
            guard case .idle(let since, let checked)? = connections[connection]?.phase
            else { continue }
            let isSpare = connections.count > limits.minimum && now - since >= limits.idleTime
            if isSpare || hasRetired(connection, now) {
                idle.removeAll { $0 == connection }
                actions.append(discard(connection))
            } else if now - checked >= limits.healthCheckInterval {
                idle.removeAll { $0 == connection }
                actions.append(startCheck(connection))
            }
        }
        return actions + refill()
    }

    /// No more leases. Idle connections close now, leased ones when they come back.
    mutating func close() -> [Action] {
        guard !isClosed else { return [] }
        isClosed = true
        let refusals = waiters.map { Action.refuse(waiter: $0, .closed) }
        let closings = idle.map { discard($0) }
        waiters = []
        idle = []
        return refusals + closings
    }

    private mutating func offer(
        _ connection: Int, idleSince since: Instant, checked: Instant
    ) -> Action? {
        guard !waiters.isEmpty else {
            connections[connection]?.phase = .idle(since: since, checked: checked)
            idle.append(connection)
            return nil
        }
        connections[connection]?.phase = .leased
        return .lease(connection: connection, waiter: waiters.removeFirst())
    }

    private mutating func startCheck(_ connection: Int) -> Action {
        if case .idle(let since, _)? = connections[connection]?.phase {
            connections[connection]?.phase = .checking(idleSince: since)
        }
        return .check(connection: connection)
    }

    private mutating func discard(_ connection: Int) -> Action {
        connections[connection] = nil
        discardedTotal += 1
        return .close(connection: connection)
    }

    /// Opens what waiters need and the minimum asks for.
    private mutating func refill() -> [Action] {
        guard !isClosed else { return [] }
        let missing = max(limits.minimum - connections.count, waiters.count - openingCount)
        let wanted = min(missing, limits.maximum - connections.count)
        guard wanted > 0 else { return [] }
        return (0..<wanted).map { _ in
            lastConnection += 1
            connections[lastConnection] = Entry(phase: .opening, retiresAt: nil)
            return .open(connection: lastConnection)
        }
    }

    private func hasRetired(_ connection: Int, _ now: Instant) -> Bool {
        connections[connection]?.retiresAt.map { $0 <= now } ?? true
    }

    private func checkInvariants() {
        assert(connections.count <= limits.maximum)
        assert(idle.isEmpty || waiters.isEmpty)
        assert(idle.count <= connections.count)
    }
}
