public import EventStore
public import Infusion

/// The questions the projections answer. PostgreSQL and the in-memory adapter pass one conformance
/// suite.
public protocol ReadModels: Sendable {
    /// Whose the thing is; `nil` if nobody's.
    func patient(
        owning reference: SubjectReference, tenant: TenantID
    ) async throws(EventLogError) -> PatientID?

    func patientState(
        _ patient: PatientID, tenant: TenantID
    ) async throws(EventLogError) -> PatientStateRow?

    func recheckQueue(
        _ query: RecheckQueueQuery, tenant: TenantID
    ) async throws(EventLogError) -> RecheckQueuePage

    /// The row as it stood at `position`; `nil` if it had not been opened by then.
    func recheck(
        _ recheck: RecheckID, of patient: PatientID, at position: Position, tenant: TenantID
    ) async throws(EventLogError) -> RecheckQueueRow?

    /// Revisions in force at `position` whose slot overlaps the half-open interval, by start and
    /// chair.
    func appointments(
        site: SiteID, from: Instant, to: Instant, at position: Position, tenant: TenantID
    ) async throws(EventLogError) -> [AppointmentRow]

    /// The same revisions in the same order, each with where its appointment's history lies.
    func appointmentHistories(
        site: SiteID, from: Instant, to: Instant, at position: Position, tenant: TenantID
    ) async throws(EventLogError) -> [AppointmentHistory]

    /// The chairs that appointments of a site have ever named, as known at `position`, by name: all that is
    /// known of the chairs of a site that was never opened.
    func namedChairs(
        at site: SiteID, knownAt position: Position, tenant: TenantID
    ) async throws(EventLogError) -> [ChairID]

    /// Visits of a site that begin from an instant on and for which vials of a product are kept, or were used:
    /// revisions in force at `position`, by start.
    func stockedVisits(
        of product: ProductKey, site: SiteID, from: Instant, at position: Position,
        tenant: TenantID
    ) async throws(EventLogError) -> [AppointmentRow]

    /// What became of a site's appointments after a position: every revision that was opened or
    /// closed since, as it is now, in the order of its last change; so many at most, the earliest
    /// first.
    func appointmentChanges(
        site: SiteID, after position: Position, limit: Int, tenant: TenantID
    ) async throws(EventLogError) -> AppointmentChanges

    func waitlist(
        _ query: WaitlistQuery, tenant: TenantID
    ) async throws(EventLogError) -> WaitlistPage
}

/// What became of a site's appointments; see ``ReadModels/appointmentChanges(site:after:limit:tenant:)``.
public struct AppointmentChanges: Hashable, Sendable {
    public let rows: [AppointmentRow]
    /// Of the rows: another one than before says that they were all made again by a rebuild.
    public let generation: Int

    public init(rows: [AppointmentRow], generation: Int) {
        self.rows = rows
        self.generation = generation
    }
}

/// A page of the recheck queue: the open rows as known at `position`, most urgent first, then by
/// due date.
public struct RecheckQueueQuery: Hashable, Sendable {
    public let site: SiteID?
    public let status: RecheckStatus?
    /// The clinic-local date that `status` is computed for.
    public let on: CalendarDate
    public let position: Position
    public let after: RecheckQueueCursor?
    /// 1 to ``QueryLimits/pageMaximum``.
    public let limit: Int

    public init(
        site: SiteID?, status: RecheckStatus?, on: CalendarDate, position: Position,
        after: RecheckQueueCursor?, limit: Int
    ) {
        self.site = site
        self.status = status
        self.on = on
        self.position = position
        self.after = after
        self.limit = limit
    }
}

/// The sort key of the last row seen.
public struct RecheckQueueCursor: Hashable, Sendable {
    public let urgency: Urgency
    public let due: CalendarDate
    public let patient: PatientID
    public let recheck: RecheckID
    public init(urgency: Urgency, due: CalendarDate, patient: PatientID, recheck: RecheckID) {
        self.urgency = urgency
        self.due = due
        self.patient = patient
        self.recheck = recheck
    }
}

public struct RecheckQueuePage: Hashable, Sendable {
    public let rows: [RecheckQueueRow]
    /// `nil` on the last page.
    public let next: RecheckQueueCursor?
    /// The clinic-local date that statuses are computed for.
    public let on: CalendarDate
    /// The position the page rests on.
    public let position: Position
    public init(
        rows: [RecheckQueueRow], next: RecheckQueueCursor?, on: CalendarDate, position: Position
    ) {
        self.on = on
        self.rows = rows
        self.next = next
        self.position = position
    }
}

/// Limits of the queries, with their units.
public enum QueryLimits {
    /// Rows in one page.
    public static let pageMaximum = 500
    public static let pageDefault = 50
}
