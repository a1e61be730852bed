public import EventStore
public import Infusion
private import Synchronization

/// The read models in memory: the same contract as PostgreSQL's, for tests and for trying things
/// out.
///
/// It is fed by the in-memory log, inside its append: hand ``reserve`` and ``apply`` to
/// `InMemoryEventLog`. The log calls both synchronously, so what guards the rows is a mutex.
public final class InMemoryReadModels: ReadModels, Sendable {
    private let tenants = Mutex<[TenantID: TenantReadModel]>([:])

    public init() {}

    /// What forbids the changes, for `InMemoryEventLog(reserve:)`.
    public func reserve(
        _ changes: PatientChanges, tenant: TenantID, versionOf: (StreamID) -> StreamVersion
    ) -> String? {
        tenants.withLock {
            $0[tenant, default: TenantReadModel()].unavailable(changes, versionOf: versionOf)?
                .reason
        }
    }

    /// Writes the rows of an append that was appended, for `InMemoryEventLog(apply:)`.
    public func apply(_ changes: PatientChanges, _ command: AcceptedCommand, tenant: TenantID) {
        tenants.withLock {
            $0[tenant, default: TenantReadModel()].apply(changes, at: command.positions)
        }
    }

    /// One patient's rows; `nil` for a patient nobody has registered.
    public func rows(of patient: PatientID, tenant: TenantID) -> PatientRows? {
        model(tenant).patients[patient]
    }

    public func patient(
        owning reference: SubjectReference, tenant: TenantID
    ) async throws(EventLogError) -> PatientID? {
        model(tenant).owner(of: reference)
    }

    public func patientState(
        _ patient: PatientID, tenant: TenantID
    ) async throws(EventLogError) -> PatientStateRow? {
        model(tenant).patients[patient]?.state
    }

    public func recheckQueue(
        _ query: RecheckQueueQuery, tenant: TenantID
    ) async throws(EventLogError) -> RecheckQueuePage {
        try QueryLimits.check(query.limit)
        return model(tenant).queue(query)
    }

    public func recheck(
        _ recheck: RecheckID, of patient: PatientID, at position: Position, tenant: TenantID
    ) async throws(EventLogError) -> RecheckQueueRow? {
        model(tenant).recheck(recheck, of: patient, at: position)
    }

    public func appointments(
        site: SiteID, from: Instant, to: Instant, at position: Position, tenant: TenantID
    ) async throws(EventLogError) -> [AppointmentRow] {
        model(tenant).appointments(site: site, from: from, to: to, at: position)
    }

    public func namedChairs(
        at site: SiteID, knownAt position: Position, tenant: TenantID
    ) async throws(EventLogError) -> [ChairID] {
        model(tenant).namedChairs(at: site, knownAt: position)
    }

    public func stockedVisits(
        of product: ProductKey, site: SiteID, from: Instant, at position: Position,
        tenant: TenantID
    ) async throws(EventLogError) -> [AppointmentRow] {
        model(tenant).stockedVisits(of: product, site: site, from: from, at: position)
    }

    public func appointmentChanges(
        site: SiteID, after position: Position, limit: Int, tenant: TenantID
    ) async throws(EventLogError) -> AppointmentChanges {
        let rows = model(tenant).appointments(of: site, changedAfter: position)
        return AppointmentChanges(rows: Array(rows.prefix(limit)), generation: 1)
    }

    public func appointmentHistories(
        site: SiteID, from: Instant, to: Instant, at position: Position, tenant: TenantID
    ) async throws(EventLogError) -> [AppointmentHistory] {
        let model = model(tenant)
        return model.appointments(site: site, from: from, to: to, at: position)
            .map { model.history(of: $0, at: position) }
    }

    public func waitlist(
        _ query: WaitlistQuery, tenant: TenantID
    ) async throws(EventLogError) -> WaitlistPage {
        try QueryLimits.check(query.limit)
        return model(tenant).waitlist(query)
    }

    private func model(_ tenant: TenantID) -> TenantReadModel {
        tenants.withLock { $0[tenant] ?? TenantReadModel() }
    }
}

extension QueryLimits {
    /// Throws unless a page of this many rows may be asked for.
    public static func check(_ limit: Int) throws(EventLogError) {
        guard (1...pageMaximum).contains(limit) else {
            throw EventLogError.limitExceeded("pageMaximum", pageMaximum)
        }
    }
}
