import EventStore
import Foundation
import Infusion
import InfusionJournal
import InfusionProjections
import Logging
import Postgres
import PostgresEventStore

extension ReportingProjector {
    /// Tries again to read who is parked in partitions that have just come: a newer program may know
    /// what an older one did not.
    /// - Returns: Who is parked in any that are owned.
    func retryParked(
        of new: [ProjectionCheckpoint], _ owned: OwnedPartitions
    ) async throws(EventLogError) -> Set<PatientID> {
        var parked: Set<PatientID> = []
        for entry in try await parkedPatients() {
            guard let checkpoint = owned.checkpoint(of: entry.patient) else { continue }
            parked.insert(entry.patient)
            guard new.contains(checkpoint) else { continue }
            let fold = try await refold(
                entry.patient, upTo: checkpoint.reached.position, leavingOut: owned.skipped)
            guard fold.parked != entry.stream else { continue }
            let still = try await settle(entry.patient, fold, checkpoint, lease: lease)
            if still == nil { parked.remove(entry.patient) }
        }
        return parked
    }

    /// Writes what a patient adds as far as it can be read now.
    /// - Returns: Where the patient is still parked, and why.
    func settle(
        _ patient: PatientID, _ fold: PatientFolds.Fold, _ checkpoint: ProjectionCheckpoint,
        lease: Duration?
    ) async throws(EventLogError) -> ParkedStream? {
        let shares = DoseShareParameters(doseReport.shares(of: fold.state)).statement(
            replacing: [patient.uuid], in: 0, tenant: tenant)
        let parking = [fold.parked?.parking(tenant)].compactMap { $0 }
        let part = ReportingPart(
            patient: patient, position: fold.position,
            statements: [shares, patient.unparked(tenant)] + parking)
        let (_, refused) = try await advance(
            [checkpoint], to: checkpoint.reached, lease: lease, writing: [part])
        if let parked = refused.first ?? fold.parked { return parked }
        logger.notice("a patient is no longer parked", metadata: ["tenant": "\(tenant)"])
        return nil
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
}
