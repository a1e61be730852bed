/// How far a dose has come.
public enum DoseStatus: String, Hashable, Sendable, CaseIterable {
    case inProgress = "in-progress"
    /// Interrupted, and neither resumed nor ended yet.
    case paused
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

    /// An interruption, until the infusion ran again; without a resumption it lasts.
    public struct Pause: Hashable, Sendable {
        public let reason: StopReason
        public let from: Instant
        public let version: EventVersion
        public internal(set) var resumption: Kept<DoseResumed>?
    }

    public let started: DoseStarted
    public let startedAt: Instant
    public let version: EventVersion
    /// In the order of the stream; only the last one can be without a resumption.
    public internal(set) var pauses: [Pause] = []
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

    /// The pause that lasts.
    public var openPause: Pause? { pauses.last.flatMap { $0.resumption == nil ? $0 : nil } }
    /// When the infusion last began, paused or ran again; it cannot end before.
    public var lastChange: Instant {
        pauses.last.map { $0.resumption?.effectiveAt ?? $0.from } ?? startedAt
    }

    public var status: DoseStatus {
        guard let end else { return openPause == nil ? .inProgress : .paused }
        if discharge != nil { return .discharged }
        return end.stopped == nil ? .completed : .stopped
    }
}
