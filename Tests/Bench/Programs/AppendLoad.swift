import ArgumentParser
import EventStore
import Foundation
import Postgres
import PostgresEventStore

/// P1 and P2: appends of one event, each with an expected version, a command id and a gapless position.
struct AppendLoad: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "append", abstract: "Appends of one event each, by concurrent clients.")
    @OptionGroup var options: BenchOptions
    @Option(help: "Bytes of a payload.") var payload = 614
    @Option(
        help: "An open loop of so many a second instead of clients that wait for their answers.")
    var rate: Double?
    @Option(
        help: "Another tenant, for whom as much as its queue takes is appended meanwhile.",
        transform: BenchOptions.tenant)
    var besideTenant: TenantID?
    @Option(
        help: """
            Of a hundred appends so many are not new: half are sent a second time, half expect a \
            version that is gone. They are answered as such, and count like the others.
            """)
    var notNew = 0

    /// Appends in flight for the tenant beside: many times what one group takes.
    static let clientsBeside = 4 * EventLogLimits.appendsPerGroup

    /// Writers in an open loop: so many that hardly one is asked for its next event before its last is
    /// written.
    static let writers = 4_096

    /// Events of a stream before a client goes on with the next.
    static let eventsPerStream = 20

    func validate() throws {
        guard 0..<100 ~= notNew else { throw ValidationError("--not-new is from 0 to 99") }
    }

    func run() async throws {
        let log = GroupAppendLog(PostgresEventStore(pool: options.pool()))
        let tenant = options.tenant
        let payload = Self.json(bytes: payload)
        _ = try await log.head(tenant: tenant)
        let load = Load(log: log, payload: payload, notNew: notNew)
        let (clients, seconds) = (options.clients, options.seconds)
        if let rate {
            return try await load.run(tenant, perSecond: rate, seconds: seconds).print()
        }
        let sample = try await withThrowingTaskGroup(of: Sample?.self) { group in
            if let besideTenant {
                group.addTask {
                    _ = try await load.run(
                        besideTenant, clients: Self.clientsBeside, seconds: seconds)
                    return nil
                }
            }
            group.addTask { try await load.run(tenant, clients: clients, seconds: seconds) }
            var own: Sample?
            for try await sample in group { own = sample ?? own }
            return own
        }
        try sample?.print()
    }

    /// One event at a time for each of many clients.
    private struct Load: Sendable {
        let log: GroupAppendLog<PostgresEventStore<NoInlineProjections>>
        let payload: [UInt8]
        let notNew: Int

        func run(_ tenant: TenantID, clients: Int, seconds: Double) async throws -> Sample {
            let ids = Identifiers(clients: clients)
            return try await ClosedLoop.run(clients: clients, seconds: seconds) { client, turn in
                try await append(tenant, ids, client, turn)
            }
        }

        func run(_ tenant: TenantID, perSecond: Double, seconds: Double) async throws -> Sample {
            let ids = Identifiers(clients: AppendLoad.writers)
            return try await OpenLoop.run(
                perSecond: perSecond, seconds: seconds, lanes: AppendLoad.writers
            ) { writer, turn in try await append(tenant, ids, writer, turn) }
        }

        private func append(
            _ tenant: TenantID, _ ids: Identifiers, _ client: Int, _ turn: Int
        ) async throws -> Bool {
            let turns = Turns(notNew: notNew, client: client)
            let number = turns.newOnes(before: turn)
            switch turns.kind(of: turn) {
            case .new:
                let append = AppendLoad.append(ids, client, number, payload)
                if case .appended = try await log.append([append], tenant: tenant)[0] {
                    return true
                }
            case .sentAgain:
                let append = AppendLoad.append(ids, client, number - 1, payload)
                if case .duplicate = try await log.append([append], tenant: tenant)[0] {
                    return true
                }
            case .late:
                let append = AppendLoad.append(
                    ids, client, number - 1, payload, as: ids.id(client, Int.max - turn))
                if case .conflict = try await log.append([append], tenant: tenant)[0] {
                    return true
                }
            }
            return false
        }
    }

    private static func append(
        _ ids: Identifiers, _ client: Int, _ turn: Int, _ payload: [UInt8],
        as command: UUID? = nil
    ) -> Append<NoChanges> {
        let id = command ?? ids.id(client, turn)
        return Append(
            commandID: CommandID(id), fingerprint: Array(payload.prefix(32)),
            stream: StreamID(category: "bench", uuid: ids.id(client, -1 - turn / eventsPerStream)),
            expected: StreamVersion(Int64(turn % eventsPerStream)),
            events: [
                EventData(
                    type: "dose-administered", payloadVersion: 1, payload: payload,
                    effectiveAt: Timestamp(microsecondsSinceUnixEpoch: 1_760_000_000_000_000))
            ],
            metadata: EventMetadata(
                actor: "nurse-17", correlationID: id, causation: nil, ruleSet: "2026-01"),
            answer: Array(payload.prefix(48)), changes: NoChanges())
    }

    /// An object of one text member, so long in all.
    private static func json(bytes: Int) -> [UInt8] {
        Array(#"{"note":""#.utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: bytes - 11)
            + Array(#""}"#.utf8)
    }

    /// Ids as clients choose them: of no order. Counted and scattered, since to ask the system for each
    /// would cost more than to send it.
    private struct Identifiers: Sendable {
        private let seeds: [UInt64]
        init(clients: Int) { seeds = (0..<clients).map { _ in UInt64.random(in: .min ... .max) } }

        func id(_ client: Int, _ number: Int) -> UUID {
            let high = Self.scatter(seeds[client] &+ UInt64(bitPattern: Int64(number)))
            let low = Self.scatter(high)
            func byte(_ word: UInt64, _ place: UInt64) -> UInt8 {
                UInt8(truncatingIfNeeded: word >> (8 * place))
            }
            return UUID(
                uuid: (
                    byte(high, 0), byte(high, 1), byte(high, 2), byte(high, 3), byte(high, 4),
                    byte(high, 5), byte(high, 6), byte(high, 7), byte(low, 0), byte(low, 1),
                    byte(low, 2), byte(low, 3), byte(low, 4), byte(low, 5), byte(low, 6),
                    byte(low, 7)
                ))
        }

        /// SplitMix64's finalizer.
        private static func scatter(_ word: UInt64) -> UInt64 {
            var mixed = word &+ 0x9E37_79B9_7F4A_7C15
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}
