import EventStore
import Foundation
import Infusion
import InfusionJournal
import Postgres
import PostgresEventStore

/// Folds of patients whom this process has not met, or not for long.
extension ReportingProjector {
    /// The fold of a patient up to a position of the log, from the first event on.
    func refold(
        _ patient: PatientID, upTo position: Position, leavingOut skipped: SkippedEvents
    ) async throws(EventLogError) -> PatientFolds.Fold {
        var fold = PatientFolds.Fold()
        var read = StreamVersion.none
        while true {
            let page = try await log.read(
                PatientStream.id(of: patient), tenant: tenant, after: read,
                limit: ReportingLimits.streamPageEvents)
            for event in page where event.position <= position {
                fold.apply(
                    event.data, at: event.position, of: patient, decoder, leavingOut: skipped)
            }
            guard let last = page.last, last.position < position else { return fold }
            read = last.version
        }
    }

    /// The same of many at once, some of them in a read.
    func refold(
        _ patients: [PatientID: Position], leavingOut skipped: SkippedEvents
    ) async throws(EventLogError) -> [PatientID: PatientFolds.Fold] {
        var folds: [PatientID: PatientFolds.Fold] = [:]
        var left = patients[...]
        while !left.isEmpty {
            let some = left.prefix(ReportingLimits.patientsPerRefold)
            left = left.dropFirst(some.count)
            let last = some.map(\.value).max() ?? .start
            for history in try await histories(of: some.map(\.key.uuid), upTo: last) {
                guard let position = patients[history.patient] else { continue }
                folds[history.patient] = PatientFolds.Fold(
                    history.upTo(position), decoder, leavingOut: skipped)
            }
        }
        return folds
    }

    private func histories(
        of patients: [UUID], upTo last: Position
    ) async throws(EventLogError) -> [PatientHistory] {
        let reader = HistoryReader(tenant: tenant, pageEvents: ReportingLimits.streamPageEvents)
        do {
            return try await pool.withConnection(for: PoolClaim(of: tenant)) { connection in
                try await connection.transaction(isolation: .readCommitted) { connection in
                    try await connection.query(Statements.seePatientsOf(tenant.description))
                    return try await reader.histories(of: patients, upTo: last, connection)
                }
            }
        } catch {
            throw EventLogError(of: error)
        }
    }
}
