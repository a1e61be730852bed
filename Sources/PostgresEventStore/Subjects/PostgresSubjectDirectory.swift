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

    public func replace(
        _ old: SubjectKey, with new: SubjectKey, of subject: SubjectID, tenant: TenantID
    ) async throws(EventLogError) -> Bool {
        guard new.wrapped.count <= EventLogLimits.wrappedKeyBytes else {
            throw .limitExceeded("wrappedKeyBytes", EventLogLimits.wrappedKeyBytes)
        }
        return try value(
            Bool.self,
            await pool.query(
                Statements.replaceSubjectKey(
                    tenant.uuid, subject.uuid, old.wrapped, new.wrapped, new.wrappingKeyID,
                    new.followsLostKey), seeing: tenant))
    }

    public func wrappingKeys(
        tenant: TenantID
    ) async throws(EventLogError) -> [String: SubjectID] {
        let rows = try await pool.query(Statements.wrappingKeys(tenant.uuid), seeing: tenant)
        do throws(PostgresError) {
            return Dictionary(
                uniqueKeysWithValues: try rows.decode((String, UUID).self).map {
                    ($0, SubjectID($1))
                })
        } catch {
            throw EventLogError(error)
        }
    }

    public func subjects(
        under wrappingKeyID: String, after subject: SubjectID?, tenant: TenantID
    ) async throws(EventLogError) -> [SubjectID] {
        let rows = try await pool.query(
            Statements.subjectsUnderKey(
                tenant.uuid, wrappingKeyID, subject?.uuid,
                Int32(EventLogLimits.subjectsPerPage)), seeing: tenant)
        do throws(PostgresError) {
            return try rows.decode(UUID.self).map { SubjectID($0) }
        } catch {
            throw EventLogError(error)
        }
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
            let (state, wrapped, keyID, erasedAt, isAfterLoss) = try rows[0].decode(
                (String, [UInt8]?, String?, PostgresTimestamp?, Bool).self)
            if let wrapped, let keyID, state == "present" {
                return .present(
                    SubjectKey(
                        wrapped: wrapped, wrappingKeyID: keyID, followsLostKey: isAfterLoss))
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
