public import EventStore
public import Infusion

/// The right to read one feed until a time: of a site, or of one of its chairs. It travels in a URL, since
/// programs that show calendars send no tokens.
public struct CalendarLink: Hashable, Sendable {
    /// How long one may be good; days.
    public static let daysMaximum = 400

    public let tenant: TenantID
    public let site: SiteID
    /// `nil` for the whole site.
    public let chair: ChairID?
    /// Good before this; seconds since 1970-01-01T00:00:00Z.
    public let expires: Int64

    public init(tenant: TenantID, site: SiteID, chair: ChairID?, expires: Int64) {
        self.tenant = tenant
        self.site = site
        self.chair = chair
        self.expires = expires
    }

    public func hasEnded(at now: Instant) -> Bool { expires <= now.seconds }

    /// Ends later than any link that is made now may: signed by something else than the CLI, or by a wrong clock.
    public func isTooLong(at now: Instant) -> Bool {
        expires > now.seconds + Int64(Self.daysMaximum) * 86_400
    }

    /// What is signed. Names are written with their lengths, so that no two links are one text.
    var message: [UInt8] {
        let chair = chair.map { "1 \($0.name.utf8.count) \($0.name)" } ?? "0"
        return Array(
            "ferrovia calendar 1\n\(tenant)\n\(site.name.utf8.count) \(site.name)\n\(chair)\n\(expires)\n"
                .utf8)
    }

    /// The path and query of the feed, percent-encoded.
    public func path(signedWith signature: String) -> String {
        let place = chair.map { "/chairs/\(Self.encoded($0.name))" } ?? ""
        return "/v1/sites/\(Self.encoded(site.name))\(place)/calendar.ics"
            + "?tenant=\(tenant)&expires=\(expires)&signature=\(signature)"
    }

    /// Everything but the unreserved characters of RFC 3986.
    private static func encoded(_ name: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return name.utf8.reduce(into: "") { text, byte in
            let character = Character(Unicode.Scalar(byte))
            let isPlain =
                character.isASCII && (character.isLetter || character.isNumber)
                || "-._~".contains(character)
            if isPlain {
                text.append(character)
            } else {
                text += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
    }
}

extension Instant {
    /// Whole ones since 1970-01-01T00:00:00Z.
    fileprivate var seconds: Int64 {
        seconds(since: Instant(microsecondsSinceUnixEpoch: 0))
    }
}
