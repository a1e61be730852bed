import Crypto
import Foundation

/// SHA-256 over canonical rows in key order, each followed by a line feed.
public struct RowDigest: Sendable {
    private var hash = SHA256()
    public private(set) var rows = 0

    public init() {}

    public mutating func append(_ row: CanonicalRow) {
        hash.update(data: row.line)
        hash.update(data: [UInt8(ascii: "\n")])
        rows += 1
    }

    /// Lower-case hexadecimal.
    public var hexadecimal: String {
        hash.finalize().map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }
}
