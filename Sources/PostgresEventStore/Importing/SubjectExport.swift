public import EventStore
internal import Foundation
public import Postgres

/// Reads the keys and tokens of a tenant's subjects, for an export that is to be imported elsewhere.
public enum SubjectExport {
    /// All of them by id, a page at a time.
    /// - Parameter configuration: An administrator's: a member of `ferrovia_owner`.
    public static func read(
        _ configuration: PostgresConfiguration, tenant: TenantID,
        _ page: ([SubjectRecord]) throws -> Void
    ) async throws {
        var configuration = configuration
        configuration.settings = ["role": "ferrovia_owner"]
        let connection = try await PostgresConnection.connect(configuration)
        do {
            var after = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
            while true {
                let rows = try await connection.pipeline([
                    Statements.seeTenant(tenant.description),
                    Statements.subjectsOfLog(
                        tenant.uuid, after, Int32(EventLogLimits.subjectsPerPage)),
                ])[1]
                var subjects: [SubjectRecord] = []
                for row in rows { subjects.append(try SubjectRecord(row)) }
                guard let last = subjects.last else { break }
                try page(subjects)
                after = last.subject.uuid
            }
            await connection.close()
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
