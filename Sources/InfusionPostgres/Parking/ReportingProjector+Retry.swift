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
    /// Reads a parked patient again, now and with what this program knows, and writes what came of
    /// it. The patient's partition is taken only if there is something to write; then its owner finds
    /// its token stale, takes the partition back, and knows. One that takes it back before this is
    /// written is asked for it again.
    public func retry(_ patient: PatientID) async throws(EventLogError) -> ParkingRetry {
        var attempts = 1
        while true {
            do throws(EventLogError) {
                let outcome = try await retryOnce(patient)
                // The owner that was faster has read the patient itself.
                return attempts > 1 && outcome == .notParked ? .unparked : outcome
            } catch {
                guard error.code == .staleCheckpoint, attempts < ReportingLimits.takeoverAttempts
                else { throw error }
                attempts += 1
            }
        }
    }

    private func retryOnce(_ patient: PatientID) async throws(EventLogError) -> ParkingRetry {
        guard let entry = try await parkedPatients().first(where: { $0.patient == patient }) else {
            return .notParked
        }
        // Where the report stands can only grow until the partition is taken.
        let reached = try await ReportingStatus.reported(pool, tenant: tenant)
            .position(of: patient)
        let attempt = try await refold(patient, upTo: reached)
        guard attempt.parked != entry.stream else { return .stillParked(entry.stream) }
        let checkpoint = try await checkpoints.take(
            ReportingLimits.partitions.partition(of: patient.uuid), owner: owner)
        let fold = try await refold(patient, upTo: checkpoint.reached.position)
        let parked = try await settle(patient, fold, checkpoint, lease: nil)
        return parked.map { .stillParked($0) } ?? .unparked
    }

    private func refold(
        _ patient: PatientID, upTo position: Position
    ) async throws(EventLogError) -> PatientFolds.Fold {
        let skipped = try await skippedEvents().upTo(position)
        return try await refold(patient, upTo: position, leavingOut: skipped)
    }
}
