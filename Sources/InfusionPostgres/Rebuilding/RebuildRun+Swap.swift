import EventStore
import Foundation
import Infusion
import InfusionProjections
import Postgres
import PostgresEventStore

/// How the rebuilt rows became the live ones.
struct Switched: Sendable {
    /// As of which they are.
    let position: Position
    /// `nil` if appends did not have to be held.
    let held: AppendsHeld?
}

extension RebuildRun {
    /// Whose the report's checkpoints are while a rebuild switches; afterwards they are free.
    static let owner = "rebuild"

    /// Folds what is left and switches, in one transaction: first all that nobody but the reporting
    /// waits for, the adding up of the report included; then, behind the tenant's lock, what was appended
    /// in the moment before.
    ///
    /// - Throws: `.appendsHeldTooLong`.
    func swap(_ mark: RebuildMark, _ filler: UUID) async throws -> Switched {
        let everything = CatchUp(self, mark.generations)
        let hasInline = mark.generations.keys.contains(where: \.isInline)
        let statement = mark.statement(tenant, filler: filler)
        let (reader, tenant) = (reader, tenant)
        let checkpoints = PostgresCheckpoints.doseReport(rebuilder.pool, tenant: tenant)
        let (head, hold) = try await seeing { connection -> (Position, AppendsHold?) in
            try await connection.query(statement)
            let report = mark.generations[.doseReport]
            var taken: [ProjectionCheckpoint] = []
            if report != nil {
                taken = try await checkpoints.takeAll(owner: Self.owner, connection)
            }
            let head = try await reader.head(connection)
            try await everything.run(from: mark.reached, to: head, connection)
            if let report {
                try await connection.query(Statements.sumDoseReport(tenant.uuid, report))
                if head > .start { try await checkpoints.move(taken, to: head, connection) }
            }
            guard hasInline else {
                try await connection.query(Statements.finishRebuild(tenant.uuid, filler))
                return (head, nil)
            }
            return try await switchInline(mark, filler, from: head, connection)
        }
        // The lock goes with the commit, which has just been confirmed.
        return Switched(position: head, held: hold?.held)
    }

    /// Catches up with the log outside of the tenant's lock, takes it, and folds what little there is behind
    /// it; if that is not little, or takes too long, it lets go and goes round.
    private func switchInline(
        _ mark: RebuildMark, _ filler: UUID, from reached: Position,
        _ connection: isolated PostgresConnection
    ) async throws -> (Position, AppendsHold?) {
        let inline = CatchUp(self, mark.generations.filter { $0.key.isInline })
        var reached = reached
        var before: AppendsHeld?
        for _ in 0..<RebuildLimits.holdingRounds {
            reached = try await catchUp(inline, from: reached, connection)
            var hold = try await AppendsHold(
                self, mark.findings, of: mark.head, after: before, connection)
            let head = try await reader.head(connection)
            let changed = try await inline.changed(from: reached, to: head, connection)
            if hold.hasRoom(for: changed) {
                try await inline.make(changed, upTo: head, connection)
                try await connection.query(Statements.finishRebuild(tenant.uuid, filler))
                if hold.isShort { return (head, hold) }
            }
            before = try await hold.letGo(connection)
        }
        throw EventLogError.appendsHeldTooLong
    }

    /// To the end of the log, and again until the last time was short: what is left then is what came in that
    /// time. Where appends come faster than that, it is more.
    private func catchUp(
        _ inline: CatchUp, from reached: Position, _ connection: isolated PostgresConnection
    ) async throws -> Position {
        var reached = reached
        for _ in 0..<RebuildLimits.catchUpRounds {
            let head = try await reader.head(connection)
            let events = head.value - reached.value
            try await inline.run(from: reached, to: head, connection)
            reached = head
            guard events > RebuildLimits.eventsBeforeHolding else { break }
        }
        return reached
    }
}
