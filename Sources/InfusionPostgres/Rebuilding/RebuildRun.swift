import EventStore
import Foundation
import Infusion
import InfusionProjections
import Postgres
import PostgresEventStore

/// One check or rebuild of one tenant.
struct RebuildRun: Sendable {
    let rebuilder: ProjectionRebuilder
    let projections: Set<ProjectionName>
    let tenant: TenantID
    let reader: HistoryReader
    let patients: PatientRebuilder
    let progress: @Sendable (RebuildProgress) -> Void

    init(
        _ rebuilder: ProjectionRebuilder, _ projections: Set<ProjectionName>, _ tenant: TenantID,
        progress: @escaping @Sendable (RebuildProgress) -> Void
    ) {
        self.rebuilder = rebuilder
        self.projections = projections
        self.tenant = tenant
        self.progress = progress
        reader = HistoryReader(tenant: tenant, pageEvents: rebuilder.pageEvents)
        patients = PatientRebuilder(
            decoder: HistoryDecoder(tenant: tenant, codec: rebuilder.codec),
            doseReport: rebuilder.doseReport)
    }

    /// Walks over all patients and compares.
    func check() async throws -> RebuildReport {
        let head = try await wholeHead()
        var findings = RebuildFindings(projections)
        try await walk(after: PatientRange.lowest, head: head) { page, _ in
            findings.add(page)
            tell(.reading, findings, of: head)
        }
        if projections.contains(.doseReport) {
            findings.add(try await compareReport(), of: .doseReport)
        }
        return RebuildReport(
            tenant: tenant, position: head, patients: findings.patients, events: findings.events,
            projections: findings.results, parked: findings.parked, switchedAt: nil,
            resumedPatients: 0, appendsHeld: nil, eventsHeld: 0)
    }

    /// Where the log ends, once it is known to have every position up to there.
    func wholeHead() async throws -> Position {
        try await seeing { [reader] connection in
            let head = try await reader.head(connection)
            try await reader.requireWhole(upTo: head, connection)
            return head
        }
    }

    /// Reads and folds page after page, the next while one is worked on; `body` gets each with its
    /// last patient.
    func walk(
        after first: UUID, head: Position, _ body: (FoldedPage, UUID) async throws -> Void
    ) async throws {
        let folder = PageFolder(projections: projections, patients: patients, head: head)
        var next = try await page(after: first == PatientRange.highest ? nil : first)
        while let page = next {
            try Task.checkCancellation()
            async let following = self.page(after: page.end)
            try await body(
                try await folder.foldOnAllCores(page), page.end ?? PatientRange.highest)
            next = try await following
        }
    }

    func tell(_ phase: RebuildProgress.Phase, _ findings: RebuildFindings, of head: Position) {
        progress(
            RebuildProgress(
                phase: phase, patients: findings.patients, events: findings.events,
                total: max(Int(head.value), findings.events)))
    }

    private func page(after cursor: UUID?) async throws -> PatientPage? {
        guard let cursor else { return nil }
        let (reader, projections, tenant) = (reader, projections, tenant)
        return try await seeing(isolation: .repeatableRead) { connection in
            let (histories, end) = try await reader.page(after: cursor, connection)
            let live = try await LiveRows.read(
                projections,
                of: PatientRange(after: cursor, through: end ?? PatientRange.highest),
                tenant: tenant, connection)
            let reported = try await connection.query(Statements.reportPositions(tenant.uuid))
            return PatientPage(
                histories: histories, live: live, end: end,
                reported: try ReportedPositions(reported),
                skipped: try SkippedEvents(
                    try await connection.query(Statements.skippedEvents(tenant.uuid))))
        }
    }

    /// The lines of the report against the sum of its shares, which have just been compared.
    func compareReport() async throws -> ComparedRows {
        let tenant = tenant
        let (lines, shares) = try await seeing(isolation: .repeatableRead) { connection in
            let lines = try await connection.query(Statements.liveDoseReport(tenant.uuid)).map {
                DoseReportRow(
                    key: try DoseReportKey($0, from: 0), counts: try DoseReportCounts($0, from: 3))
            }
            let live = try await LiveRows.read(
                [.doseReport],
                of: PatientRange(after: PatientRange.lowest, through: PatientRange.highest),
                tenant: tenant, connection)
            return (lines, live.shares)
        }
        return ComparedRows(
            live: lines.map { CanonicalRow($0) },
            rebuilt: DoseReportProjection.report(shares).map { CanonicalRow($0) })
    }

    /// A transaction that sees the tenant's rows and nobody else's.
    ///
    /// It holds the rebuild's mark, and at the end the report's checkpoints and the tenant's lock, so it
    /// must not outlive whoever is at work in it: one that is silent for ``RebuildLimits/pause`` is ended
    /// by the server.
    func seeing<Value: Sendable>(
        isolation: IsolationLevel = .readCommitted,
        _ body: @Sendable (isolated PostgresConnection) async throws -> Value
    ) async throws -> Value {
        let tenant = tenant
        do {
            return try await rebuilder.pool.withConnection(for: PoolClaim(of: tenant)) {
                connection in
                try await connection.transaction(isolation: isolation) { connection in
                    try await connection.query(
                        Statements.seePatientsRebuilding(
                            tenant.description, RebuildLimits.pause.setting))
                    return try await body(connection)
                }
            }
        } catch let error as PostgresError
            where error.sqlState == .idleInTransactionTimeout
            || (error.code == .connectionLost && !error.outcomeIsUnknown)
        {
            // What was sent last, COMMIT included, came when there was no transaction any more.
            throw EventLogError.rebuildInterrupted
        }
    }
}
