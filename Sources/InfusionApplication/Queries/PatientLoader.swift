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

/// Reads a patient's stream and folds it. The stream is the source of every answer.
struct PatientLoader: Sendable {
    let log: any EventLog<PatientChanges>
    let vault: IdentityVault
    private let cache = PatientStateCache()

    init(log: any EventLog<PatientChanges>, vault: IdentityVault) {
        self.log = log
        self.vault = vault
    }

    /// The state to decide on: what was folded before, and what has come since.
    ///
    /// A kept state is used only while the patient's key opens what it holds: a key that was destroyed, or
    /// cannot be reached, must show at once.
    func loadToDecide(
        _ patient: PatientID, tenant: TenantID
    ) async throws(ApplicationError) -> LoadedPatient {
        let key = PatientStateCache.Key(tenant: tenant, patient: patient)
        guard let kept = cache.entry(key), kept.state.registration?.identity.value != nil else {
            return try await loadWhole(patient, tenant: tenant)
        }
        let recorded = try await read(patient, tenant: tenant, after: kept.version, upTo: nil)
        let cipher = try await vault.cipherForReading(
            patient: patient, tenant: tenant, isNew: false)
        guard cipher.isPresent else {
            cache.forget(key)
            return try await loadWhole(patient, tenant: tenant)
        }
        let entries = try decode(recorded, cipher: cipher)
        let loaded = LoadedPatient(
            state: entries.reduce(kept.state) { PatientDecider().evolve($0, $1.event) },
            version: recorded.last?.version ?? kept.version,
            position: recorded.last?.position ?? kept.position, entries: entries)
        keep(loaded, of: patient, tenant: tenant)
        return loaded
    }

    /// What this process remembers of the patient; the log may know more.
    func remembered(_ patient: PatientID, tenant: TenantID) -> LoadedPatient? {
        let key = PatientStateCache.Key(tenant: tenant, patient: patient)
        guard let kept = cache.entry(key), kept.state.registration?.identity.value != nil else {
            return nil
        }
        return LoadedPatient(
            state: kept.state, version: kept.version, position: kept.position, entries: [])
    }

    private func loadWhole(
        _ patient: PatientID, tenant: TenantID
    ) async throws(ApplicationError) -> LoadedPatient {
        let loaded = try await load(patient, tenant: tenant, upTo: nil)
        keep(loaded, of: patient, tenant: tenant)
        return loaded
    }

    /// Remembers a state for the next command of its patient.
    func keep(_ loaded: LoadedPatient, of patient: PatientID, tenant: TenantID) {
        cache.keep(
            PatientStateCache.Entry(
                state: loaded.state, version: loaded.version, position: loaded.position),
            for: PatientStateCache.Key(tenant: tenant, patient: patient))
    }

    /// For a state that somebody else has overtaken, or that a shorter log has never had.
    func forget(_ patient: PatientID, tenant: TenantID) {
        cache.forget(PatientStateCache.Key(tenant: tenant, patient: patient))
    }

    /// Everything up to and including `last`, or everything.
    func load(
        _ patient: PatientID, tenant: TenantID, upTo last: Position?
    ) async throws(ApplicationError) -> LoadedPatient {
        let recorded = try await read(patient, tenant: tenant, after: .none, upTo: last)
        let cipher = try await vault.cipherForReading(
            patient: patient, tenant: tenant, isNew: recorded.isEmpty)
        let entries = try decode(recorded, cipher: cipher)
        return LoadedPatient(
            state: entries.reduce(PatientDecider().initialState) {
                PatientDecider().evolve($0, $1.event)
            },
            version: recorded.last?.version ?? .none,
            position: recorded.last?.position ?? .start, entries: entries)
    }

    private func decode(
        _ recorded: [RecordedEvent], cipher: SubjectCipher
    ) throws(ApplicationError) -> [TimelineEntry] {
        var entries: [TimelineEntry] = []
        entries.reserveCapacity(recorded.count)
        for event in recorded {
            do {
                entries.append(
                    TimelineEntry(
                        recorded: event, event: try JournalCodec().decode(event, cipher: cipher)))
            } catch {
                throw .journal(error, at: event.position)
            }
        }
        return entries
    }

    private func read(
        _ patient: PatientID, tenant: TenantID, after version: StreamVersion, upTo last: Position?
    ) async throws(ApplicationError) -> [RecordedEvent] {
        do {
            return try await log.events(
                of: PatientStream.id(of: patient), tenant: tenant, after: version, upTo: last)
        } catch {
            throw .store(error)
        }
    }
}
