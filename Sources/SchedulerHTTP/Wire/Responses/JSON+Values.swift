import EventStore
import Foundation
import Infusion

extension JSON {
    static func integer(_ value: some BinaryInteger) -> JSON { .number(String(value)) }
    static func id<Subject>(_ id: Identifier<Subject>) -> JSON { .string(id.description) }
    static func uuid(_ uuid: UUID) -> JSON { .string(uuid.lowercased) }
    static func date(_ date: CalendarDate) -> JSON { .string(date.description) }
    static func decimal(_ value: Decimal) -> JSON { .number(ExactDecimal.text(value)) }

    static func instant(_ instant: Instant) -> JSON {
        .string(RFC3339.text(microsecondsSinceUnixEpoch: instant.microsecondsSinceUnixEpoch))
    }
    static func instant(_ timestamp: Timestamp) -> JSON {
        .string(RFC3339.text(microsecondsSinceUnixEpoch: timestamp.microsecondsSinceUnixEpoch))
    }
    static func quantity<Unit>(_ quantity: Quantity<Unit>) -> JSON {
        ["value": .decimal(quantity.value), "unit": .string(Unit.ucum)]
    }
    static func name(_ value: some RawRepresentable<String>) -> JSON { .string(value.rawValue) }
    /// Null where there is nothing.
    static func optional<Value>(_ value: Value?, _ json: (Value) -> JSON) -> JSON {
        value.map(json) ?? .null
    }
    static func list<Element>(_ values: some Sequence<Element>, _ json: (Element) -> JSON) -> JSON {
        .array(values.map(json))
    }
    /// By raw value and sorted, so that equal sets are equal texts.
    static func set(_ values: some Sequence<some RawRepresentable<String>>) -> JSON {
        .array(values.map(\.rawValue).sorted().map { .string($0) })
    }
}
