public import EventStore
public import Foundation
public import Postgres

/// Fills a tenant's log with what another one held, as it held it; see `event_log.import_events`.
///
/// One at a time: the latest to begin overtakes the others. From ``begin(at:)`` to ``finish()``, and
/// as long as it stays interrupted, nobody else appends to the log or reads it. Every batch is
/// committed before ``write(_:)`` returns, so what is there is always a beginning of the other log.
public actor LogImport {
    /// Where the log stands.
    public struct State: Sendable {
        /// The last position there is.
        public let head: Position
        /// Since when an import of it has been under way or interrupted.
        public let importingSince: Timestamp?
        /// The server's clock.
        public let now: Timestamp
    }

    /// Who imports, for ``settings``.
    public nonisolated let owner: UUID
    private let tenant: TenantID
    private let connection: PostgresConnection
    private var head = Position.start

    private init(_ connection: PostgresConnection, _ tenant: TenantID, owner: UUID) {
        self.connection = connection
        self.tenant = tenant
        self.owner = owner
    }

    /// Opens a session; changes nothing.
    /// - Parameter configuration: An administrator's: a member of `ferrovia_owner`.
    public static func open(
        _ configuration: PostgresConfiguration, tenant: TenantID
    ) async throws -> LogImport {
        let owner = UUID()
        var configuration = configuration
        configuration.applicationName = ImportProgress.session(of: tenant)
        configuration.settings = settings(owner: owner).merging([
            "role": "ferrovia_owner", "ferrovia.tenant_id": tenant.description,
            "lock_timeout": EventLogLimits.importLockTimeout.milliseconds,
        ]) { $1 }
        return LogImport(try await .connect(configuration), tenant, owner: owner)
    }

    /// What a session needs to read the log and its projections while it is being imported.
    public nonisolated var settings: [String: String] { Self.settings(owner: owner) }

    private static func settings(owner: UUID) -> [String: String] {
        ["ferrovia.importing": owner.uuidString.lowercased()]
    }

    /// Where the log stands now.
    public func state() async throws(PostgresError) -> State {
        let row = try await connection.query(Statements.importState(tenant.uuid))[0]
        return State(
            head: Position(try row.decode(Int64.self, at: 0)),
            importingSince: try row.decode(PostgresTimestamp?.self, at: 1).map { Timestamp($0) },
            now: Timestamp(try row.decode(PostgresTimestamp.self, at: 2)))
    }

    /// Makes the log this import's own, taking over from one that was interrupted.
    /// - Returns: Whether it did: not where the log, nobody's so far, ends elsewhere by now.
    public func begin(at expected: Position) async throws(PostgresError) -> Bool {
        let rows = try await connection.query(
            Statements.beginImport(tenant.uuid, owner, expected.value))
        head = Position(try rows[0].decode(Int64.self, at: 0))
        return head == expected
    }

    /// Writes a batch behind the head, in a transaction of its own.
    /// - Parameter percentRead: Of the file, up to the batch's end; for ``ImportProgress``.
    public func write(
        _ batch: ImportBatch, percentRead: Int? = nil
    ) async throws(PostgresError) {
        let parameters = ImportParameters(tenant: tenant, owner: owner, head: head, batch: batch)
        _ = try await connection.query(Statements.importEvents.binding(parameters.values))
        head = head.advanced(by: batch.events.count)
        guard let percentRead else { return }
        _ = try await connection.query(
            Statements.nameSession(ImportProgress.session(of: tenant, percentRead: percentRead)))
    }

    /// Enters subjects' keys and tokens; what is there stays, tombstones above all.
    public func write(_ subjects: [SubjectRecord]) async throws(PostgresError) {
        let tokens = subjects.flatMap { subject in subject.tokens.map { (subject, $0) } }
        _ = try await connection.query(
            Statements.importSubjects(
                tenant.uuid, owner, subjects.map(\.subject.uuid),
                subjects.map { PostgresTimestamp($0.createdAt) },
                subjects.map { $0.erasedAt.map { PostgresTimestamp($0) } },
                subjects.map { $0.lostAt.map { PostgresTimestamp($0) } },
                subjects.map { $0.key?.wrappingKeyID }, subjects.map { $0.key?.wrapped },
                tokens.map { $0.0.subject.uuid }, tokens.map(\.1)))
    }

    /// Which of these commands the log has accepted already.
    public func known(_ commands: [CommandID]) async throws(PostgresError) -> Set<CommandID> {
        let rows = try await connection.query(
            Statements.knownCommands(tenant.uuid, commands.map(\.uuid)))
        var known: Set<CommandID> = []
        for row in rows { known.insert(CommandID(try row.decode(UUID.self, at: 0))) }
        return known
    }

    /// Gives the log back to everybody.
    public func finish() async throws(PostgresError) {
        _ = try await connection.query(Statements.finishImport(tenant.uuid, owner))
    }

    /// Ends the session; what was begun and not finished stays interrupted.
    public func close() async {
        await connection.close()
    }
}
