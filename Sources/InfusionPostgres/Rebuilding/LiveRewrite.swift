import EventStore
import Foundation
import Infusion
import InfusionProjections
import Postgres
import PostgresEventStore

/// Some patients' live rows, made again from the log and replaced in one transaction.
///
/// They are read and folded before the tenant's lock is taken; behind it that is done again only if
/// some of them have had events meanwhile, and those alone are read.
struct LiveRewrite: Sendable {
    /// What the functions that write rows take for the live generation.
    private static let live: Int32 = 0

    private let run: RebuildRun
    private let ids: [UUID]
    private let findings: RebuildFindings

    /// - Parameters:
    ///   - ids: In ascending order.
    ///   - findings: Of those before them.
    init(_ run: RebuildRun, _ ids: [UUID], after findings: RebuildFindings) {
        self.run = run
        self.ids = ids
        self.findings = findings
    }

    /// - Returns: What was found, and how long appends were held; `nil` if they did not have to be.
    func replace() async throws -> (page: FoldedPage, appendsHeld: Duration?) {
        do {
            return try await replaced()
        } catch let error as PostgresError where error.sqlState == .exclusionViolation {
            throw EventLogError(
                .rowsInTheWay,
                """
                rows of other patients hold a chair that the log gives to these: rebuild \
                appointments for the whole tenant
                """)
        }
    }

    private func replaced() async throws -> (page: FoldedPage, appendsHeld: Duration?) {
        let (tenant, reader) = (run.tenant, run.reader)
        let holdsAppends = run.projections.contains(where: \.isInline)
        let checkpoints = PostgresCheckpoints.doseReport(run.rebuilder.pool, tenant: tenant)
        let (folded, hold) = try await run.seeing { connection in
            // The checkpoints first, as in a swap.
            if run.projections.contains(.doseReport) {
                _ = try await checkpoints.takeAll(owner: RebuildRun.owner, connection)
            }
            let reported = try ReportedPositions(
                try await connection.query(Statements.reportPositions(tenant.uuid)))
            let head = try await reader.head(connection)
            let skipped = try SkippedEvents(
                try await connection.query(Statements.skippedEvents(tenant.uuid)))
            var patients = try await read(ids, upTo: head, connection)
            var folded = fold(patients, reported, skipped)
            var hold: AppendsHold?
            if holdsAppends {
                hold = try await AppendsHold(run, findings, of: head, connection)
                let now = try await reader.head(connection)
                let changed = Set(try await reader.changed(after: head, upTo: now, connection))
                    .intersection(ids)
                if !changed.isEmpty {
                    let again = try await read(changed.sorted(), upTo: now, connection)
                    patients.replace(changed, with: again)
                    folded = fold(patients, reported, skipped)
                }
            }
            try await write(folded, connection)
            return (folded, hold)
        }
        // The lock goes with the commit, which has just been confirmed.
        return (folded, hold?.time)
    }

    private func fold(
        _ patients: Patients, _ reported: ReportedPositions, _ skipped: SkippedEvents
    ) -> FoldedPage {
        PageFolder(projections: run.projections, patients: run.patients, head: .last).fold(
            PatientPage(
                histories: patients.histories, live: patients.live, end: nil, reported: reported,
                skipped: skipped))
    }

    private struct Patients: Sendable {
        var histories: [PatientHistory]
        var live: LiveRows

        mutating func replace(_ changed: Set<UUID>, with again: Patients) {
            histories.removeAll { changed.contains($0.patient.uuid) }
            histories += again.histories
            live.add(again.live)
        }
    }

    private func read(
        _ ids: [UUID], upTo head: Position, _ connection: isolated PostgresConnection
    ) async throws -> Patients {
        var patients = Patients(
            histories: try await run.reader.histories(of: ids, upTo: head, connection),
            live: LiveRows())
        for id in ids {
            patients.live.add(
                try await LiveRows.read(
                    run.projections, of: PatientRange(only: id), tenant: run.tenant, connection))
        }
        return patients
    }

    /// Everything is cleared before anything is written: a chair that went from one of them to
    /// another is never taken by both.
    private func write(
        _ folded: FoldedPage, _ connection: isolated PostgresConnection
    ) async throws {
        let live = Dictionary(uniqueKeysWithValues: run.projections.map { ($0, Self.live) })
        for projection in run.projections where projection.isInline {
            try await connection.query(
                Statements.clearStaged(run.tenant.uuid, projection.rawValue, Self.live, ids))
        }
        var rows = folded.staged
        rows.reported = ids
        rows.shares = folded.reported
        for statement in rows.statements(live, tenant: run.tenant) {
            try await connection.query(statement)
        }
    }
}

extension Position {
    /// No log is as long.
    fileprivate static let last = Position(.max)
}
