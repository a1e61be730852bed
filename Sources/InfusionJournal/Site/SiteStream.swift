import Crypto
public import EventStore
import Foundation
public import Infusion

/// Where a tenant's log keeps what was decided about a site: one stream for each, under an id that
/// is made of its name.
///
/// A site is known by its name alone, so its stream must be found without an index, and two who open the
/// same site at once must meet in one stream: the second finds version 1 taken. The tenant is no part of the
/// id, since a stream's id is unique within its tenant only; so a log that is imported under another tenant
/// keeps its sites.
public enum SiteStream {
    /// The category of every site's stream; stored for ever.
    public static let category = "site"

    /// What the envelope names as the rule set: no rule of the clinic decides here.
    public static let ruleSet = "none"

    /// The first 16 bytes of SHA-256 over `ferrovia-site-v1|<name>`, marked as a version 8 UUID (RFC 9562).
    public static func id(of site: SiteID) -> StreamID {
        var bytes = Array(SHA256.hash(data: Data("ferrovia-site-v1|\(site.name)".utf8)).prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        let b = bytes
        return StreamID(
            category: category,
            uuid: UUID(
                uuid: (
                    b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7],
                    b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]
                )))
    }
}
