import EventStore
import Foundation
import Infusion
import InfusionJournal
import InfusionProjections
import Postgres

/// What one page of the log changes in the report.
struct ReportingBatch: Sendable {
    /// The folds of every patient with events in the page, as they are after it.
    private(set) var folds: [PatientID: PatientFolds.Fold] = [:]

    /// Folds a page on top of what is known.
    ///
    /// - Parameter earlier: The fold of a patient up to a version, from the cache or from the log.
    static func make(
        _ page: [RecordedEvent], without parked: Set<PatientID>, decoder: HistoryDecoder,
        earlier: (PatientID, EventVersion) async throws(EventLogError) -> PatientFolds.Fold
    ) async throws(EventLogError) -> ReportingBatch {
        var batch = ReportingBatch()
        for event in page {
            guard let patient = PatientStream.patient(of: event.stream),
                !parked.contains(patient)
            else { continue }
            var fold: PatientFolds.Fold
            if let known = batch.folds[patient] {
                fold = known
            } else {
                fold = try await earlier(patient, EventVersion(event.version.value - 1))
            }
            fold.apply(event, of: patient, decoder)
            batch.folds[patient] = fold
        }
        return batch
    }

    /// The statements that write it: shares first, then who is parked from now on.
    func statements(tenant: TenantID, doseReport: DoseReportProjection) -> [Query] {
        guard !folds.isEmpty else { return [] }
        let shares = folds.values.flatMap { doseReport.shares(of: $0.state) }
        let parked = folds.values.compactMap(\.parked)
        return [
            DoseShareParameters(shares).statement(
                replacing: folds.keys.map(\.uuid), in: 0, tenant: tenant)
        ]
            + parked.map {
                Statements.parkStream(
                    tenant.uuid, ProjectionName.doseReport.rawValue, $0.patient.uuid,
                    $0.position.value, $0.reason.rawValue, $0.message)
            }
    }

    var newlyParked: [ParkedStream] { folds.values.compactMap(\.parked) }
}

extension PatientFolds.Fold {
    /// Folds an event, unless an earlier one could not be read.
    mutating func apply(_ event: RecordedEvent, of patient: PatientID, _ decoder: HistoryDecoder) {
        guard parked == nil else { return }
        do throws(JournalError) {
            state.apply(try decoder.codec.decode(event, cipher: decoder.cipher(of: patient)))
        } catch {
            parked = ParkedStream(error, patient: patient, at: event.position)
        }
    }
}
