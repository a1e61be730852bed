import EventStore
import Foundation
import Infusion
public import InfusionJournal

/// Answers, written as the API writes them: members keep their order, what is absent is null.
typealias JSON = JSONTree

extension JSONTree: ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(arrayLiteral elements: JSONTree...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSONTree)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }
    public init(nilLiteral: ()) { self = .null }
}

extension JSONTree {
    var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.tree(self)
        return writer.bytes
    }

    static func integer(_ value: some BinaryInteger) -> JSON {
        .number(JSONNumber(Int64(value)))
    }
    /// An exact decimal in plain notation.
    static func decimal(_ value: Decimal) -> JSON {
        JSONNumber(value.description).map { .number($0) } ?? .null
    }
    static func id<Subject>(_ id: Identifier<Subject>) -> JSON { .string(id.description) }
    static func uuid(_ uuid: UUID) -> JSON { .string(uuid.lowercased) }
    static func date(_ date: CalendarDate) -> JSON { .string(date.description) }
    static func instant(_ instant: Instant) -> JSON { .string(instant.text) }
    static func instant(_ timestamp: Timestamp) -> JSON { .string(timestamp.text) }
    static func name(_ value: some RawRepresentable<String>) -> JSON { .string(value.rawValue) }
    /// Null where there is nothing.
    static func optional<Value>(_ value: Value?, _ json: (Value) -> JSON) -> JSON {
        value.map(json) ?? .null
    }
    static func list<Element>(_ values: some Sequence<Element>, _ json: (Element) -> JSON) -> JSON {
        .array(values.map(json))
    }
}
