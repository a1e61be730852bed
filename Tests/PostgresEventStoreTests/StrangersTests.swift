import EventStore
import EventStoreConformance
import Foundation
import Postgres
import TestPostgres
import Testing

@testable import PostgresEventStore

/// Many callers, one transaction: each sends something of their own, and none may notice the others.
@Suite struct `Strangers in a group` {
    @Test(arguments: [1, 2, 3, 4] as [UInt64], [false, true])
    func `are each told their own outcome, and touch nothing of each other's`(
        seed: UInt64, isPoisoned: Bool
    ) async throws {
        try await LogDatabase.with { log in
            try await log.makeCounting()
            var store = PostgresEventStore(pool: log.pool, projector: Counting())
            store.patience.lockTimeout = .seconds(20)
            let group = GroupAppendLog(store)
            var world = World(seed: seed)
            for _ in 0..<3 {
                let crowd = world.crowd(isPoisoned: isPoisoned)
                let before = crowd.flatMap { $0.before }
                world.learn(before, try await store.append(before, tenant: log.tenant))
                let told = try await log.together(crowd.map { $0.batch }, on: group)
                for (caller, told) in zip(crowd, told) {
                    #expect(told.map(Told.init) == caller.expected, "\(caller.what)")
                    for (append, outcome) in zip(caller.batch, told) {
                        let about = outcome.known?.commandID ?? append.commandID
                        #expect(about == append.commandID, "\(caller.what)")
                    }
                    world.learn(caller.batch, told)
                }
                if !isPoisoned {
                    // Nobody contradicts these, so that they travelled together.
                    let alone = zip(crowd, told).filter { $0.0.what == "somebody new" }
                    let times = alone.flatMap { $0.1 }.compactMap { $0.appended?.recordedAt }
                    #expect(Set(times).count == 1)
                }
            }
            #expect(try await log.totals() == world.totals)
            let events = try await log.store.everything(log.tenant, page: 500)
            #expect(events.map(\.position.value) == Array(1...Int64(events.count)))
            let found = events.reduce(into: [:]) { $0[$1.commandID, default: 0] += 1 }
            #expect(found == world.eventsOfCommands)
        }
    }
}

/// What fails one command's statement fails nobody else's, whatever the state that it is told in.
@Suite struct `Strangers of an append that fails` {
    @Test(arguments: ["slow", "large"])
    func `are appended all the same`(room: String) async throws {
        try await LogDatabase.with { log in
            try await log.makeCounting()
            var store = PostgresEventStore(pool: log.pool, projector: Counting())
            store.patience.statementTimeout = .seconds(3)
            let failing = Sample()
            let outcomes = try await store.append(
                [
                    Sample().append(at: 0).changing(1),
                    failing.append(at: 0).changing(2, room: room),
                    failing.append(at: 1).changing(4), Sample().append(at: 0).changing(8),
                ], tenant: log.tenant)
            #expect(outcomes[0].appended != nil)
            #expect(outcomes[1] == .failed(.unavailable))
            #expect(outcomes[2] == .undecided)
            #expect(outcomes[3].appended != nil)
            #expect(try await log.totals() == [1: 1, 2: 8])
        }
    }

    @Test func `are not tried one after another where nothing goes well`() async throws {
        try await LogDatabase.with { log in
            try await log.makeCounting()
            let store = PostgresEventStore(pool: log.pool, projector: Counting())
            let outcomes = try await store.append(
                [
                    Sample().append(at: 0).changing(1, room: "large"),
                    Sample().append(at: 0).changing(2, room: "large"),
                    Sample().append(at: 0).changing(4),
                ], tenant: log.tenant)
            #expect(outcomes == Array(repeating: .failed(.unavailable), count: 3))
            #expect(try await log.totals().isEmpty)
        }
    }

