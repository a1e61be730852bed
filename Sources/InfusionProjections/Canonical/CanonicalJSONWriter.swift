public import EventStore
public import Foundation
public import Infusion
private import InfusionJournal

/// Writes JSON that has one spelling: keys ascending, nothing absent written, no space, exact
/// decimals.
///
/// The same value gives the same bytes, whoever writes it and whenever, so that two ways of
/// reaching a row can be compared byte for byte. The writer takes fields in the order they are
/// written; that they ascend is asserted, not sorted, because sorting would cost every command.
public struct CanonicalJSONWriter: Sendable {
    private var json: JSONWriter
    private var lastKey = ""

    public init(reservingBytes capacity: Int = 256) { json = JSONWriter(reservingBytes: capacity) }

    public var bytes: [UInt8] { json.bytes }

    public mutating func object(_ fields: (inout CanonicalJSONWriter) -> Void) {
        let outerKey = lastKey
        lastKey = ""
        json.beginObject()
        fields(&self)
        json.endObject()
        lastKey = outerKey
    }

    public mutating func array<Elements: Sequence>(
        _ elements: Elements, _ element: (inout CanonicalJSONWriter, Elements.Element) -> Void
    ) {
        let outerKey = lastKey
        json.beginArray()
        for each in elements { element(&self, each) }
        json.endArray()
        lastKey = outerKey
    }

    /// The key of the next value; must be greater than the one before it in the same object.
    public mutating func key(_ key: String) {
        assert(lastKey.isEmpty || lastKey < key, "\(key) written after \(lastKey)")
        lastKey = key
        json.key(key)
    }

    public mutating func string(_ value: String) { json.string(value) }
    public mutating func integer(_ value: some BinaryInteger) { json.integer(Int64(value)) }
    public mutating func bool(_ value: Bool) { json.bool(value) }

    /// A decimal, digit for digit, without zeros that say nothing. What is no number is `null`: the
    /// decider lets none in, and a projection does not judge.
    public mutating func decimal(_ value: Decimal) {
        do { try json.decimal(value) } catch { json.null() }
    }
}

/// Fields by kind of value; `nil` writes nothing.
extension CanonicalJSONWriter {
    public mutating func field(_ name: String, _ value: String?) {
        guard let value else { return }
        key(name)
        string(value)
    }
    public mutating func field(_ name: String, _ value: Bool?) {
        guard let value else { return }
        key(name)
        bool(value)
    }
    public mutating func field(_ name: String, _ value: Int?) {
        guard let value else { return }
        key(name)
        integer(value)
    }
    public mutating func field(_ name: String, _ value: Decimal?) {
        guard let value else { return }
        key(name)
        decimal(value)
    }
    public mutating func field(_ name: String, _ value: Instant?) { field(name, value?.iso8601) }
    public mutating func field(_ name: String, _ value: CalendarDate?) {
        field(name, value?.description)
    }
    public mutating func field(_ name: String, _ value: Position?) {
        guard let value else { return }
        key(name)
        integer(value.value)
    }
    public mutating func field(_ name: String, _ value: EventVersion) {
        key(name)
        integer(value.value)
    }
    public mutating func field<Subject>(_ name: String, _ value: Identifier<Subject>?) {
        field(name, value?.description)
    }
    /// `{"unit":…,"value":…}`, as FHIR's `Quantity` names them.
    public mutating func field<Unit>(_ name: String, _ value: Quantity<Unit>?) {
        guard let value else { return }
        key(name)
        object {
            $0.field("unit", Unit.ucum)
            $0.field("value", value.value)
        }
    }
    /// Text values in the order given.
    public mutating func field(_ name: String, _ values: some Sequence<String>) {
        key(name)
        array(values) { $0.string($1) }
    }
}

extension Instant {
    /// ISO 8601 in UTC; a fraction, of six digits, only where there is one.
    public var iso8601: String {
        let day: Int64 = 86_400_000_000
        let days = microsecondsSinceUnixEpoch.floorDivided(by: day)
        let rest = microsecondsSinceUnixEpoch - days * day
        let seconds = rest / 1_000_000
        let fraction = rest % 1_000_000
        func digit(_ value: Int64) -> UInt8 { UInt8(ascii: "0") + UInt8(value % 10) }
        let colon = UInt8(ascii: ":")
        let (hours, minutes) = (seconds / 3_600, seconds / 60)
        var text = Array(CalendarDate(dayNumber: Int(days)).description.utf8)
        text.reserveCapacity(27)
        text += [
            UInt8(ascii: "T"), digit(hours / 10), digit(hours), colon, digit(minutes % 60 / 10),
            digit(minutes % 60), colon, digit(seconds % 60 / 10), digit(seconds % 60),
        ]
        if fraction != 0 {
            text.append(UInt8(ascii: "."))
            text += [100_000, 10_000, 1_000, 100, 10, 1].map { digit(fraction / $0) }
        }
        text.append(UInt8(ascii: "Z"))
        return String(decoding: text, as: UTF8.self)
    }
}

extension Int64 {
    fileprivate func floorDivided(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
