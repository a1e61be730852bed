import EventStore
import Foundation
import Infusion
import InfusionProjections
import Postgres

/// Makes the rows of patients again who have had events since they were staged.
///
/// It goes along the log by ``RebuildLimits/eventsPerCatchUp`` at a time, and reads histories of no more events
/// than a page at a time: how far behind it begins makes it longer and no larger.
struct CatchUp: Sendable {
    private let generations: [ProjectionName: Int32]
    private let projections: Set<ProjectionName>
    private let tenant: TenantID
    private let reader: HistoryReader
    private let patients: PatientRebuilder
    private let eventsAtOnce: Int

    init(_ run: RebuildRun, _ generations: [ProjectionName: Int32]) {
        self.generations = generations
        projections = run.projections
        tenant = run.tenant
        reader = run.reader
        patients = run.patients
        eventsAtOnce = run.rebuilder.catchUpEvents
    }

    /// The next position to come to on the way to another.
    func step(from reached: Position, to head: Position) -> Position {
        min(head, reached.advanced(by: eventsAtOnce))
    }

    /// From one position up to another, in one transaction.
    func run(
        from reached: Position, to head: Position, _ connection: isolated PostgresConnection
    ) async throws {
        var reached = reached
        while reached < head {
            let next = step(from: reached, to: head)
            let changed = try await changed(from: reached, to: next, connection)
            try await make(changed, upTo: next, connection)
            reached = next
        }
    }

    /// Whose rows are no longer as of a position.
    func changed(
        from reached: Position, to head: Position, _ connection: isolated PostgresConnection
    ) async throws -> [ChangedPatient] {
        let changed = try await reader.changed(after: reached, upTo: head, connection)
        let decided = try await skipped(connection).patients(after: reached, upTo: head)
        return changed.adding(decided, countedAs: reader.pageEvents)
    }

    /// In one transaction, and everything is cleared before anything is written: a chair that went
    /// from one patient to another is never taken by both.
    func make(
        _ changed: [ChangedPatient], upTo head: Position, _ connection: isolated PostgresConnection
    ) async throws {
        guard !changed.isEmpty else { return }
        let skipped = try await skipped(connection).upTo(head)
        for (projection, generation) in generations {
            try await connection.query(
                Statements.clearStaged(tenant.uuid, projection.rawValue, generation, changed.ids))
        }
        let runs = changed.runs(ofEvents: reader.pageEvents)
        var ahead = try await reader.histories(of: runs[0], upTo: head, connection)
        for next in 1...runs.count {
            let histories = ahead
            async let folded = fold(histories, leavingOut: skipped)
            // Read while those before them are folded.
            if next < runs.endIndex {
                ahead = try await reader.histories(of: runs[next], upTo: head, connection)
            }
            var staged = StagedRows()
            for rebuilt in try await folded {
                staged.reported.append(rebuilt.patient.uuid)
                staged.shares += rebuilt.shares
                if let rows = rebuilt.rows {
                    staged.rows.append(rows)
                } else if let rows = try await live(rebuilt.patient, connection) {
                    staged.rows.append(rows)
                }
            }
            for statement in staged.statements(generations, tenant: tenant) {
                try await connection.query(statement)
            }
        }
    }

    /// On all processors, the patients in their order.
    private func fold(
        _ histories: [PatientHistory], leavingOut skipped: SkippedEvents
    ) async throws -> [RebuiltPatient] {
        let patients = patients
        return try await Cores.map(histories.split(into: Cores.count)) { histories in
            histories.map { patients.rebuild($0, leavingOut: skipped) }
        }.flatMap { $0 }
    }

    /// What is skipped concerns the report alone.
    private func skipped(_ connection: isolated PostgresConnection) async throws -> SkippedEvents {
        guard generations[.doseReport] != nil else { return SkippedEvents() }
        return try SkippedEvents(
            try await connection.query(Statements.skippedEvents(tenant.uuid)))
    }

    /// The rows of a patient whose history cannot be read: they stay as they are.
    private func live(
        _ patient: PatientID, _ connection: isolated PostgresConnection
    ) async throws -> PatientRows? {
        let rows = try await LiveRows.read(
            projections.filter(\.isInline),
            of: PatientRange(only: patient.uuid),
            tenant: tenant,
            connection)
        return rows.patients[patient]
    }
}
