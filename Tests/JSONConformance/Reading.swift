public import Foundation
public import InfusionJournal

/// All that our reader says of a text.
public indirect enum Reading: Equatable, Sendable {
    case null
    case bool(Bool)
    case number(Number)
    case string(String)
    case array([Reading])
    case object([Member])

    /// A number in the three ways it can be asked for; `nil` where that was refused.
    public struct Number: Equatable, Sendable {
        public var text: JSONNumber
        public var decimal: Decimal?
        public var integer: Int64?
    }

    public struct Member: Equatable, Sendable {
        public var key: String
        public var value: Reading

        /// Unit by unit: Swift's own equality takes canonically equal keys for one.
        public static func == (left: Member, right: Member) -> Bool {
            left.key.utf8.elementsEqual(right.key.utf8) && left.value == right.value
        }
    }

    public init(_ value: JSONValue) throws(JSONError) {
        switch value.kind {
        case .null: self = .null
        case .bool: self = .bool(try value.bool())
        case .number:
            self = .number(
                Number(
                    text: try value.number(), decimal: try? value.decimal(),
                    integer: try? value.integer()))
        case .string: self = .string(try value.string())
        case .array:
            var elements: [Reading] = []
            for element in try value.array() { elements.append(try Reading(element)) }
            self = .array(elements)
        case .object:
            // Asked for by name, as those who read events do.
            var object = try value.object()
            var members: [Member] = []
            for (key, _) in object.members() {
                members.append(Member(key: key, value: try Reading(try object.member(key))))
            }
            if members.count <= 64 { try object.finish() }
            self = .object(members)
        }
    }

    public static func == (left: Reading, right: Reading) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        case (.null, _), (.bool, _), (.number, _), (.string, _), (.array, _), (.object, _): false
        }
    }

    /// The texts of all numbers, in text order.
    var numberTexts: [String] {
        switch self {
        case .null, .bool, .string: []
        case .number(let number): [number.text.text]
        case .array(let elements): elements.flatMap(\.numberTexts)
        case .object(let members): members.flatMap(\.value.numberTexts)
        }
    }

    /// The value as our writer spells it.
    public var written: [UInt8] {
        var json = JSONWriter()
        write(to: &json)
        return json.bytes
    }

    private func write(to json: inout JSONWriter) {
        switch self {
        case .null: json.null()
        case .bool(let value): json.bool(value)
        case .number(let number): json.number(number.text)
        case .string(let text): json.string(text)
        case .array(let elements):
            json.beginArray()
            for element in elements { element.write(to: &json) }
            json.endArray()
        case .object(let members):
            json.beginObject()
            for member in members {
                json.key(member.key)
                member.value.write(to: &json)
            }
            json.endObject()
        }
    }
}
