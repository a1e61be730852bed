extension PatientState {
    /// The state after `events`, given in the order of the stream from its first event on.
    public static func fold(_ events: some Sequence<PatientEvent>) -> PatientState {
        events.reduce(into: PatientState()) { $0.apply($1) }
    }

    /// What was true in the clinic at `instant`, by what `events` know of it.
    ///
    /// `events` are the stream up to the position the question asks about (known at); what became
    /// true later than `instant` is left out, but still counts in the versions, so that evidence
    /// and recheck identifiers mean the same events as in the whole stream.
    ///
    /// Who the patient is became true at birth and not on the day somebody told it: birth date and sex are
    /// read as of every instant, as they are known.
    public static func fold(
        _ events: some Sequence<PatientEvent>, effectiveAt instant: Instant
    ) -> PatientState {
        var state = PatientState()
        for event in events {
            if event.effectiveAt <= instant || event.fact.isWhoThePatientIs {
                state.apply(event)
            } else {
                state.leaveOut()
            }
        }
        // A correction may have moved a specimen's collection past the instant.
        state.labs.removeAll { $0.current.collectedAt > instant }
        state.labIndex = Dictionary(
            state.labs.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { $1 })
        return state
    }

    /// Counts an event and takes nothing from it, so that the versions of those after it stay what
    /// they are.
    public mutating func leaveOut() { version = version.next }
}

extension PatientFact {
    /// Whether it tells who the patient is, which does not depend on when it was told.
    fileprivate var isWhoThePatientIs: Bool {
        if case .patientRegistered = self { return true }
        if case .identityCorrected = self { return true }
        return false
    }
}
