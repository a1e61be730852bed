/// How often a reader at the end of a log looks by itself.
///
/// Where a wake-up announced what came last, the next one is trusted to come too, and looking is for those that
/// are lost: rare (``EventLogLimits/tailRestInterval``). Where something was there that nobody had announced, a
/// wake-up was lost, or there are none at all; then the reader looks often, until one comes again.
public struct TailPace: Sendable {
    private(set) var seen: UInt64 = 0
    private var areWakeUpsHeard = false
    /// Whether the last wait ended with a wake-up; `nil` if what followed has been found.
    private var wasWoken: Bool?

    public init() {}

    /// - Parameter often: How often it looks where wake-ups do not arrive.
    func interval(polling often: Duration) -> Duration {
        areWakeUpsHeard ? max(often, EventLogLimits.tailRestInterval) : often
    }

    /// A wait has ended, with the counter of hints at this.
    mutating func waited(_ counter: UInt64) {
        wasWoken = counter > seen
        seen = counter
    }

    /// There were events. What comes page by page after the first says nothing about wake-ups.
    mutating func found() {
        if let wasWoken { areWakeUpsHeard = wasWoken }
        wasWoken = nil
    }
}
