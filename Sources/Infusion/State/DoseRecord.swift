/// How far a dose has come.
public enum DoseStatus: String, Hashable, Sendable, CaseIterable {
    case inProgress = "in-progress"
    case completed, stopped, discharged
}

/// One infusion: its start, its end, the patient's leaving.
public struct DoseRecord: Hashable, Sendable {
    /// The end of an infusion; a stop is as final as a completion (resolution R-4).
    public struct End: Hashable, Sendable {
        public let given: DoseGiven
        public let at: Instant
        public let stopped: StopReason?
        public let version: EventVersion
    }

    public let started: DoseStarted
    public let startedAt: Instant
    public let version: EventVersion
    public internal(set) var end: End?
    public internal(set) var discharge: Kept<Discharge>?

    init(_ started: DoseStarted, at: Instant, version: EventVersion) {
        self.started = started
        startedAt = at
        self.version = version
    }

    public var id: DoseID { started.id }
    public var order: OrderID { started.order }
    public var moiety: Moiety { started.moiety }
    /// Milligrams received; zero while in progress.
    public var given: Milligrams { end?.given.given ?? .zero }
    /// What counts against a cap now: what was given, or all that is planned while it runs.
    public var counted: Milligrams { end?.given.given ?? started.planned }

    public var status: DoseStatus {
        guard let end else { return .inProgress }
        if discharge != nil { return .discharged }
        return end.stopped == nil ? .completed : .stopped
    }
}
