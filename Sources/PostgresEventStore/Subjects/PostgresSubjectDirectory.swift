public import EventStore
internal import Foundation
public import Postgres

/// Subject keys and the blind index in PostgreSQL. All bytes are opaque here.
public struct PostgresSubjectDirectory: SubjectKeyStore, BlindIndex {
    private let pool: PostgresPool

    public init(pool: PostgresPool) {
        self.pool = pool
    }

    public func key(
        of subject: SubjectID, tenant: TenantID
    ) async throws(EventLogError) -> SubjectKeyState {
        try state(
            await pool.query(Statements.getSubjectKey(tenant.uuid, subject.uuid), seeing: tenant))
    }

    public func put(
        _ key: SubjectKey, for subject: SubjectID, tenant: TenantID
    ) async throws(EventLogError) -> SubjectKeyState {
        guard key.wrapped.count <= EventLogLimits.wrappedKeyBytes else {
            throw .limitExceeded("wrappedKeyBytes", EventLogLimits.wrappedKeyBytes)
        }
        return try state(
            await pool.query(
                Statements.putSubjectKey(
                    tenant.uuid, subject.uuid, key.wrapped, key.wrappingKeyID),
                seeing: tenant))
    }

    public func subject(
        for token: [UInt8], tenant: TenantID
    ) async throws(EventLogError) -> SubjectID? {
        try value(
            UUID?.self,
            await pool.query(Statements.findSubject(tenant.uuid, token), seeing: tenant)
        ).map { SubjectID($0) }
    }

    private func value<Value: PostgresDecodable>(
        _ type: Value.Type, _ rows: Rows
    ) throws(EventLogError) -> Value {
        do throws(PostgresError) {
            return try rows[0].decode(type, at: 0)
        } catch {
            throw EventLogError(error)
        }
    }

    private func state(_ rows: Rows) throws(EventLogError) -> SubjectKeyState {
        do throws(PostgresError) {
            let (state, wrapped, keyID, erasedAt) = try rows[0].decode(
                (String, [UInt8]?, String?, PostgresTimestamp?).self)
            if let wrapped, let keyID, state == "present" {
                return .present(SubjectKey(wrapped: wrapped, wrappingKeyID: keyID))
            }
            if let erasedAt, state == "erased" { return .erased(at: Timestamp(erasedAt)) }
            guard state == "absent" else {
                throw PostgresError(.decoding)
            }
            return .absent
        } catch {
            throw EventLogError(error)
        }
    }
}
