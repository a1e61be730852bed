public import EventStore
public import Foundation
public import Infusion
public import InfusionJournal
public import InfusionProjections
public import Postgres

/// Compares projections with the log, and makes them again from it.
///
/// It reads whole patients in the order of their ids, folds them with the folds that serve inline,
/// and needs no key: projections hold no identity. Each page of patients is compared in one
/// snapshot of its own, so a check may run while the clinic works, and no snapshot stays open for
/// long.
///
/// A rebuild fills the next generation of each projection beside the live one, catches up, and then
/// switches all of them in one transaction:
/// ```
/// begin ─ fill (pages up to the head at the start) ─ catch up, round by round
///       ─ [report's checkpoint ─ catch up ─ add up the report ─ catch up
///          ─ tenant's lock ─ the last events ─ switch, or let go and catch up again]
///       ─ discard the old rows
/// ```
/// If it stops anywhere before the switch, even by `kill -9`, the live rows are as they were, and the
/// next rebuild of the same projections goes on where it stopped: staged rows and the mark of how far
/// they go are written together.
public struct ProjectionRebuilder: Sendable {
    let pool: PostgresPool
    let codec: JournalCodec
    let doseReport: DoseReportProjection
    /// Events of a page; a patient with more of them comes alone.
    public var pageEvents = RebuildLimits.pageEvents
    /// Events of the log that it catches up with in one transaction.
    public var catchUpEvents = RebuildLimits.eventsPerCatchUp
    /// How long, and with how much to do, it may hold a tenant's appends.
    public var holding = HoldingLimits()

    /// - Parameter pool: Of a `ferrovia_projector`; a `ferrovia_reader` may check.
    public init(
        pool: PostgresPool, doseReport: DoseReportProjection, codec: JournalCodec = JournalCodec()
    ) {
        self.pool = pool
        self.codec = codec
        self.doseReport = doseReport
    }

    /// Compares only.
    public func check(
        _ projections: Set<ProjectionName> = Set(ProjectionName.allCases), tenant: TenantID,
        progress: @escaping @Sendable (RebuildProgress) -> Void = { _ in }
    ) async throws(EventLogError) -> RebuildReport {
        try await attempt {
            try await RebuildRun(self, projections, tenant, progress: progress).check()
        }
    }

    /// Compares, and puts rebuilt rows in the place of the live ones.
    ///
    /// A rebuild of the same projections that is still going on is overtaken: its next write fails. One of
    /// others that is not finished is thrown away from scratch only: otherwise nothing is done, and it
    /// throws `.rebuildUnfinished`.
    ///
    /// - Parameters:
    ///   - filler: Drawn for this start and no other.
    ///   - fromScratch: Whether to throw away what a rebuild that was stopped has done.
    public func rebuild(
        _ projections: Set<ProjectionName> = Set(ProjectionName.allCases), tenant: TenantID,
        as filler: UUID = UUID(), fromScratch: Bool = false,
        progress: @escaping @Sendable (RebuildProgress) -> Void = { _ in }
    ) async throws(EventLogError) -> RebuildReport {
        try await attempt {
            try await RebuildRun(self, projections, tenant, progress: progress)
                .rebuild(as: filler, fromScratch: fromScratch)
        }
    }

    /// Replaces one patient's live rows by rebuilt ones, in one transaction behind the tenant's lock.
    public func rebuild(
        _ projections: Set<ProjectionName> = Set(ProjectionName.allCases), of patient: PatientID,
        tenant: TenantID
    ) async throws(EventLogError) -> RebuildReport {
        try await attempt {
            try await RebuildRun(self, projections, tenant) { _ in }.rebuild(patient: patient)
        }
    }

    /// Replaces the live rows of all patients with events after a position, a few at a time.
    ///
    /// If it stops, some have new rows and the others their old ones; it can be repeated.
    public func rebuild(
        _ projections: Set<ProjectionName> = Set(ProjectionName.allCases),
        changedAfter position: Position, tenant: TenantID,
        progress: @escaping @Sendable (RebuildProgress) -> Void = { _ in }
    ) async throws(EventLogError) -> RebuildReport {
        try await attempt {
            try await RebuildRun(self, projections, tenant, progress: progress)
                .rebuild(changedAfter: position)
        }
    }

    private func attempt<Value>(
        _ body: () async throws -> Value
    ) async throws(EventLogError) -> Value {
        do {
            return try await body()
        } catch {
            throw EventLogError(of: error)
        }
    }
}
