public import EventStore
public import Infusion
public import InfusionJournal
public import InfusionProjections

/// A patient as of both clocks.
public struct PatientView: Sendable {
    public let id: PatientID
    public let identity: Sealed<Identity>
    public let state: PatientState
    /// What the results say in each active context, by the formulary of today.
    public let ironStatus: [IronStatus]
    public let version: StreamVersion
    /// The position the answer rests on.
    public let position: Position
    public init(
        id: PatientID, identity: Sealed<Identity>, state: PatientState, ironStatus: [IronStatus],
        version: StreamVersion, position: Position
    ) {
        self.id = id
        self.identity = identity
        self.state = state
        self.ironStatus = ironStatus
        self.version = version
        self.position = position
    }
}

/// An event of a patient together with where and when the log has it.
public struct TimelineEntry: Sendable {
    public let recorded: RecordedEvent
    public let event: PatientEvent
    public init(recorded: RecordedEvent, event: PatientEvent) {
        self.recorded = recorded
        self.event = event
    }
}

public struct TimelinePage: Sendable {
    public let entries: [TimelineEntry]
    /// `nil` on the last page.
    public let next: StreamVersion?
    public let position: Position
    public init(entries: [TimelineEntry], next: StreamVersion?, position: Position) {
        self.entries = entries
        self.next = next
        self.position = position
    }
}

/// What is asked of the recheck queue; `on` defaults to today at the site.
public struct RecheckQueueQuestion: Sendable {
    public let site: SiteID?
    public let status: RecheckStatus?
    public let on: CalendarDate?
    public let knownAt: AsOf.Knowledge
    public let after: RecheckQueueCursor?
    public let limit: Int
    public init(
        site: SiteID?, status: RecheckStatus?, on: CalendarDate?, knownAt: AsOf.Knowledge,
        after: RecheckQueueCursor?, limit: Int
    ) {
        self.site = site
        self.status = status
        self.on = on
        self.knownAt = knownAt
        self.after = after
        self.limit = limit
    }
}

/// Why a row is on the queue: the rule's predicates and the events behind each.
public struct RecheckExplanation: Sendable {
    public let row: RecheckQueueRow
    public let opened: RecheckOpened
    public let openedBy: TimelineEntry
    /// The events the row rests on, and those that have corrected or retracted one of them since,
    /// in order.
    public let evidence: [TimelineEntry]
    /// The row's predicates that no longer read as they did when it was opened, as known at the
    /// position; the row stays open until a person closes it.
    public let superseded: [Supersession]
    /// What would close the row; `nil` where it is closed.
    public let wouldChange: WouldChange?
    public let position: Position
    public init(
        row: RecheckQueueRow, opened: RecheckOpened, openedBy: TimelineEntry,
        evidence: [TimelineEntry], superseded: [Supersession] = [], wouldChange: WouldChange?,
        position: Position
    ) {
        self.row = row
        self.opened = opened
        self.openedBy = openedBy
        self.evidence = evidence
        self.superseded = superseded
        self.wouldChange = wouldChange
        self.position = position
    }

    /// By what the row was opened.
    public var ruleSet: RuleSetName { RuleSetName(openedBy.recorded.metadata.ruleSet) }
}
