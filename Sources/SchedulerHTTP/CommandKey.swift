import Crypto
import EventStore
import Foundation
import Infusion

/// What the caller's `Idempotency-Key` becomes.
///
/// 1. The command's id is the first 16 bytes of SHA-256 over `ferrovia-command-v1|<tenant>|<key>`, marked
///    as a version 8 UUID (RFC 9562): the same key of the same tenant is the same command, for ever and on
///    every machine, and keys of different tenants never meet.
/// 2. The fingerprint is SHA-256 over method, path and body bytes, each line-separated: the same key with
///    another fingerprint is a misuse and not a retry. Where somebody signed second, who it was stands
///    before the body: the same words under another's signature are another request.
/// 3. Ids that a client leaves out are derived from the key too, so that a retry names the same things. They
///    are version 8 and not version 7: a version 7 id promises the time of its making, and a retry, made
///    later by another process, could not promise the same.
struct CommandKey: Hashable, Sendable {
    static let lengths = 1...255

    let tenant: TenantID
    let key: String

    /// `nil` unless `key` is 1 to 255 visible ASCII characters.
    init?(_ key: String, tenant: TenantID) {
        guard Self.lengths.contains(key.utf8.count),
            key.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        self.key = key
        self.tenant = tenant
    }

    var commandID: CommandID { CommandID(Self.uuid("ferrovia-command-v1|\(tenant)|\(key)")) }

    /// - Parameter coSigner: the second person's subject, and not their token, which a retry may have anew.
    static func fingerprint(
        method: String, path: String, body: [UInt8], coSigner: String? = nil
    ) -> [UInt8] {
        var digest = SHA256()
        digest.update(data: Data("\(method)\n\(path)\n".utf8))
        if let coSigner {
            digest.update(data: Data("co-signer \(coSigner.utf8.count)\n\(coSigner)\n".utf8))
        }
        digest.update(data: body)
        return Array(digest.finalize())
    }

    /// The id of the `index`th thing of its kind that the command makes.
    func derivedID<Subject>(_ kind: String, index: Int = 0) -> Identifier<Subject> {
        Identifier(Self.uuid("ferrovia-id-v1|\(tenant)|\(kind)|\(index)|\(key)"))
    }

    private static func uuid(_ text: String) -> UUID {
        var bytes = Array(SHA256.hash(data: Data(text.utf8)).prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        return UUID(
            uuid: (
                bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
                bytes[8],
                bytes[9], bytes[10], bytes[11], bytes[12], bytes[13], bytes[14], bytes[15]
            ))
    }
}
