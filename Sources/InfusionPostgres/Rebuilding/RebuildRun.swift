import EventStore
import Foundation
import Infusion
import InfusionProjections
import Postgres

/// One check, with or without filling the next generations on the way.
struct RebuildRun {
    let rebuilder: ProjectionRebuilder
    let projections: Set<ProjectionName>
    let tenant: TenantID
    let reader: HistoryReader
    let patients: PatientRebuilder

    private var comparisons: [ProjectionName: RowComparison] = [:]
    private var parked: [ParkedStream] = []
    private var patientCount = 0
    private var eventCount = 0

    init(
        _ rebuilder: ProjectionRebuilder, _ projections: Set<ProjectionName>, _ tenant: TenantID
    ) {
        self.rebuilder = rebuilder
        self.projections = projections
        self.tenant = tenant
        reader = HistoryReader(tenant: tenant)
        patients = PatientRebuilder(
            decoder: HistoryDecoder(tenant: tenant, codec: rebuilder.codec),
            doseReport: rebuilder.doseReport)
        for projection in projections {
            comparisons[projection] = RowComparison(projection)
        }
    }

    /// A page of patients as one snapshot shows them.
    private struct Page: Sendable {
        let histories: [PatientHistory]
        let live: LiveRows
        let end: UUID?
        /// Where the report stood.
        let reported: ReportedPositions
        let skipped: SkippedEvents
    }

    /// Walks over all patients; with `generations`, also fills them up to the head at the start.
    mutating func compare(
        staging generations: [ProjectionName: Int32],
        progress: @Sendable (RebuildProgress) -> Void
    ) async throws -> RebuildReport {
        let head = try await seeing { [reader] connection in try await reader.head(connection) }
        var cursor = PatientRange.lowest
        while true {
            try Task.checkCancellation()
            let page = try await page(after: cursor)
            let staged = compare(page, head: head)
            if !generations.isEmpty {
                let statements = staged.statements(generations, tenant: tenant)
                try await seeing { connection in
                    for statement in statements { try await connection.query(statement) }
                }
            }
            progress(
                RebuildProgress(
                    patients: patientCount, events: eventCount, total: Int(head.value)))
            guard let end = page.end else { break }
            cursor = end
        }
        if projections.contains(.doseReport) { try await compareReport() }
        return report(head, isSwapped: false)
    }

    func report(_ head: Position, isSwapped: Bool) -> RebuildReport {
        RebuildReport(
            tenant: tenant, position: head, patients: patientCount, events: eventCount,
            projections: ProjectionName.allCases.compactMap { comparisons[$0]?.result },
            parked: parked, isSwapped: isSwapped)
    }

    private func page(after cursor: UUID) async throws -> Page {
        let (reader, projections, tenant) = (reader, projections, tenant)
        return try await seeing(isolation: .repeatableRead) { connection in
            let (histories, end) = try await reader.page(after: cursor, connection)
            let live = try await LiveRows.read(
                projections,
                of: PatientRange(after: cursor, through: end ?? PatientRange.highest),
                tenant: tenant, connection)
            let reported = try await connection.query(Statements.reportPositions(tenant.uuid))
            return Page(
                histories: histories, live: live, end: end,
                reported: try ReportedPositions(reported),
                skipped: try SkippedEvents(
                    try await connection.query(Statements.skippedEvents(tenant.uuid))))
        }
    }

    /// Compares a page and returns the rows to stage, as of `head`.
    private mutating func compare(_ page: Page, head: Position) -> StagedRows {
        var staged = StagedRows()
        var rebuilt: [PatientID: PatientRows] = [:]
        var shares: [DoseReportShare] = []
        var live = page.live
        let staging = page.skipped.upTo(head)
        for history in page.histories {
            patientCount += 1
            eventCount += history.events.count
            let now = patients.rebuild(history, leavingOut: staging)
            let reported = page.reported.position(of: history.patient)
            shares += patients.shares(
                of: history.upTo(reported), leavingOut: page.skipped.upTo(reported))
            if let parked = now.parked {
                self.parked.append(parked)
                if let rows = live.patients.removeValue(forKey: history.patient) {
                    staged.rows.append(rows)
                }
            }
            rebuilt[history.patient] = now.rows
            let then =
                history.last <= head
                ? now : patients.rebuild(history.upTo(head), leavingOut: staging)
            if now.parked == nil, let rows = then.rows { staged.rows.append(rows) }
            staged.reported.append(history.patient.uuid)
            staged.shares += then.shares
        }
        compare(live, with: rebuilt, shares)
        return staged
    }

    private mutating func compare(
        _ live: LiveRows, with rebuilt: [PatientID: PatientRows], _ shares: [DoseReportShare]
    ) {
        let ids = Set(live.patients.keys).union(rebuilt.keys)
            .sorted { $0.description < $1.description }
        for projection in projections where projection.isInline {
            comparisons[projection]?.add(
                live: ids.flatMap { live.patients[$0]?.canonical(projection) ?? [] },
                rebuilt: ids.flatMap { rebuilt[$0]?.canonical(projection) ?? [] })
        }
        comparisons[.doseReport]?.add(
            live: live.shares.map { CanonicalRow($0) }, rebuilt: shares.map { CanonicalRow($0) })
    }

    /// The lines of the report against the sum of its shares, which have just been compared.
    private mutating func compareReport() async throws {
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
        comparisons[.doseReport]?.add(
            live: lines.map { CanonicalRow($0) },
            rebuilt: DoseReportProjection.report(shares).map { CanonicalRow($0) })
    }

    /// A transaction that sees the tenant's rows and nobody else's.
    func seeing<Value: Sendable>(
        isolation: IsolationLevel = .readCommitted,
        _ body: @Sendable (isolated PostgresConnection) async throws -> Value
    ) async throws -> Value {
        let tenant = tenant
        return try await rebuilder.pool.withConnection { connection in
            try await connection.transaction(isolation: isolation) { connection in
                try await connection.query(Statements.seePatientsOf(tenant.description))
                return try await body(connection)
            }
        }
    }
}
