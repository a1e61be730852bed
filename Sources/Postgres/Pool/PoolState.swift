internal import FoundationEssentials

/// The pool's rules as a value: it decides and returns actions; the pool performs them.
///
/// Invariants, checked after each step:
/// 1. Never more connections than the maximum, those being opened included.
/// 2. Nobody waits while a connection is idle that they may have.
/// 3. Waiters are served by turns of their parties, those of one party in the order they came; those
///    who may use the reserve go before the others.
/// 4. A connection is leased to at most one.
/// 5. Never more leased to those who may not use the reserve than the maximum without it.
struct PoolState {
    typealias Instant = ContinuousClock.Instant
    typealias Waiters = TurnQueue<UUID?>

    struct Limits: Sendable {
        var minimum: Int
        var maximum: Int
        /// Of the maximum, those lent only to claims that may use them.
        var reserve = 0
        /// Places to wait: so many for claims that may use the reserve, and so many for the others.
        var waiters: Int
        var idleTime: Duration
        var healthCheckInterval: Duration
    }

    enum Phase: Equatable {
        case opening
        case idle(since: Instant, checked: Instant)
        case leased(mayUseReserve: Bool)
        case checking(idleSince: Instant)
    }

    struct Entry: Equatable {
        var phase: Phase
        var retiresAt: Instant?

        /// Waits for work, or is being checked while it does.
        var isIdle: Bool {
            switch phase {
            case .idle, .checking: true
            case .opening, .leased: false
            }
        }
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
    /// Who may not use the reserve.
    private(set) var waiters: Waiters
    /// Who may.
    private(set) var privileged: Waiters
    private(set) var isClosed = false
    private(set) var openedTotal = 0
    private(set) var discardedTotal = 0
    private var lastConnection = 0

    init(limits: Limits) {
        precondition(limits.maximum > 0 && limits.minimum <= limits.maximum)
        precondition((0..<limits.maximum).contains(limits.reserve))
        self.limits = limits
        waiters = Waiters(places: limits.waiters)
        privileged = Waiters(places: limits.waiters)
    }

    var isDrained: Bool { connections.isEmpty }
    var leasedCount: Int { leased(true) + leased(false) }
    var waitingCount: Int { waiters.count + privileged.count }
    /// Connections that may still be lent without touching the reserve.
    private var lendable: Int { limits.maximum - limits.reserve - leased(false) }
    private var openingCount: Int { connections.values.count { $0.phase == .opening } }

    /// Somebody wants a connection. `isQuiet` says whether an idle one has nothing to tell; what
    /// an idle server has to tell is usually that it has gone.
    mutating func acquire(
        waiter: Int, claim: PoolClaim = PoolClaim(), now: Instant, isQuiet: (Int) -> Bool
    ) -> [Action] {
        defer { checkInvariants() }
        guard !isClosed else { return [.refuse(waiter: waiter, .closed)] }
        var actions: [Action] = []
        while claim.mayUseReserve || lendable > 0, let connection = idle.popLast() {
            if hasRetired(connection, now) {
                actions.append(discard(connection))
            } else if !isQuiet(connection) {
                actions.append(startCheck(connection))
            } else {
                connections[connection]?.phase = .leased(mayUseReserve: claim.mayUseReserve)
                return actions + [.lease(connection: connection, waiter: waiter)] + refill()
            }
        }
        let admission =
            claim.mayUseReserve
            ? privileged.join(waiter, of: claim.party) : waiters.join(waiter, of: claim.party)
        switch admission {
        case .queued: break
        case .displacing(let other): actions.append(.refuse(waiter: other, .exhausted))
        case .full: actions.append(.refuse(waiter: waiter, .exhausted))
        }
        return actions + refill()
    }

    /// A lease has come back.
    mutating func release(
        _ connection: Int, isReusable: Bool, now: Instant, isQuiet: (Int) -> Bool
    ) -> [Action] {
        defer { checkInvariants() }
        guard case .leased? = connections[connection]?.phase else { return [] }
        guard isReusable, !isClosed, !hasRetired(connection, now) else {
            return [discard(connection)] + lendIdle(now, isQuiet) + refill()
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
        return refuseAll(.cannotConnect)
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
        waiters.remove(waiter) || privileged.remove(waiter)
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
        let closings = idle.map { discard($0) }
        idle = []
        return refuseAll(.closed) + closings
    }

    private func leased(_ mayUseReserve: Bool) -> Int {
        connections.values.count { $0.phase == .leased(mayUseReserve: mayUseReserve) }
    }

    private mutating func refuseAll(_ refusal: Refusal) -> [Action] {
        defer {
            waiters.removeAll()
            privileged.removeAll()
        }
        return (privileged.everybody + waiters.everybody).map { .refuse(waiter: $0, refusal) }
    }

    private mutating func offer(
        _ connection: Int, idleSince since: Instant, checked: Instant
    ) -> Action? {
        // It counts as idle until it is lent: what came back no longer takes of what is lendable.
        connections[connection]?.phase = .idle(since: since, checked: checked)
        if let waiter = privileged.next() {
            connections[connection]?.phase = .leased(mayUseReserve: true)
            return .lease(connection: connection, waiter: waiter)
        }
        if lendable > 0, let waiter = waiters.next() {
            connections[connection]?.phase = .leased(mayUseReserve: false)
            return .lease(connection: connection, waiter: waiter)
        }
        idle.append(connection)
        return nil
    }

    /// One that was lent is gone, so one that idled for the reserve may be lent in its place.
    private mutating func lendIdle(_ now: Instant, _ isQuiet: (Int) -> Bool) -> [Action] {
        var actions: [Action] = []
        while !waiters.isEmpty, lendable > 0, let connection = idle.popLast() {
            if hasRetired(connection, now) {
                actions.append(discard(connection))
            } else if !isQuiet(connection) {
                actions.append(startCheck(connection))
            } else if let waiter = waiters.next() {
                connections[connection]?.phase = .leased(mayUseReserve: false)
                actions.append(.lease(connection: connection, waiter: waiter))
            }
        }
        return actions
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
        let wants = privileged.count + min(waiters.count, lendable)
        let missing = max(limits.minimum - connections.count, wants - openingCount)
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
        assert(lendable >= 0)
        assert(idle.isEmpty || privileged.isEmpty && (waiters.isEmpty || lendable == 0))
        assert(idle.count <= connections.count)
    }
}
