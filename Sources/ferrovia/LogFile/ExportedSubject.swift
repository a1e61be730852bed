import EventStore
import Foundation
import InfusionJournal
import PostgresEventStore

/// A patient's wrapped key, or its tombstone, as a line of an export. It opens under the master key that
/// wrapped it, and only for the tenant it names.
enum ExportedSubject {
    static func line(_ subject: SubjectRecord, of tenant: TenantID) -> [UInt8] {
        JSONAnswer.object { writer in
            writer.member("subject", "\(subject.subject)")
            writer.member("tenant", tenant.description)
            writer.member("createdAt", subject.createdAt)
            writer.member("erasedAt", subject.erasedAt)
            writer.member("lostAt", subject.lostAt)
            writer.key("wrappingKey")
            if let key = subject.key { writer.string(key.wrappingKeyID) } else { writer.null() }
            writer.member("wrappedKey", base64: subject.key?.wrapped)
            writer.key("tokens")
            writer.beginArray()
            for token in subject.tokens { writer.string(Data(token).base64EncodedString()) }
            writer.endArray()
        }
    }

    /// - Parameter id: The member `subject`, read already.
    static func read(
        _ object: inout JSONObject, _ id: JSONValue
    ) throws(JSONError) -> ExportLine {
        let subject = SubjectID(try id.uuid())
        let tenant = TenantID(try object.uuid("tenant"))
        let createdAt = try object.timestamp("createdAt")
        let erasedAt = try object.optionalTimestamp("erasedAt")
        let lostAt = try object.optionalTimestamp("lostAt")
        let wrappingKey = try object.optionalMember("wrappingKey")?.string()
        let wrapped = try object.member("wrappedKey")
        let bytes = wrapped.isNull ? nil : try wrapped.base64()
        var tokens: [[UInt8]] = []
        for token in try object.member("tokens").array() { tokens.append(try token.base64()) }
        var key: SubjectKey?
        if let wrappingKey, let bytes {
            key = SubjectKey(
                wrapped: bytes, wrappingKeyID: wrappingKey, followsLostKey: lostAt != nil)
        }
        guard (key == nil) == (erasedAt != nil) else {
            throw wrapped.error(
                .invalid(expected: "a key and the name of its wrapping key, or an erasure"))
        }
        return .subject(
            SubjectRecord(
                subject: subject, createdAt: createdAt, erasedAt: erasedAt, lostAt: lostAt,
                key: key, tokens: tokens), of: tenant)
    }
}
