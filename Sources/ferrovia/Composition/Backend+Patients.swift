import EventStore
import Foundation
import Infusion
import InfusionJournal
import PostgresEventStore

extension Backend {
    /// Every patient whose stream had begun by `last`, in the order of their ids: read from the log
    /// itself.
    func patients(upTo last: Position) async throws -> [PatientID] {
        guard last > .start else { return [] }
        var patients: Set<PatientID> = []
        for try await batch in log.replay(tenant: tenant, from: Position(1), to: last) {
            for event in batch
            where event.stream.category == PatientStream.category
                && event.version == StreamVersion(1)
            {
                patients.insert(PatientID(event.stream.uuid))
            }
        }
        return patients.sorted { $0.uuid < $1.uuid }
    }
}
