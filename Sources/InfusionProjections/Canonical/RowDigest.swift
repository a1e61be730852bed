import Crypto
import Foundation

/// SHA-256 over canonical rows in key order, patient by patient.
///
/// Each patient's rows are hashed by themselves and then joined to what came before, so that many
/// can be hashed at once and a digest can be gone on with where it was left.
public struct RowDigest: Hashable, Sendable {
    /// The digest so far; of no rows, SHA-256 of nothing.
    public private(set) var bytes: [UInt8]
    public private(set) var rows: Int

    public init() {
        bytes = Array(SHA256.hash(data: [UInt8]()))
        rows = 0
    }

    /// Goes on where another was left.
    public init(bytes: [UInt8], rows: Int) {
        self.bytes = bytes
        self.rows = rows
    }

    /// Joins the rows of the next patient; none change nothing.
    public mutating func append(_ next: RowGroupDigest) {
        guard next.rows > 0 else { return }
        bytes = Array(SHA256.hash(data: bytes + next.bytes))
        rows += next.rows
    }

    /// Lower-case hexadecimal.
    public var hexadecimal: String {
        bytes.map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }
}

/// SHA-256 over the rows of one patient, each followed by a line feed.
public struct RowGroupDigest: Hashable, Sendable {
    public let bytes: [UInt8]
    public let rows: Int

    public init(_ rows: [CanonicalRow]) {
        var hash = SHA256()
        for row in rows {
            hash.update(data: row.line)
            hash.update(data: [UInt8(ascii: "\n")])
        }
        bytes = rows.isEmpty ? [] : Array(hash.finalize())
        self.rows = rows.count
    }
}
