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
        _ checkpoint: ProjectionCheckpoint, _ checkpoints: PostgresCheckpoints
    ) async throws(EventLogError) -> Set<PatientID> {
        var parked: Set<PatientID> = []
        for patient in try await parkedPatients() {
            let fold = try await refold(patient, upTo: checkpoint.reached.position)
            guard fold.parked == nil else {
                parked.insert(patient)
                continue
            }
            let statements = [
                DoseShareParameters(doseReport.shares(of: fold.state)).statement(
                    replacing: [patient.uuid], in: 0, tenant: tenant),
                Statements.unparkStream(
                    tenant.uuid, ProjectionName.doseReport.rawValue, patient.uuid),
            ]
            _ = try await advance(
                checkpoint, to: checkpoint.reached, writing: statements, checkpoints)
            logger.notice("a patient is no longer parked", metadata: ["tenant": "\(tenant)"])
        }
        return parked
    }

    private func parkedPatients() async throws(EventLogError) -> [PatientID] {
        try await pool.query(
            Statements.parkedStreams(tenant.uuid, ProjectionName.doseReport.rawValue), of: tenant
        ).decoded { row throws(PostgresError) in PatientID(try row.decode(UUID.self, at: 0)) }
    }

    /// The fold up to a position of the log, whatever version that is.
    private func refold(
        _ patient: PatientID, upTo position: Position
    ) async throws(EventLogError) -> PatientFolds.Fold {
        var fold = PatientFolds.Fold()
        var read = StreamVersion.none
        while true {
            let page = try await log.read(
                PatientStream.id(of: patient), tenant: tenant, after: read,
                limit: ReportingLimits.streamPageEvents)
            for event in page where event.position <= position {
                fold.apply(event, of: patient, decoder)
            }
            guard let last = page.last, last.position < position else { return fold }
            read = last.version
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

    private func isAbandoned() async throws(EventLogError) -> Bool {
        let owners = try await pool.query(Statements.reportOwner(tenant.uuid), of: tenant)
            .decoded { row throws(PostgresError) in
                try row.decode((String, Int64, Int64).self)
            }
        guard let (name, position, seconds) = owners.first else { return true }
        if name == owner || name == RebuildRun.owner { return true }
        let isIdle = Duration.seconds(seconds) >= ReportingLimits.takeOverAfter
        let head = try await log.head(tenant: tenant)
        return isIdle && head.value > position
    }
}
