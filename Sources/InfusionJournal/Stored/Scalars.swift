import Foundation
import Infusion

extension String: StoredValue {
    init(stored value: JSONValue) throws(PayloadError) { self = try value.payloadString() }
    func store(in json: inout JSONWriter) { json.string(self) }
}

extension Bool: StoredValue {
    init(stored value: JSONValue) throws(PayloadError) { self = try value.payloadBool() }
    func store(in json: inout JSONWriter) { json.bool(self) }
}

extension Int: StoredValue {
    init(stored value: JSONValue) throws(PayloadError) { self = Int(try value.payloadInteger()) }
    func store(in json: inout JSONWriter) { json.integer(Int64(self)) }
}

extension EventVersion: StoredValue {
    init(stored value: JSONValue) throws(PayloadError) { self.init(try value.payloadInteger()) }
    func store(in json: inout JSONWriter) { json.integer(self.value) }
}

/// A string and not a JSON number: the text is exact for every reader there will ever be, while
/// most tools that one day read an export (JavaScript, jq, spreadsheets) take a number through
/// binary floating point and say nothing.
extension Decimal: StoredValue {
    init(stored value: JSONValue) throws(PayloadError) {
        let text = try value.payloadText(expected: DecimalText.expectation)
        guard DecimalText.isCanonical(text), let decimal = DecimalText.value(of: text) else {
            throw value.invalid(expected: DecimalText.expectation)
        }
        self = decimal
    }

    func store(in json: inout JSONWriter) throws(PayloadError) {
        guard let text = DecimalText.text(of: self) else {
            throw PayloadError(.notStorable(accepted: DecimalText.expectation), path: "")
        }
        json.string(text)
    }
}

/// Only the number: the unit is part of the member's name.
extension Quantity: StoredValue {
    init(stored value: JSONValue) throws(PayloadError) { self.init(try Decimal(stored: value)) }
    func store(in json: inout JSONWriter) throws(PayloadError) { try value.store(in: &json) }
}

extension Identifier: StoredValue {
    init(stored value: JSONValue) throws(PayloadError) {
        let text = try value.payloadText(expected: UUIDText.expectation)
        guard let uuid = UUIDText.uuid(of: text.span) else {
            throw value.invalid(expected: UUIDText.expectation)
        }
        self.init(uuid)
    }
    func store(in json: inout JSONWriter) { json.string(uuid.lowercased) }
}

extension CalendarDate: StoredValue {
    init(stored value: JSONValue) throws(PayloadError) {
        let text = try value.payloadText(expected: TimeText.dateExpectation)
        guard let date = TimeText.date(of: text) else {
            throw value.invalid(expected: TimeText.dateExpectation)
        }
        self = date
    }

    func store(in json: inout JSONWriter) throws(PayloadError) {
        guard let text = TimeText.text(of: self) else {
            throw PayloadError(.notStorable(accepted: TimeText.dateExpectation), path: "")
        }
        json.string(text)
    }
}

extension Instant: StoredValue {
    init(stored value: JSONValue) throws(PayloadError) {
        let text = try value.payloadText(expected: TimeText.instantExpectation)
        guard let instant = TimeText.instant(of: text) else {
            throw value.invalid(expected: TimeText.instantExpectation)
        }
        self = instant
    }

    func store(in json: inout JSONWriter) throws(PayloadError) {
        guard let text = TimeText.text(of: self) else {
            throw PayloadError(.notStorable(accepted: TimeText.instantExpectation), path: "")
        }
        json.string(text)
    }
}
