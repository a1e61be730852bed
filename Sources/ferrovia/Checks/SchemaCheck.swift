import Postgres
import PostgresEventStore
import Schema

extension StatusCheck {
    /// Whether the database and this program are of one age.
    static func schema(_ connection: PostgresConnection) async throws -> StatusCheck {
        let applied = try await appliedMigrations(connection)
        let known = Schema.migrations.map(\.name)
        let missing = known.filter { !applied.contains($0) }
        let unknown = applied.filter { !known.contains($0) }
        var blockers: [Blocker] = []
        if !missing.isEmpty {
            blockers.append(
                Blocker(
                    detail: applied.isEmpty
                        ? "the database has no schema yet"
                        : "the schema is older than this program: without "
                            + missing.joined(separator: ", "),
                    advice: "ferrovia migrate, as an administrator"))
        }
        if !unknown.isEmpty {
            blockers.append(
                Blocker(
                    detail: "the schema is newer than this program, which does not know "
                        + unknown.joined(separator: ", "),
                    advice: "install the version of Ferrovia that migrated it"))
        }
        return StatusCheck(name: "schema", blockers: blockers)
    }

    /// None where nobody has migrated yet.
    private static func appliedMigrations(_ connection: PostgresConnection) async throws -> [String]
    {
        let exists = try await connection.query(
            "SELECT to_regclass('event_log.migrations') IS NOT NULL")
        guard try exists[0].decode(Bool.self, at: 0) else { return [] }
        return try await connection.query(
            "SELECT name FROM event_log.migrations WHERE kind = 'migration' ORDER BY name"
        ).decode(String.self)
    }
}
