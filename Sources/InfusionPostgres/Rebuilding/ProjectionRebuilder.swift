public import EventStore
import Foundation
public import InfusionJournal
public import InfusionProjections
public import Logging
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
///       ─ [tenant's lock, report's checkpoint ─ the last events ─ switch] ─ discard the old rows
/// ```
/// If it stops anywhere before the switch, the live rows are as they were.
public struct ProjectionRebuilder: Sendable {
    let pool: PostgresPool
    let codec: JournalCodec
    let doseReport: DoseReportProjection
    let logger: Logger

    /// - Parameter pool: Of a `ferrovia_projector`; a `ferrovia_reader` may check.
    public init(
        pool: PostgresPool, doseReport: DoseReportProjection, codec: JournalCodec = JournalCodec(),
        logger: Logger = Logger(label: "rebuild")
    ) {
        self.pool = pool
        self.codec = codec
        self.doseReport = doseReport
        self.logger = logger
    }

    /// Compares only.
    public func check(
        _ projections: Set<ProjectionName> = Set(ProjectionName.allCases), tenant: TenantID,
        progress: @Sendable (RebuildProgress) -> Void = { _ in }
    ) async throws(EventLogError) -> RebuildReport {
        try await attempt {
            var run = RebuildRun(self, projections, tenant)
            return try await run.compare(staging: [:], progress: progress)
        }
    }

    /// Compares, and puts rebuilt rows in the place of the live ones.
    public func rebuild(
        _ projections: Set<ProjectionName> = Set(ProjectionName.allCases), tenant: TenantID,
        progress: @Sendable (RebuildProgress) -> Void = { _ in }
    ) async throws(EventLogError) -> RebuildReport {
        try await attempt {
            var run = RebuildRun(self, projections, tenant)
            return try await run.rebuild(progress: progress)
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
