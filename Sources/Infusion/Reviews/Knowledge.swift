/// What was known of a patient when a decision was made, or should have been.
struct Knowledge {
    /// The decision's own event: it and what was decided after it are not known to it.
    let decision: EventVersion
    /// Facts learned after the decision count if they were true by this moment; `nil` for none.
    let learnedLater: Instant?

    /// Whether something that happened is known.
    func holds(_ version: EventVersion, at instant: Instant) -> Bool {
        if version < decision { return true }
        guard let learnedLater, version > decision else { return false }
        return instant <= learnedLater
    }

    func holds(_ kept: Kept<some Hashable & Sendable>) -> Bool {
        holds(kept.version, at: kept.effectiveAt)
    }

    /// Whether something that people decided (an order, a booking, an override) is known: later
    /// decisions are no facts.
    func decided(_ version: EventVersion) -> Bool { version < decision }
}
