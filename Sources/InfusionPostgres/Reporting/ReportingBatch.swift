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
    /// With what the page itself decided.
    private(set) var skipped: SkippedEvents
    /// Patients whose sequence goes on without an event, since the page says so.
    private(set) var decidedAbout: Set<PatientID> = []
    /// Decisions that this program cannot read.
    private(set) var unread: [(position: Position, error: JournalError)] = []

    /// Folds a page on top of what is known: those of its events that the partitions have not had.
    ///
    /// - Parameter earlier: The fold of a patient up to an event, from the cache or from the log.
    static func make(
        _ page: [RecordedEvent], for owned: OwnedPartitions, decoder: HistoryDecoder,
        earlier: (PatientID, Before, SkippedEvents) async throws(EventLogError) ->
            PatientFolds.Fold
    ) async throws(EventLogError) -> ReportingBatch {
        var batch = ReportingBatch(skipped: owned.skipped)
        for event in page {
            if event.stream.category == AdministrationStream.category {
                guard let decision = batch.decision(event),
                    owned.awaits(decision.patient, at: event.position)
                else { continue }
                batch.skipped.add(decision)
                batch.decidedAbout.insert(decision.patient)
                batch.folds[decision.patient] = try await earlier(
                    decision.patient, .position(event.position), batch.skipped)
                continue
            }
            guard let patient = PatientStream.patient(of: event.stream),
                owned.awaits(patient, at: event.position)
            else { continue }
            var fold: PatientFolds.Fold
            if let known = batch.folds[patient] {
                fold = known
            } else {
                guard !owned.parked.contains(patient) else { continue }
                fold = try await earlier(patient, .event(event), batch.skipped)
            }
            fold.apply(
                event.data, at: event.position, of: patient, decoder, leavingOut: batch.skipped)
            batch.folds[patient] = fold
        }
        return batch
    }

    /// Up to where an earlier fold is asked for.
    enum Before {
        case event(RecordedEvent)
        case position(Position)
    }

    private init(skipped: SkippedEvents) { self.skipped = skipped }

    private mutating func decision(_ event: RecordedEvent) -> SkippedEvents.Decision? {
        do throws(JournalError) {
            return try SkippedEvents.decision(event.data, at: event.position)
        } catch {
            unread.append((event.position, error))
            return nil
        }
    }

    /// What a patient adds to the report from now on.
    typealias Change = (patient: PatientID, shares: [DoseReportShare])

    /// Who adds something else than before. Most events change nothing of what their patient adds; then
    /// nothing is written.
    func changes(_ doseReport: DoseReportProjection) -> [Change] {
        folds.compactMap { patient, fold in
            let new = doseReport.shares(of: fold.state)
            return new == fold.written ? nil : (patient, new)
        }
    }

    /// The statements that write it: shares first, then who is parked from now on.
    func statements(_ changes: [Change], tenant: TenantID) -> [Query] {
        let writing =
            changes.isEmpty
            ? []
            : [
                DoseShareParameters(changes.flatMap(\.shares)).statement(
                    replacing: changes.map(\.patient.uuid), in: 0, tenant: tenant)
            ]
        return writing + decidedAbout.map { $0.unparked(tenant) }
            + newlyParked.map { $0.parking(tenant) }
    }

    /// The same, each patient's for itself, in the order of their ids.
    func parts(_ changes: [Change], tenant: TenantID) -> [ReportingPart] {
        let shares = Dictionary(uniqueKeysWithValues: changes.map { ($0.patient, $0.shares) })
        return folds.sorted { $0.key.uuid < $1.key.uuid }.map { patient, fold in
            let writing = shares[patient].map {
                DoseShareParameters($0).statement(
                    replacing: [patient.uuid], in: 0, tenant: tenant)
            }
            let unparking = decidedAbout.contains(patient) ? patient.unparked(tenant) : nil
            return ReportingPart(
                patient: patient, position: fold.position,
                statements: [writing, unparking, fold.parked?.parking(tenant)].compactMap { $0 })
        }
    }

    /// Takes in that it is written, except of those whom the store has refused.
    mutating func written(_ changes: [Change], refused: [ParkedStream]) {
        for (patient, shares) in changes { folds[patient]?.written = shares }
        for stream in refused { folds[stream.patient]?.parked = stream }
    }

    /// Who has events in a page and no fold that they go on from, each with the position up to which
    /// one is to be made.
    static func strangers(
        in page: [RecordedEvent], for owned: OwnedPartitions
    ) -> [PatientID: Position] {
        var met: Set<PatientID> = []
        var strangers: [PatientID: Position] = [:]
        for event in page {
            guard let patient = PatientStream.patient(of: event.stream),
                owned.awaits(patient, at: event.position), !owned.parked.contains(patient),
                met.insert(patient).inserted
            else { continue }
            let version = EventVersion(event.version.value - 1)
            guard owned.folds.fold(of: patient, at: version) == nil else { continue }
            strangers[patient] = event.position.advanced(by: -1)
        }
        return strangers
    }

    var newlyParked: [ParkedStream] { folds.values.compactMap(\.parked) }
}

extension PatientID {
    /// The statement by which the report no longer has the patient parked.
    func unparked(_ tenant: TenantID) -> Query {
        Statements.unparkStream(tenant.uuid, ProjectionName.doseReport.rawValue, uuid)
    }
}

extension ParkedStream {
    /// The statement that parks it.
    func parking(_ tenant: TenantID) -> Query {
        Statements.parkStream(
            tenant.uuid, ProjectionName.doseReport.rawValue, patient.uuid, position.value,
            reason.rawValue, message)
    }
}

extension PatientFolds.Fold {
    /// A history from its first event on.
    init(
        _ history: PatientHistory, _ decoder: HistoryDecoder, leavingOut skipped: SkippedEvents
    ) {
        self.init()
        for event in history.events {
            apply(
                event.data, at: event.position, of: history.patient, decoder, leavingOut: skipped)
        }
    }

    /// Folds an event, unless it is left out or an earlier one could not be read.
    mutating func apply(
        _ data: EventData, at position: Position, of patient: PatientID, _ decoder: HistoryDecoder,
        leavingOut skipped: SkippedEvents
    ) {
        guard parked == nil else { return }
        self.position = position
        guard !skipped.contains(position) else { return state.leaveOut() }
        do throws(JournalError) {
            // Three quarters of an event are findings, and thousands of folds are remembered.
            state.apply(
                try decoder.codec.decode(data, cipher: decoder.cipher(of: patient)).withoutFindings)
        } catch {
            parked = ParkedStream(error, patient: patient, at: position)
        }
    }
}
