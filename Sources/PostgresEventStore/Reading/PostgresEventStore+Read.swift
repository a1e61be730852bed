public import EventStore
internal import Foundation
internal import Postgres

extension PostgresEventStore {
    public func read(
        _ stream: StreamID, tenant: TenantID, after version: StreamVersion, limit: Int
    ) async throws(EventLogError) -> [RecordedEvent] {
        try AppendAdmission.checkPage(limit)
        let rows = try await pool.query(
            Statements.readStream(
                tenant.uuid, stream.uuid, stream.category, version.value, Int64(limit)),
            seeing: tenant)
        return try events(rows, tenant)
    }

    public func readAll(
        tenant: TenantID, after position: Position, limit: Int
    ) async throws(EventLogError) -> [RecordedEvent] {
        try AppendAdmission.checkPage(limit)
        let rows = try await pool.query(
            Statements.readAll(tenant.uuid, position.value, Int64(limit)), seeing: tenant)
        return try events(rows, tenant)
    }

    public func headings(
        at positions: [Position], tenant: TenantID
    ) async throws(EventLogError) -> [EventHeading] {
        guard !positions.isEmpty else { return [] }
        try AppendAdmission.checkPage(positions.count)
        let rows = try await pool.query(
            Statements.headingsAt(tenant.uuid, positions.map(\.value)), seeing: tenant)
        return try decoding { () throws(PostgresError) in
            var headings: [EventHeading] = []
            headings.reserveCapacity(rows.count)
            for row in rows {
                headings.append(
                    EventHeading(
                        position: Position(try row.decode(Int64.self, at: 0)),
                        type: try row.decode(String.self, at: 1),
                        effectiveAt: Timestamp(try row.decode(PostgresTimestamp.self, at: 2)),
                        recordedAt: Timestamp(try row.decode(PostgresTimestamp.self, at: 3))))
            }
            return headings
        }
    }

    public func head(tenant: TenantID) async throws(EventLogError) -> Position {
        let rows = try await pool.query(Statements.head(tenant.uuid), seeing: tenant)
        return try decoding { () throws(PostgresError) in
            try rows.first.map { row throws(PostgresError) in
                Position(try row.decode(Int64.self, at: 0))
            } ?? .start
        }
    }

    public func position(
        knownAt instant: Timestamp, tenant: TenantID
    ) async throws(EventLogError) -> Position {
        let rows = try await pool.query(
            Statements.positionKnownAt(tenant.uuid, PostgresTimestamp(instant)), seeing: tenant)
        return try decoding { () throws(PostgresError) in
            Position(try rows[0].decode(Int64.self, at: 0))
        }
    }

    public func command(
        _ id: CommandID, tenant: TenantID
    ) async throws(EventLogError) -> AcceptedCommand? {
        let rows = try await pool.query(
            Statements.findCommand(tenant.uuid, id.uuid), seeing: tenant)
        guard let row = rows.first else { return nil }
        return try decoding { () throws(PostgresError) in
            try AcceptedCommand(row, id, from: 0)
        }
    }

    private func events(
        _ rows: Rows, _ tenant: TenantID
    ) throws(EventLogError) -> [RecordedEvent] {
        try decoding { () throws(PostgresError) in
            var names = NameCache()
            var events: [RecordedEvent] = []
            events.reserveCapacity(rows.count)
            for row in rows { events.append(try RecordedEvent(row, tenant, &names)) }
            return events
        }
    }

    private func decoding<Value>(
        _ body: () throws(PostgresError) -> Value
    ) throws(EventLogError) -> Value {
        do throws(PostgresError) {
            return try body()
        } catch {
            throw EventLogError(error)
        }
    }
}
