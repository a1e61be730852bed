public import EventStore
import Foundation
public import Infusion
public import InfusionProjections
public import Postgres

/// The read models in PostgreSQL: each question is one named statement in one round trip, and every
/// statement starts with the tenant. From any `ferrovia_reader`, a standby included.
public struct PostgresReadModels: ReadModels, DoseReports {
    private let pool: PostgresPool

    public init(pool: PostgresPool) { self.pool = pool }

    public func patient(
        owning reference: SubjectReference, tenant: TenantID
    ) async throws(EventLogError) -> PatientID? {
        try await pool.query(
            Statements.subjectOwner(tenant.uuid, reference.kind.rawValue, reference.id), of: tenant
        ).decoded { row throws(PostgresError) in PatientID(try row.decode(UUID.self, at: 0)) }.first
    }

    public func patientState(
        _ patient: PatientID, tenant: TenantID
    ) async throws(EventLogError) -> PatientStateRow? {
        try await pool.query(Statements.patientState(tenant.uuid, patient.uuid), of: tenant)
            .decoded { row throws(PostgresError) in
                PatientStateRow(
                    patient: patient, site: SiteID(try row.decode(String.self, at: 0)),
                    version: StreamVersion(try row.decode(Int64.self, at: 1)),
                    position: Position(try row.decode(Int64.self, at: 2)),
                    foldVersion: Int(try row.decode(Int32.self, at: 3)),
                    document: try row.decode([UInt8].self, at: 4))
            }.first
    }

    public func recheckQueue(
        _ query: RecheckQueueQuery, tenant: TenantID
    ) async throws(EventLogError) -> RecheckQueuePage {
        try QueryLimits.check(query.limit)
        let after = QueueKey(query.after)
        // One row more than asked for tells whether there is another page.
        let limit = Int64(query.limit + 1)
        let statement = Statements.recheckQueue(
            tenant.uuid, query.site?.name, query.position.value, query.status?.rawValue,
            PostgresDate(query.on), after.rank, after.due, after.patient, after.rule, after.anchor,
            limit)
        let rows = try await pool.query(statement, of: tenant)
            .decoded { row throws(PostgresError) in try RecheckQueueRow(row) }
        let page = Array(rows.prefix(query.limit))
        return RecheckQueuePage(
            rows: page, next: rows.count > page.count ? page.last?.cursor : nil,
            on: query.on, position: query.position)
    }

    public func recheck(
        _ recheck: RecheckID, of patient: PatientID, at position: Position, tenant: TenantID
    ) async throws(EventLogError) -> RecheckQueueRow? {
        try await pool.query(
            Statements.recheckRow(
                tenant.uuid, patient.uuid, recheck.rule.rawValue, recheck.anchor.value,
                position.value),
            of: tenant
        ).decoded { row throws(PostgresError) in try RecheckQueueRow(row) }.first
    }

    public func appointments(
        site: SiteID, from: Instant, to: Instant, at position: Position, tenant: TenantID
    ) async throws(EventLogError) -> [AppointmentRow] {
        try await pool.query(
            Statements.appointments(
                tenant.uuid, site.name, PostgresTimestamp(from), PostgresTimestamp(to),
                position.value, PostgresTimestamp(from.adding(hours: -24))),
            of: tenant
        ).decoded { row throws(PostgresError) in try AppointmentRow(row, closed: nil) }
    }

    public func stockedVisits(
        of product: ProductKey, site: SiteID, from: Instant, at position: Position,
        tenant: TenantID
    ) async throws(EventLogError) -> [AppointmentRow] {
        try await pool.query(
            Statements.stockedVisits(
                tenant.uuid, site.name, PostgresTimestamp(from), position.value,
                PostgresTimestamp(from.adding(hours: -24)), product.name),
            of: tenant
        ).decoded { row throws(PostgresError) in try AppointmentRow(row, closed: nil) }
    }

