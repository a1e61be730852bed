import EventStore
import Foundation
import Infusion
import InfusionJournal
import InfusionProjections
import Logging
import Postgres
import PostgresEventStore

extension ReportingProjector {
    /// Tries again to read who is parked: a newer program may know what an older one did not.
    /// - Returns: Who still is.
    func retryParked(
        _ checkpoint: ProjectionCheckpoint, _ checkpoints: PostgresCheckpoints,
        leavingOut skipped: SkippedEvents
    ) async throws(EventLogError) -> Set<PatientID> {
        var parked: Set<PatientID> = []
        for entry in try await parkedPatients() {
            let fold = try await refold(
                entry.patient, upTo: checkpoint.reached.position, leavingOut: skipped)
            if fold.parked != nil { parked.insert(entry.patient) }
            guard fold.parked != entry.stream else { continue }
            try await settle(entry.patient, fold, checkpoint, checkpoints)
        }
        return parked
    }

    /// Writes what a patient adds as far as it can be read now, and whether it is still parked.
    func settle(
        _ patient: PatientID, _ fold: PatientFolds.Fold, _ checkpoint: ProjectionCheckpoint,
        _ checkpoints: PostgresCheckpoints
    ) async throws(EventLogError) {
        let shares = DoseShareParameters(doseReport.shares(of: fold.state)).statement(
            replacing: [patient.uuid], in: 0, tenant: tenant)
        let parking = [fold.parked?.parking(tenant)].compactMap { $0 }
        _ = try await advance(
            checkpoint, to: checkpoint.reached,
            writing: [shares, patient.unparked(tenant)] + parking, checkpoints)
        guard fold.parked == nil else { return }
        logger.notice("a patient is no longer parked", metadata: ["tenant": "\(tenant)"])
    }

    func parkedPatients() async throws(EventLogError) -> [ParkedPatient] {
        try await ParkedPatient.list(.doseReport, pool, tenant: tenant)
    }

    /// All there are in the log now.
    func skippedEvents() async throws(EventLogError) -> SkippedEvents {
        let rows = try await pool.query(Statements.skippedEvents(tenant.uuid), of: tenant)
        do throws(PostgresError) { return try SkippedEvents(rows) } catch {
            throw EventLogError(of: error)
        }
    }

    /// Waits until the projection is worth taking over: nobody moves it though there is something
    /// to do, or a rebuild has taken it and is done.
    func standBy() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: ReportingLimits.standbyInterval)
            if (try? await isAbandoned()) ?? false { return }
        }
    }

    /// They take the checkpoint for one transaction and leave it to whoever wants it.
    private static var passingOwners: Set<String> { [RebuildRun.owner, Self.retryOwner] }

    private func isAbandoned() async throws(EventLogError) -> Bool {
        let owners = try await pool.query(Statements.reportOwner(tenant.uuid), of: tenant)
            .decoded { row throws(PostgresError) in
                try row.decode((String, Int64, Int64).self)
            }
        guard let (name, position, seconds) = owners.first else { return true }
        if name == owner || Self.passingOwners.contains(name) { return true }
        let isIdle = Duration.seconds(seconds) >= ReportingLimits.takeOverAfter
        let head = try await log.head(tenant: tenant)
        return isIdle && head.value > position
    }
}
