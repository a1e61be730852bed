import Crypto
import EventStore
import Foundation

/// Identifiers made from what a source calls a thing, so that a second import finds it again.
enum DerivedIdentifier {
    /// A version 8 UUID (RFC 9562) of the digest of the parts; the parts' lengths are part of it.
    static func uuid(_ parts: String...) -> UUID { uuid(parts) }

    static func uuid(_ parts: [String]) -> UUID {
        var bytes = Array(digest(parts).prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        return UUID(
            uuid: (
                bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
                bytes[8], bytes[9], bytes[10], bytes[11], bytes[12], bytes[13], bytes[14], bytes[15]
            ))
    }

    static func digest(_ parts: [String]) -> [UInt8] {
        var hash = SHA256()
        for part in parts {
            hash.update(data: Array("\(part.utf8.count):\(part)".utf8))
        }
        return Array(hash.finalize())
    }
}
