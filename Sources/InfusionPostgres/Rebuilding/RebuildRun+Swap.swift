import EventStore
import Foundation
import Infusion
import InfusionProjections
import Postgres
import PostgresEventStore

extension RebuildRun {
    /// Whose the report's checkpoints are while a rebuild switches; afterwards they are free.
    static let owner = "rebuild"

    /// Folds what is left and switches, in one transaction: first all that nobody but the reporting
    /// waits for, then, behind the tenant's lock, what was appended meanwhile.
    ///
    /// - Returns: How long appends were held; `nil` if they did not have to be.
    func swap(_ mark: RebuildMark, _ filler: UUID) async throws -> Duration? {
        let inline = mark.generations.filter { $0.key.isInline }
        let everything = CatchUp(self, mark.generations)
        let behindTheLock = CatchUp(self, inline)
        let statement = mark.statement(tenant, filler: filler)
        let (reader, tenant) = (reader, tenant)
        let checkpoints = PostgresCheckpoints.doseReport(rebuilder.pool, tenant: tenant)
        let hold = try await seeing { connection -> AppendsHold? in
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
            var hold: AppendsHold?
            if !inline.isEmpty {
                hold = try await AppendsHold(self, mark.findings, of: mark.head, connection)
                try await behindTheLock.run(
                    from: head, to: try await reader.head(connection), connection)
            }
            try await connection.query(Statements.finishRebuild(tenant.uuid, filler))
            return hold
        }
        // The lock goes with the commit, which has just been confirmed.
        return hold?.time
    }
}
