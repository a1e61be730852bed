import EventStore
public import Infusion
import InfusionApplication
public import InfusionWire

/// Who reads a calendar with a signed link in place of a token.
public struct CalendarLinks: Sendable {
    private let keys: CalendarLinkKeys
    private let now: @Sendable () -> Instant

    public init(keys: CalendarLinkKeys, now: @escaping @Sendable () -> Instant) {
        self.keys = keys
        self.now = now
    }

    /// May ask for calendars, and for nothing else. The signature is looked at first: of a link that nobody
    /// made, nothing is told. One that ends later than links may is not good before as many days are left: how
    /// long a link is good is the service's to say, whoever signed it.
    func reader(of link: CalendarLink, signature: String) throws(TokenFailure) -> Actor {
        guard keys.accepts(signature, of: link) else { throw .signatureInvalid }
        let now = now()
        if link.hasEnded(at: now) { throw .expired }
        // Whoever signs may have a clock that is a little ahead.
        if link.isTooLong(at: now.adding(seconds: Int64(TokenClaims.leeway))) {
            throw .notYetValid
        }
        return Actor(
            subject: "calendar-link", tenant: link.tenant, role: .system,
            scopes: [.appointmentRead])
    }
}
