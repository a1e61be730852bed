import Foundation

/// UUIDs as they are stored: 36 characters, lower case, one spelling each.
enum UUIDText {
    static let expectation = "a lower-case UUID"

    static func uuid(of text: ArraySlice<UInt8>) -> UUID? {
        guard text.count == 36 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16)
        var index = text.startIndex
        while index < text.endIndex {
            switch index - text.startIndex {
            case 8, 13, 18, 23:
                guard text[index] == UInt8(ascii: "-") else { return nil }
                index += 1
            default:
                guard let high = value(text[index]), let low = value(text[index + 1]) else {
                    return nil
                }
                bytes.append(high << 4 | low)
                index += 2
            }
        }
        let b = bytes
        return UUID(
            uuid: (
                b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12],
                b[13],
                b[14], b[15]
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
