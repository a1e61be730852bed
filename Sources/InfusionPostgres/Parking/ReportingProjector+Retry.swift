public import EventStore
public import Infusion
import InfusionJournal
import InfusionProjections
import PostgresEventStore

/// What came of reading a parked patient again.
public enum ParkingRetry: Hashable, Sendable {
    /// It can be read; its rows are up to date with the projection's checkpoint.
    case unparked
    /// It cannot, or only as far as a later event.
    case stillParked(ParkedStream)
    /// It was not parked.
    case notParked
}

extension ReportingProjector {
    /// Whose checkpoint it is after a retry.
    static var retryOwner: String { "retry" }

    /// Reads a parked patient again, now and with what this program knows, and writes what came of
    /// it. The checkpoint is taken only if there is something to write; then its owner finds its
    /// token stale, takes the projection back, and knows.
    public func retry(_ patient: PatientID) async throws(EventLogError) -> ParkingRetry {
        guard let entry = try await parkedPatients().first(where: { $0.patient == patient }) else {
            return .notParked
        }
        let skipped = try await skippedEvents()
        // Where the report stands can only grow until the checkpoint is taken.
        let reached = try await ReportingStatus.read(pool, tenant: tenant).position
        let attempt = try await refold(
            patient, upTo: reached, leavingOut: skipped.upTo(reached))
        guard attempt.parked != entry.stream else { return .stillParked(entry.stream) }
        let checkpoints = PostgresCheckpoints(pool: pool)
        let checkpoint = try await checkpoints.acquire(
            ProjectionName.doseReport.rawValue, tenant: tenant, owner: Self.retryOwner)
        let position = checkpoint.reached.position
        let fold = try await refold(
            patient, upTo: position, leavingOut: try await skippedEvents().upTo(position))
        try await settle(patient, fold, checkpoint, checkpoints)
        return fold.parked.map { .stillParked($0) } ?? .unparked
    }
}
