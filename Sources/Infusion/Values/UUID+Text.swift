public import Foundation

extension UUID {
    /// The UUID as FHIR and PostgreSQL write it: 36 characters, in lower case, which sort as its bytes
    /// do. Every row and document holds dozens of them, and `uuidString` prints each.
    public var lowercased: String {
        let u = uuid
        let bytes: InlineArray<16, UInt8> = [
            u.0, u.1, u.2, u.3, u.4, u.5, u.6, u.7, u.8, u.9, u.10, u.11, u.12, u.13, u.14, u.15,
        ]
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for index in bytes.indices {
            if index == 4 || index == 6 || index == 8 || index == 10 {
                text.append(UInt8(ascii: "-"))
            }
            text.append(Self.digit(bytes[index] >> 4))
            text.append(Self.digit(bytes[index] & 15))
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
