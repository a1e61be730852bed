/// What people call a tenant: a lower-case letter, then 1 to 62 lower-case letters, digits or hyphens.
public struct TenantName: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// `nil` if `text` is not such a name.
    public init?(_ text: String) {
        let isLetter = { (byte: UInt8) in (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
        let isDigit = { (byte: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
        guard let first = text.utf8.first, isLetter(first), (2...63).contains(text.utf8.count),
            text.utf8.allSatisfy({ isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") })
        else { return nil }
        description = text
    }
}