    public func namedChairs(
        at site: SiteID, knownAt position: Position, tenant: TenantID
    ) async throws(EventLogError) -> [ChairID] {
        try await pool.query(
            Statements.namedChairs(tenant.uuid, site.name, position.value), of: tenant
        ).decoded { row throws(PostgresError) in ChairID(try row.decode(String.self, at: 0)) }
    }

    public func appointmentChanges(
        site: SiteID, after position: Position, limit: Int, tenant: TenantID
    ) async throws(EventLogError) -> AppointmentChanges {
        let rows = try await pool.queries(
            [
                Statements.liveAppointmentsGeneration(tenant.uuid),
                Statements.changedAppointments(
                    tenant.uuid, site.name, position.value, Int64(limit)),
            ], of: tenant)
        let generation = try rows[0].decoded { row throws(PostgresError) in
            Int(try row.decode(Int32.self, at: 0))
        }.first
        return AppointmentChanges(
            rows: try rows[1].decoded { row throws(PostgresError) in
                try AppointmentRow(
                    row, closed: try row.decode(Int64?.self, at: 12).map { Position($0) })
            }, generation: generation ?? 1)
    }

    public func appointmentHistories(
        site: SiteID, from: Instant, to: Instant, at position: Position, tenant: TenantID
    ) async throws(EventLogError) -> [AppointmentHistory] {
        try await pool.query(
            Statements.appointmentHistories(
                tenant.uuid, site.name, PostgresTimestamp(from), PostgresTimestamp(to),
                position.value, PostgresTimestamp(from.adding(hours: -24))),
            of: tenant
        ).decoded { row throws(PostgresError) in
            AppointmentHistory(
                current: try AppointmentRow(row, closed: nil),
                revisions: try row.decode([Int64].self, at: 12).map { Position($0) },
                ordered: try row.decode(Int64?.self, at: 13).map { Position($0) })
        }
    }

    public func waitlist(
        _ query: WaitlistQuery, tenant: TenantID
    ) async throws(EventLogError) -> WaitlistPage {
        try QueryLimits.check(query.limit)
        let after = WaitlistKey(query.after)
        // One row more than asked for tells whether there is another page.
        let statement = Statements.waitlist(
            tenant.uuid, query.site.name, query.position.value, after.rank, after.due, after.since,
            after.order, after.patient, Int64(query.limit + 1))
        let rows = try await pool.query(statement, of: tenant)
            .decoded { row throws(PostgresError) in try WaitlistRow(row, closed: nil) }
        let page = Array(rows.prefix(query.limit))
        return WaitlistPage(
            rows: page, next: rows.count > page.count ? page.last?.place : nil,
            position: query.position)
    }

    public func doseReport(
        _ query: DoseReportQuery, tenant: TenantID
    ) async throws(EventLogError) -> DoseReport {
        let rows = try await pool.query(
            Statements.doseReport(
                tenant.uuid, query.product?.name, query.site?.name,
                query.from.map { PostgresDate($0) }, query.to.map { PostgresDate($0) }),
            of: tenant)
        let position = try rows.decoded { row throws(PostgresError) in
            Position(try row.decode(Int64.self, at: 0))
        }.first
        let lines = try rows.decoded { row throws(PostgresError) -> DoseReportRow? in
            guard !row.isNull(at: 1) else { return nil }
            return DoseReportRow(
                key: try DoseReportKey(row, from: 1), counts: try DoseReportCounts(row, from: 4))
        }
        return DoseReport(rows: lines.compactMap(\.self), position: position ?? .start)
    }
}

/// A cursor as the statement's row comparison takes it; without one, what lies before every row.
private struct QueueKey {
    let rank: Int16
    let due: PostgresDate
    let patient: UUID
    let rule: String
    let anchor: Int64

    init(_ cursor: RecheckQueueCursor?) {
        rank = cursor?.urgency.rank ?? -1
        due = cursor.map { PostgresDate($0.due) } ?? .negativeInfinity
        patient =
            cursor?.patient.uuid ?? UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
        rule = cursor?.recheck.rule.rawValue ?? ""
        anchor = cursor?.recheck.anchor.value ?? 0
    }
}
