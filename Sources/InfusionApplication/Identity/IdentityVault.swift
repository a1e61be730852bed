public import EventStore
public import Infusion
public import InfusionJournal

/// Keys and tokens of patients: who may be read, who has been erased, and who holds an identifier.
public struct IdentityVault: Sendable {
    private let keys: any SubjectKeyStore
    private let index: any BlindIndex
    private let keyring: MasterKeyring
    private let random: RandomBytes

    public init(
        keys: any SubjectKeyStore, index: any BlindIndex, keyring: MasterKeyring,
        random: RandomBytes
    ) {
        self.keys = keys
        self.index = index
        self.keyring = keyring
        self.random = random
    }

    /// Opens what is sealed in a patient's events. A store that does not answer makes the sealed values
    /// unreachable; it does not make the patient's history unreadable.
    public func cipherForReading(
        patient: PatientID, tenant: TenantID, isNew: Bool
    ) async throws(ApplicationError) -> SubjectCipher {
        let subject = DataSubject(tenant: tenant, patient: patient)
        guard !isNew else { return noKey(patient: patient, tenant: tenant) }
        let state: SubjectKeyState
        do {
            state = try await keys.key(of: subject.id, tenant: tenant)
        } catch {
            guard [.unavailable, .overloaded].contains(error.code) else { throw .store(error) }
            return noKey(patient: patient, tenant: tenant)
        }
        return try cipher(for: subject, state: state)
    }

    /// For what needs no key: seals nothing and opens nothing.
    func noKey(patient: PatientID, tenant: TenantID) -> SubjectCipher {
        SubjectCipher(
            subject: DataSubject(tenant: tenant, patient: patient), access: .unreachable,
            random: random)
    }

    /// Seals what is about to be written; a new patient gets a key first. Two requests that race to
    /// register one patient get the same key.
    func cipherForWriting(
        patient: PatientID, tenant: TenantID, isNew: Bool
    ) async throws(ApplicationError) -> SubjectCipher {
        let subject = DataSubject(tenant: tenant, patient: patient)
        do {
            let state: SubjectKeyState
            if isNew {
                let wrapped = try keyring.wrap(
                    DataKey(random: random), for: subject, random: random)
                state = try await keys.put(wrapped, for: subject.id, tenant: tenant)
            } else {
                state = try await keys.key(of: subject.id, tenant: tenant)
            }
            return try cipher(for: subject, state: state)
        } catch {
            throw Self.translated(error)
        }
    }

    private func cipher(
        for subject: DataSubject, state: SubjectKeyState
    ) throws(ApplicationError) -> SubjectCipher {
        do {
            let access = try keyring.access(to: state, for: subject)
            return SubjectCipher(subject: subject, access: access ?? .unreachable, random: random)
        } catch {
            // Wrapped by a master key that is not at hand: what it sealed is out of reach, and the
            // rest of the history is not.
            guard error == .unknownMasterKey else { throw .keys(error) }
            return SubjectCipher(subject: subject, access: .unreachable, random: random)
        }
    }

    /// Who holds the identifier. Tokens fold spelling, so the caller compares the identity it then reads.
    func patient(
        holding identifier: PatientIdentifier, tenant: TenantID
    ) async throws(ApplicationError) -> PatientID? {
        for key in keyring.blindIndexKeys(for: tenant) {
            do {
                let token = key.token(for: identifier)
                if let subject = try await index.subject(for: token, tenant: tenant) {
                    return PatientID(subject.uuid)
                }
            } catch {
                throw .store(error)
            }
        }
        return nil
    }

    /// What `command` changes about who its patient is.
    func change(by command: PatientCommand, tenant: TenantID) -> SubjectChange {
        switch command {
        case .registerPatient(let registration):
            tokens(of: registration.identity, tenant: tenant)
        case .correctIdentity(let identity, _): tokens(of: identity, tenant: tenant)
        case .erasePatient: .erased
        case .recordLabs, .correctLab, .retractLab, .recordMeasurements, .setClinicalContext,
            .orderInfusion, .holdOrder, .releaseOrder, .cancelOrder, .bookAppointment,
            .moveAppointment, .cancelAppointment, .recordNoShow, .holdAppointment,
            .confirmAppointment, .expireHold, .enterWaitlist, .changeWaitlist, .leaveWaitlist,
            .offerVisit, .declineOffer, .recordArrival, .beginVisit, .leaveVisit, .startDose,
            .pauseDose,
            .resumeDose, .completeDose,
            .stopDose, .logReaction, .regradeReaction, .dischargePatient, .recordTransfusion,
            .overrideGate, .closeRecheck, .recordChairsideCheck,
            .reviewDecision, .orderTransfusion, .mergePatients, .unmergePatients,
            .attributeRecord:
            .unchanged
        }
    }

    /// By the key that is new entries' today; a look-up tries the older ones too.
    private func tokens(of identity: Identity, tenant: TenantID) -> SubjectChange {
        let key = keyring.blindIndexKeys(for: tenant).first
        return .tokens(Set(identity.identifiers.compactMap { key?.token(for: $0) }))
    }

    private static func translated(_ error: any Error) -> ApplicationError {
        switch error {
        case let error as ApplicationError: error
        case let error as EventLogError: .store(error)
        case let error as KeyError: .keys(error)
        default: preconditionFailure("key stores throw EventLogError, key rings KeyError")
        }
    }
}
