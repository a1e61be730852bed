public import EventStore
public import Foundation
public import Infusion
import InfusionProjections

/// The values that answers are made of.
extension JSON {
    /// A whole number.
    public static func integer(_ value: some BinaryInteger) -> JSON { .number(String(value)) }
    /// The text of an id, as it is asked for again.
    public static func id<Subject>(_ id: Identifier<Subject>) -> JSON { .string(id.description) }
    /// In lower case.
    public static func uuid(_ uuid: UUID) -> JSON { .string(uuid.lowercased) }
    /// `YYYY-MM-DD`.
    public static func date(_ date: CalendarDate) -> JSON { .string(date.description) }
    /// Exact, in plain notation.
    public static func decimal(_ value: Decimal) -> JSON { .number(value.description) }

    /// RFC 3339 in UTC, to the microsecond.
    public static func instant(_ instant: Instant) -> JSON { .string(instant.iso8601) }
    /// The same, of the log's clock.
    public static func instant(_ timestamp: Timestamp) -> JSON {
        .instant(Instant(microsecondsSinceUnixEpoch: timestamp.microsecondsSinceUnixEpoch))
    }
    /// The amount with its UCUM unit.
    public static func quantity<Unit>(_ quantity: Quantity<Unit>) -> JSON {
        ["value": .decimal(quantity.value), "unit": .string(Unit.ucum)]
    }
    /// The code that an enumeration is sent as.
    public static func name(_ value: some RawRepresentable<String>) -> JSON {
        .string(value.rawValue)
    }
    /// Null where there is nothing.
    public static func optional<Value>(_ value: Value?, _ json: (Value) -> JSON) -> JSON {
        value.map(json) ?? .null
    }
    /// In the order given.
    public static func list<Element>(_ values: some Sequence<Element>, _ json: (Element) -> JSON)
        -> JSON
    {
        .array(values.map(json))
    }
    /// By raw value and sorted, so that equal sets are equal texts.
    public static func set(_ values: some Sequence<some RawRepresentable<String>>) -> JSON {
        .array(values.map(\.rawValue).sorted().map { .string($0) })
    }
}
