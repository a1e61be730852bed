import EventStore
import InfusionJournal

/// The first line of an export: whose log it is, and which part of it.
struct ExportHeader: Hashable {
    static let format = "ferrovia-log"
    static let formatVersion: Int64 = 1

    /// Whose log it was: identities are sealed for this id.
    let tenant: TenantID
    /// The first position in the file; behind ``head`` if there is no event in it.
    let from: Position
    /// The last position in the file: the head of the log when it was exported.
    let head: Position
    /// Whether the patients' keys come next.
    let hasKeys: Bool

    var line: [UInt8] {
        JSONAnswer.object { writer in
            writer.member("format", Self.format)
            writer.member("formatVersion", Self.formatVersion)
            writer.member("tenant", tenant.description)
            writer.member("from", from.value)
            writer.member("head", head.value)
            writer.key("keys")
            writer.bool(hasKeys)
        }
    }

    /// - Parameter format: The member `format`, read already.
    static func read(
        _ object: inout JSONObject, _ format: JSONValue
    ) throws(JSONError) -> ExportHeader {
        guard try format.string() == Self.format else {
            throw format.error(.invalid(expected: Self.format))
        }
        let version = try object.member("formatVersion")
        guard try version.integer() == formatVersion else {
            throw version.error(.invalid(expected: "\(formatVersion)"))
        }
        let tenant = TenantID(try object.uuid("tenant"))
        let from = try object.member("from")
        let head = Position(try object.whole("head", Int64.self))
        let first = Position(try from.integer())
        guard first > .start, first <= head.advanced(by: 1) else {
            throw from.error(.invalid(expected: "1 to \(head.advanced(by: 1))"))
        }
        return ExportHeader(
            tenant: tenant, from: first, head: head, hasKeys: try object.member("keys").bool())
    }
}
