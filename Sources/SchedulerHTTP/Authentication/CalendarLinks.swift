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
    /// made, nothing is told.
    func reader(of link: CalendarLink, signature: String) throws(TokenFailure) -> Actor {
        guard keys.accepts(signature, of: link) else { throw .signatureInvalid }
        guard link.isGood(at: now()) else { throw .expired }
        return Actor(
            subject: "calendar-link", tenant: link.tenant, role: .system,
            scopes: [.appointmentRead])
    }
}
