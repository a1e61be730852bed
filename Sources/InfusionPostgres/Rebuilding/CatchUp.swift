import EventStore
import Foundation
import Infusion
import InfusionProjections
import Postgres

/// Makes the rows of patients again who have had events since they were staged.
struct CatchUp: Sendable {
    private let generations: [ProjectionName: Int32]
    private let projections: Set<ProjectionName>
    private let tenant: TenantID
    private let reader: HistoryReader
    private let patients: PatientRebuilder

    init(_ run: RebuildRun, _ generations: [ProjectionName: Int32]) {
        self.generations = generations
        projections = run.projections
        tenant = run.tenant
        reader = run.reader
        patients = run.patients
    }

    /// In one transaction, and everything is cleared before anything is written: a chair that went
    /// from one patient to another is never taken by both.
    func run(
        from reached: Position, to head: Position, _ connection: isolated PostgresConnection
    ) async throws {
        let skipped = try SkippedEvents(
            try await connection.query(Statements.skippedEvents(tenant.uuid))
        ).upTo(head)
        let changed = Set(try await reader.changed(after: reached, upTo: head, connection))
            .union(skipped.patients(after: reached, upTo: head)).sorted()
        guard !changed.isEmpty else { return }
        for (projection, generation) in generations {
            try await connection.query(
                Statements.clearStaged(tenant.uuid, projection.rawValue, generation, changed))
        }
        for start in stride(from: 0, to: changed.count, by: RebuildLimits.patientsPerRound) {
            let ids = Array(changed[start...].prefix(RebuildLimits.patientsPerRound))
            let histories = try await reader.histories(of: ids, upTo: head, connection)
            var staged = StagedRows()
            for history in histories {
                let rebuilt = patients.rebuild(history, leavingOut: skipped)
                staged.reported.append(history.patient.uuid)
                staged.shares += rebuilt.shares
                if let rows = rebuilt.rows {
                    staged.rows.append(rows)
                } else if let rows = try await live(history.patient, connection) {
                    staged.rows.append(rows)
                }
            }
            for statement in staged.statements(generations, tenant: tenant) {
                try await connection.query(statement)
            }
        }
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
