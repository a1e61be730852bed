public import EventStore
public import Infusion

/// One line of the recheck queue: written when the recheck opens, closed later, never deleted.
///
/// Whether it is upcoming, due or overdue is computed from the asked date and never stored.
public struct RecheckQueueRow: Hashable, Sendable {
    public let patient: PatientID
    public let recheck: RecheckID
    public let site: SiteID
    public let ruleVersion: Int
    public let reason: String
    /// Sorted by the analyte's name.
    public let tests: [Analyte]
    public let earliest: CalendarDate
    public let due: CalendarDate
    public let overdueAfter: CalendarDate
    public let urgency: Urgency
    public let opened: Position
    /// `nil` while open.
    public let closed: Position?
    /// A stable code of why it closed: `satisfied`, `superseded`, `no-longer-needed`, or a person's
    /// reason.
    public let closedReason: String?
    /// The events it rests on, ascending.
    public let evidence: [Position]

    public init(
        patient: PatientID, recheck: RecheckID, site: SiteID, ruleVersion: Int, reason: String,
        tests: [Analyte], earliest: CalendarDate, due: CalendarDate, overdueAfter: CalendarDate,
        urgency: Urgency, opened: Position, closed: Position?, closedReason: String?,
        evidence: [Position]
    ) {
        self.patient = patient
        self.recheck = recheck
        self.site = site
        self.ruleVersion = ruleVersion
        self.reason = reason
        self.tests = tests
        self.earliest = earliest
        self.due = due
        self.overdueAfter = overdueAfter
        self.urgency = urgency
        self.opened = opened
        self.closed = closed
        self.closedReason = closedReason
        self.evidence = evidence
    }

    public func status(on date: CalendarDate) -> RecheckStatus {
        if date > overdueAfter { return .overdue }
        return date >= due ? .due : .upcoming
    }
}

/// Where an open recheck stands on a given date.
public enum RecheckStatus: String, Hashable, Sendable, CaseIterable {
    case upcoming, due, overdue
}
