import Foundation

/// All that `JSONDecoder` says of a text. Of Foundation's two readers it is the stricter one on
/// Linux: `JSONSerialization` drops U+FEFF where a run of text begins with it, passes what follows a
/// text in UTF-16, and keeps most numbers as a `Double`.
indirect enum FoundationValue: Decodable {
    case null
    case bool(Bool)
    /// At least one of the three; each is `nil` if Foundation did not give it.
    case number(decimal: Decimal?, double: Double?, integer: Int64?)
    case string(String)
    case array([FoundationValue])
    case object([String: FoundationValue])

    /// What Foundation reads in `bytes`, or `nil` if it refuses them.
    static func read(_ bytes: [UInt8]) -> FoundationValue? {
        try? JSONDecoder().decode(FoundationValue.self, from: Data(bytes))
    }

    /// Asks for one kind after the other, the frequent ones first: each wrong guess is an error,
    /// which takes Foundation microseconds to make.
    init(from decoder: any Decoder) throws {
        let single = try decoder.singleValueContainer()
        if single.decodeNil() {
            self = .null
        } else if let text = try ifOfItsKind({ try single.decode(String.self) }) {
            self = .string(text)
        } else if let number = try FoundationValue.number(in: single) {
            self = number
        } else if let container = try ifOfItsKind({ try decoder.container(keyedBy: Key.self) }) {
            var members: [String: FoundationValue] = [:]
            for key in container.allKeys {
                members[key.stringValue] = try container.decode(FoundationValue.self, forKey: key)
            }
            self = .object(members)
        } else if var container = try ifOfItsKind({ try decoder.unkeyedContainer() }) {
            var elements: [FoundationValue] = []
            while !container.isAtEnd {
                elements.append(try container.decode(FoundationValue.self))
            }
            self = .array(elements)
        } else {
            self = .bool(try single.decode(Bool.self))
        }
    }

    /// `nil` if it is none; an error if it is malformed, or beyond every type.
    private static func number(
        in container: any SingleValueDecodingContainer
    ) throws -> FoundationValue? {
        var decimal: Decimal?
        var double: Double?
        do {
            decimal = try container.decode(Decimal.self)
            double = try? container.decode(Double.self)
        } catch DecodingError.typeMismatch {
            return nil
        } catch {
            double = try container.decode(Double.self)
        }
        return .number(
            decimal: decimal, double: double, integer: try? container.decode(Int64.self))
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

/// `nil` if the value is of another kind; of its kind and malformed is an error.
private func ifOfItsKind<Value>(_ decode: () throws -> Value) throws -> Value? {
    do {
        return try decode()
    } catch DecodingError.typeMismatch {
        return nil
    }
}
