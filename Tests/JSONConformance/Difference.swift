/// A text on which the two readers disagree, and how.
public struct Difference: Error, Sendable, CustomStringConvertible {
    /// As it was compared: an input from which deviations may have been taken out.
    public let text: [UInt8]
    public let why: String
    public let ours: String
    public let theirs: String

    public var description: String {
        """
        \(why)
        text    \(Difference.escaped(text))
        ours    \(ours)
        theirs  \(theirs)
        """
    }

    /// `bytes` as one line that can be pasted into a literal: everything but plain ASCII as `\xNN`.
    public static func escaped(_ bytes: [UInt8]) -> String {
        bytes.map { byte in
            guard (0x20..<0x7F).contains(byte), byte != UInt8(ascii: "\\") else {
                let digits = String(byte, radix: 16)
                return "\\x" + (digits.utf8.count < 2 ? "0" : "") + digits
            }
            return String(Unicode.Scalar(byte))
        }.joined()
    }
}
