public import Foundation

/// UUIDs as they are stored: 36 characters, lower case, one spelling each.
public enum UUIDText {
    /// What is accepted, for the message to those who sent something else.
    public static let expectation = "a lower-case UUID"

    /// `nil` for anything but 32 digits in five groups. Foundation's own reader goes through `sscanf`,
    /// which took a tenth of an import.
    public static func uuid(of text: Span<UInt8>) -> UUID? {
        guard text.count == 36 else { return nil }
        var bytes = InlineArray<16, UInt8>(repeating: 0)
        var digits = 0
        for index in text.indices {
            switch index {
            case 8, 13, 18, 23:
                guard text[index] == UInt8(ascii: "-") else { return nil }
            default:
                guard let value = value(text[index]) else { return nil }
                bytes[digits / 2] = bytes[digits / 2] << 4 | value
                digits += 1
            }
        }
        let b = bytes
        return UUID(
            uuid: (
                b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7],
                b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]
            ))
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