    @Test func `are not left in doubt when the first sending was lost`() async throws {
        try await LogDatabase.with { log in
            var store = log.store
            store.patience.lockTimeout = .seconds(20)
            store.patience.attempts = 3
            let poison = Sample().append(at: 0, causation: Position(99))
            let batch = [Sample().append(at: 0), poison, Sample().append(at: 0)]
            let tenant = log.tenant
            var sending: Task<[AppendOutcome], any Error>?
            try await log.holdingLock { release in
                sending = Task { [store] in try await store.append(batch, tenant: tenant) }
                try await eventually("an append that waits for the lock") {
                    try await log.isWaitedFor()
                }
                try await log.asAdmin { connection in
                    _ = try await connection.query(
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE datname = current_database() AND wait_event_type = 'Lock'
                        """)
                }
                try await release()
            }
            let outcomes = try #require(try await sending?.value)
            #expect(outcomes[0].appended?.positions == Position(1)...Position(1))
            #expect(outcomes[1] == .failed(.storeFailed))
            #expect(outcomes[2].appended?.positions == Position(2)...Position(2))
        }
    }
}

extension LogDatabase {
    /// What each is told who comes, in this order, while somebody else holds the tenant's lock.
    fileprivate func together(
        _ batches: [[Append<Counting.Change>]],
        on group: GroupAppendLog<PostgresEventStore<Counting>>
    ) async throws -> [[AppendOutcome]] {
        let tenant = tenant
        var tasks: [Task<[AppendOutcome], any Error>] = []
        try await holdingLock { release in
            // The first is sent at once and waits on the server, the others here.
            let door = Sample().append(at: 0, events: 0).changing(0)
            let opened = Task { try await group.append([door], tenant: tenant) }
            try await eventually("an append that waits for the lock") { try await isWaitedFor() }
            var waiting = 0
            for batch in batches {
                tasks.append(Task { try await group.append(batch, tenant: tenant) })
                waiting += batch.count
                while await group.waiting(for: tenant) < waiting {
                    try await Task.sleep(for: .milliseconds(1))
                }
            }
            try await release()
            #expect(try await opened.value[0].appended != nil)
        }
        var told: [[AppendOutcome]] = []
        for task in tasks { told.append(try await task.value) }
        return told
    }

    fileprivate func isWaitedFor() async throws -> Bool {
        try await asAdmin { connection in
            try await connection.query(
                """
                SELECT EXISTS (SELECT FROM pg_stat_activity
                  WHERE datname = current_database() AND wait_event_type = 'Lock')
                """
            )[0].decode(at: 0)
        }
    }
}

/// What an outcome says, without what only the log knows.
private enum Told: Hashable {
    case appended
    case duplicate
    case mismatch
    case conflict(found: Int64)
    case unavailable(String)
    case undecided
    case failed

    init(_ outcome: AppendOutcome) {
        switch outcome {
        case .appended: self = .appended
        case .duplicate: self = .duplicate
        case .fingerprintMismatch: self = .mismatch
        case .conflict(_, let found): self = .conflict(found: found.value)
        case .unavailable(let constraint): self = .unavailable(constraint)
        case .undecided: self = .undecided
        case .failed: self = .failed
        }
    }
}

private struct Caller {
    typealias Batch = [Append<Counting.Change>]

    let what: String
    /// What is in the log before anybody comes.
    var before: Batch = []
    let batch: Batch
    let expected: [Told]
}

/// Callers of every kind, in random order, and what the log must hold after them.
private struct World {
    private var random: SplitMix
    private(set) var totals: [Int64: Int64] = [:]
    private(set) var eventsOfCommands: [CommandID: Int] = [:]

    init(seed: UInt64) { random = SplitMix(state: seed) }

    mutating func learn(_ batch: Caller.Batch, _ outcomes: [AppendOutcome]) {
        for (append, outcome) in zip(batch, outcomes) {
            guard let command = outcome.appended, let positions = command.positions else {
                continue
            }
            totals[positions.lowerBound.value] = append.changes.amount
            eventsOfCommands[command.commandID] = append.events.count
        }
    }

    mutating func crowd(isPoisoned: Bool) -> [Caller] {
        // Who comes in twos comes in this order.
        var crowd: [[Caller]] = []
        for _ in 0..<3 {
            crowd += (0..<3).map { _ in [somebodyNew()] }
            crowd += [[chain()], [idle()], [retry()], [misuse()], [stale()], [staleChain()]]
            crowd += [[sameRoom()], [sameName()], twins(), followers()]
        }
        if isPoisoned { crowd += [[poison()], [poison()]] }
        return crowd.shuffled(using: &random).flatMap { $0 }
    }

    private mutating func amount() -> Int64 { Int64.random(in: 1...1_000_000, using: &random) }
    private mutating func count() -> Int { Int.random(in: 1...4, using: &random) }

    private mutating func somebodyNew() -> Caller {
        Caller(
            what: "somebody new",
            batch: [
                Sample().append(at: 0, events: count())
                    .changing(amount(), room: UUID().uuidString)
            ],
            expected: [.appended])
    }

    private mutating func chain() -> Caller {
        let sample = Sample()
        return Caller(
            what: "a chain",
            batch: [
                sample.append(at: 0, events: 2).changing(amount()),
                sample.append(at: 2).changing(amount()),
            ], expected: [.appended, .appended])
    }

    private mutating func idle() -> Caller {
        Caller(
            what: "a command that changes nothing",
            batch: [Sample().append(at: 0, events: 0).changing(amount())], expected: [.appended])
    }

    private mutating func retry() -> Caller {
        let known = Sample().append(at: 0, events: count()).changing(amount())
        return Caller(what: "a retry", before: [known], batch: [known], expected: [.duplicate])
    }

    private mutating func misuse() -> Caller {
        let sample = Sample()
        let known = sample.append(at: 0).changing(amount())
        return Caller(
            what: "another request under a known id", before: [known],
            batch: [sample.append(known.commandID, at: 1, fingerprint: [9]).changing(amount())],
            expected: [.mismatch])
    }

    private mutating func stale() -> Caller {
        let sample = Sample()
        return Caller(
            what: "a stale version", before: [sample.append(at: 0).changing(amount())],
            batch: [sample.append(at: 0).changing(amount())], expected: [.conflict(found: 1)])
    }

    private mutating func staleChain() -> Caller {
        let sample = Sample()
        return Caller(
            what: "a chain that breaks", before: [sample.append(at: 0).changing(amount())],
            batch: [
                sample.append(at: 1).changing(amount()), sample.append(at: 5).changing(amount()),
                sample.append(at: 2).changing(amount()),
            ], expected: [.appended, .conflict(found: 2), .undecided])
    }

    private mutating func sameRoom() -> Caller {
        let room = UUID().uuidString
        let sample = Sample()
        return Caller(
            what: "a room that is taken",
            before: [Sample().append(at: 0).changing(amount(), room: room)],
            batch: [
                sample.append(at: 0).changing(amount(), room: room),
                sample.append(at: 1).changing(amount()),
            ], expected: [.unavailable("room is free"), .undecided])
    }

    private mutating func sameName() -> Caller {
        let token = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
        return Caller(
            what: "an identifier that is taken",
            before: [
                Sample().append(at: 0, subject: .tokens([token])).changing(amount())
            ],
            batch: [Sample().append(at: 0, subject: .tokens([token])).changing(amount())],
            expected: [.unavailable(SubjectChange.tokenTaken)])
    }

    private mutating func twins() -> [Caller] {
        let append = Sample().append(at: 0, events: count()).changing(amount())
        return [
            Caller(
                what: "the first of two who send the same", batch: [append], expected: [.appended]),
            Caller(what: "the second of them", batch: [append], expected: [.duplicate]),
        ]
    }

    private mutating func followers() -> [Caller] {
        let sample = Sample()
        return [
            Caller(
                what: "one whom another follows",
                batch: [sample.append(at: 0, events: 2).changing(amount())], expected: [.appended]),
            Caller(
                what: "one who follows", batch: [sample.append(at: 2).changing(amount())],
                expected: [.appended]),
        ]
    }

    private mutating func poison() -> Caller {
        let sample = Sample()
        return Caller(
            what: "what the store refuses",
            batch: [
                sample.append(at: 0, causation: Position(1_000_000))
                    .changing(amount(), room: UUID().uuidString),
                sample.append(at: 0).changing(amount()),
            ], expected: [.failed, .undecided])
    }
}

extension AppendOutcome {
    /// The command it speaks of.
    fileprivate var known: AcceptedCommand? { appended ?? duplicate ?? mismatch }
}
