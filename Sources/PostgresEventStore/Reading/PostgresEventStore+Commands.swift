public import EventStore
internal import Foundation
internal import Postgres

extension PostgresEventStore {
    /// The commands of some events, and those without events whose answers rest on some positions, in
    /// the order of the log: by head, those with events first, then by time and id.
    public func commands(
        of events: [RecordedEvent], restingOn heads: ClosedRange<Position>, tenant: TenantID
    ) async throws(EventLogError) -> [AcceptedCommand] {
        var ids: [UUID] = []
        for event in events where ids.last != event.commandID.uuid {
            ids.append(event.commandID.uuid)
        }
        let rows = try await pool.query(
            Statements.commandsOfEvents(
                tenant.uuid, ids, heads.lowerBound.value, heads.upperBound.value),
            seeing: tenant)
        var commands: [AcceptedCommand] = []
        commands.reserveCapacity(rows.count)
        do throws(PostgresError) {
            for row in rows {
                commands.append(
                    try AcceptedCommand(
                        row, CommandID(try row.decode(UUID.self, at: 0)), from: 1))
            }
        } catch {
            throw EventLogError(error)
        }
        return commands
    }
}

extension PostgresEventStore {
    /// How many commands say that they have events: up to a position, and beyond it, where there can
    /// be none.
    public func commandCounts(
        upTo head: Position, tenant: TenantID
    ) async throws(EventLogError) -> (known: Int64, beyond: Int64) {
        let rows = try await pool.query(
            Statements.countCommands(tenant.uuid, head.value), seeing: tenant)
        do throws(PostgresError) {
            return (try rows[0].decode(at: 0), try rows[0].decode(at: 1))
        } catch {
            throw EventLogError(error)
        }
    }
}

extension AcceptedCommand {
    /// The columns of `Statements/find_command.sql`, from one on.
    init(_ row: Row, _ id: CommandID, from first: Int) throws(PostgresError) {
        self.init(
            commandID: id, fingerprint: try row.decode(at: first),
            stream: StreamID(
                category: try row.decode(at: first + 1), uuid: try row.decode(at: first + 2)),
            positions: Position.range(
                try row.decode(at: first + 3), try row.decode(at: first + 4)),
            version: StreamVersion(try row.decode(at: first + 5)),
            head: Position(try row.decode(at: first + 6)), answer: try row.decode(at: first + 7),
            recordedAt: Timestamp(try row.decode(PostgresTimestamp.self, at: first + 8)))
    }
}
