import EventStore
import Infusion
import InfusionJournal
import InfusionProjections

/// A patient folded from the stream.
struct LoadedPatient: Sendable {
    let state: PatientState
    let version: StreamVersion
    /// The position of the last event folded; `.start` for a new patient.
    let position: Position
    let entries: [TimelineEntry]
}

/// Reads a patient's stream and folds it. The stream is the source; caches of it are the projections'.
struct PatientLoader: Sendable {
    let log: any EventLog<PatientChanges>
    let vault: IdentityVault

    /// Everything up to and including `last`, or everything.
    func load(
        _ patient: PatientID, tenant: TenantID, upTo last: Position?
    ) async throws(ApplicationError) -> LoadedPatient {
        let recorded = try await read(patient, tenant: tenant, upTo: last)
        let cipher = try await vault.cipherForReading(
            patient: patient, tenant: tenant, isNew: recorded.isEmpty)
        var state = PatientDecider().initialState
        var entries: [TimelineEntry] = []
        entries.reserveCapacity(recorded.count)
        for event in recorded {
            do {
                let decoded = try JournalCodec().decode(event, cipher: cipher)
                state = PatientDecider().evolve(state, decoded)
                entries.append(TimelineEntry(recorded: event, event: decoded))
            } catch {
                throw .journal(error)
            }
        }
        return LoadedPatient(
            state: state, version: recorded.last?.version ?? .none,
            position: recorded.last?.position ?? .start, entries: entries)
    }

    private func read(
        _ patient: PatientID, tenant: TenantID, upTo last: Position?
    ) async throws(ApplicationError) -> [RecordedEvent] {
        var events: [RecordedEvent] = []
        do throws(EventLogError) {
            while true {
                let page = try await log.read(
                    PatientStream.id(of: patient), tenant: tenant,
                    after: events.last?.version ?? .none,
                    limit: ApplicationLimits.streamPage)
                for event in page {
                    if let last, event.position > last { return events }
                    events.append(event)
                }
                if page.count < ApplicationLimits.streamPage { return events }
                guard events.count < ApplicationLimits.streamLength else {
                    throw EventLogError(
                        .limitExceeded,
                        "a stream is longer than \(ApplicationLimits.streamLength) events")
                }
            }
        } catch {
            throw .store(error)
        }
    }
}
