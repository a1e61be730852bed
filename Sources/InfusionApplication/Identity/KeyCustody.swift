public import EventStore
public import Infusion
public import InfusionJournal

/// The master keys at hand against the keys they have to open: what is checked before the first
/// command, and what is done when a master key is replaced or lost.
public struct KeyCustody: Sendable {
    private let keys: any SubjectKeyStore
    private let keyring: MasterKeyring
    private let random: RandomBytes

    public init(keys: any SubjectKeyStore, keyring: MasterKeyring, random: RandomBytes) {
        self.keys = keys
        self.keyring = keyring
        self.random = random
    }

    /// The ids of the master keys in use, and whether the one of that name at hand opens what it
    /// wrapped. One that does not would hide every patient under it from those who look for them by
    /// number, and they would be registered a second time.
    public func inUse(tenant: TenantID) async throws(ApplicationError) -> [String: Bool] {
        var opens: [String: Bool] = [:]
        do {
            for (id, subject) in try await keys.wrappingKeys(tenant: tenant) {
                let state = try await keys.key(of: subject, tenant: tenant)
                opens[id] = (try? keyring.access(to: state, for: owner(subject, tenant))) != nil
            }
        } catch {
            throw .store(error)
        }
        return opens
    }

    /// Wraps every key under `master` anew under the active one, and before that does `prepare` for
    /// its patient. May be interrupted, and done again.
    public func rewrap(
        under master: String, tenant: TenantID,
        prepare: (PatientID) async throws -> Void
    ) async throws -> Int {
        var count = 0
        try await forEachSubject(under: master, tenant: tenant) { subject in
            guard case .present(let old) = try await keys.key(of: subject, tenant: tenant) else {
                return
            }
            try await prepare(PatientID(subject.uuid))
            let new = try keyring.rewrap(old, for: owner(subject, tenant), random: random)
            let isDone = try await keys.replace(old, with: new, of: subject, tenant: tenant)
            count += isDone ? 1 : 0
        }
        return count
    }

    /// Gives every patient whose key is wrapped by a master key that is gone for good a new key:
    /// what was sealed under the old one is then as if erased, and can be stated again.
    public func replaceLost(
        under master: String, tenant: TenantID
    ) async throws -> Int {
        var count = 0
        try await forEachSubject(under: master, tenant: tenant) { subject in
            guard case .present(let old) = try await keys.key(of: subject, tenant: tenant) else {
                return
            }
            let fresh = try keyring.wrap(
                DataKey(random: random), for: owner(subject, tenant), random: random)
            let new = SubjectKey(
                wrapped: fresh.wrapped, wrappingKeyID: fresh.wrappingKeyID, followsLostKey: true)
            let isDone = try await keys.replace(old, with: new, of: subject, tenant: tenant)
            count += isDone ? 1 : 0
        }
        return count
    }

    private func forEachSubject(
        under master: String, tenant: TenantID, _ body: (SubjectID) async throws -> Void
    ) async throws {
        var last: SubjectID?
        while true {
            let page = try await keys.subjects(under: master, after: last, tenant: tenant)
            for subject in page { try await body(subject) }
            guard let end = page.last else { return }
            last = end
        }
    }

    private func owner(_ subject: SubjectID, _ tenant: TenantID) -> DataSubject {
        DataSubject(tenant: tenant, patient: PatientID(subject.uuid))
    }
}
