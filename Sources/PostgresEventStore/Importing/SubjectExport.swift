public import EventStore
internal import Foundation
public import Postgres

/// Reads the keys and tokens of a tenant's subjects, for an export that is to be imported elsewhere.
public struct SubjectExport: Sendable {
    private let connection: PostgresConnection
    private let tenant: TenantID
    /// What ``next()`` gives.
    private var page: [SubjectRecord] = []

    private init(_ connection: PostgresConnection, _ tenant: TenantID) {
        self.connection = connection
        self.tenant = tenant
    }

    /// Opens a session and reads the first page, so that whoever may not hears it here.
    /// - Parameter configuration: An administrator's: a member of `ferrovia_owner`.
    public static func open(
        _ configuration: PostgresConfiguration, tenant: TenantID
    ) async throws(PostgresError) -> SubjectExport {
        var configuration = configuration
        configuration.settings = ["role": "ferrovia_owner"]
        var export = SubjectExport(try await .connect(configuration), tenant)
        try await export.read(after: UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)))
        return export
    }

    /// The next of them by id; `nil` behind the last, where the session ends.
    public mutating func next() async throws(PostgresError) -> [SubjectRecord]? {
        guard let last = page.last else {
            await connection.close()
            return nil
        }
        let subjects = page
        try await read(after: last.subject.uuid)
        return subjects
    }

    private mutating func read(after subject: UUID) async throws(PostgresError) {
        do {
            let rows = try await connection.pipeline([
                Statements.seeTenant(tenant.description),
                Statements.subjectsOfLog(
                    tenant.uuid, subject, Int32(EventLogLimits.subjectsPerPage)),
            ])[1]
            var subjects: [SubjectRecord] = []
            for row in rows { subjects.append(try SubjectRecord(row)) }
            page = subjects
        } catch {
            await connection.close()
            throw error
        }
    }
}

extension SubjectRecord {
    /// The columns of `Statements/subjects_of_log.sql`.
    fileprivate init(_ row: Row) throws(PostgresError) {
        let lostAt = try row.decode(PostgresTimestamp?.self, at: 3)
        let wrappingKey = try row.decode(String?.self, at: 4)
        let wrapped = try row.decode([UInt8]?.self, at: 5)
        var key: SubjectKey?
        if let wrappingKey, let wrapped {
            key = SubjectKey(
                wrapped: wrapped, wrappingKeyID: wrappingKey, followsLostKey: lostAt != nil)
        }
        self.init(
            subject: SubjectID(try row.decode(UUID.self, at: 0)),
            createdAt: Timestamp(try row.decode(PostgresTimestamp.self, at: 1)),
            erasedAt: try row.decode(PostgresTimestamp?.self, at: 2).map { Timestamp($0) },
            lostAt: lostAt.map { Timestamp($0) }, key: key,
            tokens: try row.decode([[UInt8]].self, at: 6))
    }
}
