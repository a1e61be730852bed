import Crypto
import EventStore
import Foundation

/// Counts and digests the lines of an export, for its end line.
struct ExportSeal {
    private static let lineBreak: [UInt8] = [0x0A]

    private(set) var lines: Int64 = 0
    private var hash = SHA256()

    /// - Parameter line: Without its line break.
    mutating func add(_ line: ArraySlice<UInt8>) {
        lines += 1
        hash.update(data: line)
        hash.update(data: Self.lineBreak)
    }

    var digest: String {
        hash.finalize().map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }

    /// The end line behind these.
    func end(at position: Position) -> ExportEnd {
        ExportEnd(position: position, lines: lines, digest: digest)
    }
}
