public import Postgres
internal import Schema

/// Brings a database up to this binary's schema: roles, migrations, functions, privileges.
///
/// One transaction behind an advisory lock: all of it or nothing, once, however many processes start
/// together. A migration that has been applied is frozen; if its file has changed since, nothing is
/// done at all. Functions and privileges are applied again when they have changed.
public struct Migrator: Sendable {
    private let configuration: PostgresConfiguration
    private let loginRole: String?
    private let schema: SchemaSet

    /// - Parameters:
    ///   - configuration: How to connect, as a superuser or as a role that may create roles and
    ///     schemas; not as the service.
    ///   - loginRole: The role the service logs in as, which must exist; it is made a member of the
    ///     appender, the projector and the reader.
    public init(
        configuration: PostgresConfiguration, loginRole: String? = nil, schema: SchemaSet = .current
    ) {
        self.configuration = configuration
        self.loginRole = loginRole
        self.schema = schema
    }

    /// Applies what is missing.
    /// - Returns: The names of what was applied; empty if the database was up to date.
    @discardableResult
    public func migrate() async throws -> [String] {
        let connection = try await PostgresConnection.connect(configuration)
        do {
            let applied = try await connection.transaction { connection in
                try await migrate(connection)
            }
            await connection.close()
            return applied
        } catch {
            await connection.close()
            throw error
        }
    }

    private func migrate(_ connection: isolated PostgresConnection) async throws -> [String] {
        // A number of our own; advisory locks are per database.
        try await connection.query("SELECT pg_catalog.pg_advisory_xact_lock(7237129468091)")
        try await connection.query(
            """
            SELECT pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true),
              pg_catalog.set_config('client_min_messages', 'warning', true),
              pg_catalog.set_config('ferrovia.login_role', \(loginRole ?? ""), true)
            """)
        try await requireLoginRole(connection)
        for file in schema.roles { try await run(file, connection) }
        try await connection.executeScript(unsafeSQL: "SET LOCAL ROLE ferrovia_owner")
        for file in schema.bootstrap { try await run(file, connection) }
        var applied = try await applyMigrations(connection)
        let functions = try await apply(schema.functions, as: .function, connection)
        // A replaced function keeps its grants, a new one is open to everybody until they are run;
        // and each file begins by revoking what another may have granted. So: all of them or none.
        var isStale = !(applied + functions).isEmpty
        if !isStale { isStale = try await hasChanged(schema.privileges, connection) }
        let privileges = try await apply(
            schema.privileges, as: .privileges, again: isStale, connection)
        applied += functions + privileges
        return applied
    }

    private func requireLoginRole(_ connection: isolated PostgresConnection) async throws {
        guard let loginRole else { return }
        let rows = try await connection.query(
            "SELECT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = \(loginRole))")
        guard try rows[0].decode(Bool.self, at: 0) else {
            throw MigrationError.noSuchLoginRole(loginRole)
        }
    }

    private func applyMigrations(
        _ connection: isolated PostgresConnection
    ) async throws -> [String] {
        let known = try await digests(of: .migration, connection)
        let names = Set(schema.migrations.map(\.name))
        if let unknown = known.keys.sorted().first(where: { !names.contains($0) }) {
            throw MigrationError.newerDatabase(migration: unknown)
        }
        var applied: [String] = []
        for file in schema.migrations {
            let digest = try await digest(file, connection)
            if let before = known[file.name] {
                guard before == digest else {
                    throw MigrationError.changedMigration(
                        file.name, applied: before, found: digest)
                }
                continue
            }
            try await run(file, connection)
            try await record(file, .migration, digest, connection)
            applied.append(file.name)
        }
        return applied
    }

    private func apply(
        _ files: [SchemaFile], as kind: Kind, again: Bool = false,
        _ connection: isolated PostgresConnection
    ) async throws -> [String] {
        let known = try await digests(of: kind, connection)
        var applied: [String] = []
        for file in files {
            let digest = try await digest(file, connection)
            guard again || known[file.name] != digest else { continue }
            try await run(file, connection)
            try await record(file, kind, digest, connection)
            applied.append(file.name)
        }
        return applied
    }
}

extension Migrator {
    fileprivate enum Kind: String {
        case migration, function, privileges
    }

    fileprivate func run(
        _ file: SchemaFile, _ connection: isolated PostgresConnection
    ) async throws(MigrationError) {
        do throws(PostgresError) {
            try await connection.executeScript(unsafeSQL: file.sql)
        } catch {
            throw .failed(file.name, error)
        }
    }

    fileprivate func digest(
        _ file: SchemaFile, _ connection: isolated PostgresConnection
    ) async throws(PostgresError) -> String {
        let rows = try await connection.query(
            "SELECT pg_catalog.encode(pg_catalog.sha256(\([UInt8](file.sql.utf8))), 'hex')")
        return try rows[0].decode(at: 0)
    }

    fileprivate func hasChanged(
        _ privileges: [SchemaFile], _ connection: isolated PostgresConnection
    ) async throws -> Bool {
        let known = try await digests(of: .privileges, connection)
        for file in privileges where known[file.name] != (try await digest(file, connection)) {
            return true
        }
        return false
    }

    fileprivate func digests(
        of kind: Kind, _ connection: isolated PostgresConnection
    ) async throws -> [String: String] {
        let rows = try await connection.query(
            "SELECT name, digest FROM event_log.migrations WHERE kind = \(kind.rawValue)")
        return Dictionary(uniqueKeysWithValues: try rows.decode((String, String).self))
    }

    fileprivate func record(
        _ file: SchemaFile, _ kind: Kind, _ digest: String,
        _ connection: isolated PostgresConnection
    ) async throws(PostgresError) {
        try await connection.query(
            """
            INSERT INTO event_log.migrations (kind, name, digest)
            VALUES (\(kind.rawValue), \(file.name), \(digest))
            ON CONFLICT (kind, name) DO UPDATE
            SET digest = excluded.digest, applied_at = pg_catalog.clock_timestamp()
            """)
    }
}
