import EventStore
import Foundation
import InfusionJournal

/// Members as the lines of an export have them.
extension JSONObject {
    mutating func uuid(_ key: String) throws(JSONError) -> UUID { try member(key).uuid() }

    mutating func stream(_ key: String) throws(JSONError) -> StreamID {
        let value = try member(key)
        let text = try value.string()
        guard let dash = text.utf8.firstIndex(of: UInt8(ascii: "-")),
            let uuid = UUIDText.uuid(of: text.utf8[text.utf8.index(after: dash)...].span)
        else {
            throw value.error(.invalid(expected: "a category, a dash and \(UUIDText.expectation)"))
        }
        return StreamID(category: String(text[..<dash]), uuid: uuid)
    }

    mutating func whole<Number: FixedWidthInteger>(
        _ key: String, _ type: Number.Type = Number.self
    ) throws(JSONError) -> Number {
        let value = try member(key)
        guard let number = Number(exactly: try value.integer()) else {
            throw value.error(.invalid(expected: "\(Number.min) to \(Number.max)"))
        }
        return number
    }

    mutating func timestamp(_ key: String) throws(JSONError) -> Timestamp {
        Timestamp(microsecondsSinceUnixEpoch: try member(key).integer())
    }

    mutating func optionalTimestamp(_ key: String) throws(JSONError) -> Timestamp? {
        guard let value = try optionalMember(key) else { return nil }
        return Timestamp(microsecondsSinceUnixEpoch: try value.integer())
    }

    mutating func base64(_ key: String) throws(JSONError) -> [UInt8] { try member(key).base64() }
}

extension JSONValue {
    func uuid() throws(JSONError) -> UUID {
        guard let uuid = UUIDText.uuid(of: try string().utf8.span) else {
            throw error(.invalid(expected: UUIDText.expectation))
        }
        return uuid
    }

    func base64() throws(JSONError) -> [UInt8] {
        guard let data = Data(base64Encoded: try string()) else {
            throw error(.invalid(expected: "base64"))
        }
        return [UInt8](data)
    }
}

extension JSONWriter {
    mutating func member(_ name: String, _ value: String) {
        key(name)
        string(value)
    }

    mutating func member(_ name: String, _ value: Int64) {
        key(name)
        integer(value)
    }

    mutating func member(_ name: String, _ value: Timestamp?) {
        key(name)
        if let value {
            integer(value.microsecondsSinceUnixEpoch)
        } else {
            null()
        }
    }

    mutating func member(_ name: String, base64 bytes: [UInt8]?) {
        key(name)
        if let bytes {
            string(Data(bytes).base64EncodedString())
        } else {
            null()
        }
    }
}
