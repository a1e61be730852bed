/// Content lines of RFC 5545: ended by CRLF, and folded after 75 octets, never within a character.
struct ICalendarText {
    /// Octets of a line, its end not counted (RFC 5545 §3.1).
    private static let lineOctets = 75

    private(set) var bytes: [UInt8] = []

    mutating func add(_ name: String, _ value: String) {
        var octets = 0
        for character in (name + ":" + value).unicodeScalars {
            let encoded = Array(String(character).utf8)
            if octets + encoded.count > Self.lineOctets {
                // The blank that goes on with a line is an octet of it.
                bytes += [0x0D, 0x0A, 0x20]
                octets = 1
            }
            bytes += encoded
            octets += encoded.count
        }
        bytes += [0x0D, 0x0A]
    }

    /// A value of type TEXT (RFC 5545 §3.3.11).
    mutating func add(_ name: String, text: String) { add(name, Self.escaped(text)) }

    /// Line breaks of every kind become `\n`; other control characters are left out.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "\\": escaped += "\\\\"
            case ";": escaped += "\\;"
            case ",": escaped += "\\,"
            case "\n", "\r", "\r\n": escaped += "\\n"
            default:
                let isControl = character.unicodeScalars.contains {
                    $0.value < 0x20 || $0.value == 0x7F
                }
                if !isControl { escaped.append(character) }
            }
        }
        return escaped
    }
}
