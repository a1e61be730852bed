/// Whether times that visits give back are offered to the wait list without a person, and for how long each.
public enum AutomaticOffers: Hashable, Sendable {
    /// As every site begins: a person offers.
    case off
    /// - Parameter keepMinutes: How long a patient has to answer, ``InfusionLimits/holdMinutes``.
    case on(keepMinutes: Int)
}
