public import Infusion
public import InfusionJournal

/// Where time and randomness come from. The edge supplies them; nothing inside asks the system.
public struct Ambient: Sendable {
    public let now: @Sendable () -> Instant
    public let random: RandomBytes

    public init(now: @escaping @Sendable () -> Instant, random: RandomBytes) {
        self.now = now
        self.random = random
    }
}
