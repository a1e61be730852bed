import EventStore
import Infusion
import InfusionJournal
import InfusionProjections

/// Load, decide, append, and again if somebody else was faster.
///
/// Order of judging: command id and fingerprint, expected version, rules. A yes needs no look-up of the
/// id, since the append itself recognises a command it has accepted. A no does: before it leaves, the
/// id is looked up after the state was loaded, so that a retry that arrives while the first is still in
/// flight gets the first answer and not a refusal caused by its own success.
struct CommandHandler: Sendable {
    let log: any EventLog<PatientChanges>
    let loader: PatientLoader
    let vault: IdentityVault
    let sites: any SiteDirectory
    let formulary: Formulary
    let ambient: Ambient
    let observer: CommandObserver

    func handle(
        _ request: CommandRequest, patient: PatientID
    ) async throws(ApplicationError) -> CommandReceipt {
        for _ in 1...ApplicationLimits.decisionAttempts {
            if let receipt = try await attempt(request, patient: patient) { return receipt }
            observer.conflicted()
        }
        throw .contended(attempts: ApplicationLimits.decisionAttempts)
    }

    /// One round; `nil` when another command changed the patient meanwhile.
    private func attempt(
        _ request: CommandRequest, patient: PatientID
    ) async throws(ApplicationError) -> CommandReceipt? {
        let tenant = request.actor.tenant
        let loaded = try await loader.loadToDecide(patient, tenant: tenant)
        if let expected = request.expectedVersion, expected != loaded.version {
            if let first = try await firstAnswer(to: request) { return first }
            throw .versionMismatch(expected: expected, current: loaded.version)
        }
        let decided: [PatientEvent]
        let after: PatientState
        do {
            (decided, after) = try await decide(request, on: loaded)
        } catch {
            if let first = try await firstAnswer(to: request) { return first }
            throw error
        }
        let append = try await makeAppend(
            request, patient: patient, before: loaded, decided: decided, after: after)
        guard let receipt = try await send(append, tenant: tenant) else {
            loader.forget(patient, tenant: tenant)
            return nil
        }
        if !receipt.replayed {
            loader.keep(
                LoadedPatient(
                    state: after, version: receipt.version, position: receipt.position, entries: []),
                of: patient, tenant: tenant)
        }
        return receipt
    }

    /// The command's events, and the state after them.
    private func decide(
        _ request: CommandRequest, on loaded: LoadedPatient
    ) async throws(ApplicationError) -> ([PatientEvent], PatientState) {
        let decider = PatientDeciding(
            in: DecisionContext(
                now: ambient.now(),
                site: try await site(
                    of: request.command, on: loaded, tenant: request.actor.tenant),
                formulary: formulary, actor: request.actor.subject))
        do {
            let events = try decider.decide(request.command, given: loaded.state)
            return (events, decider.evolve(loaded.state, events))
        } catch {
            throw .refused(error, version: loaded.version, position: loaded.position)
        }
    }

    /// The site whose calendar counts: the patient's own, or the one they are being registered at.
    private func site(
        of command: PatientCommand, on loaded: LoadedPatient, tenant: TenantID
    ) async throws(ApplicationError) -> SiteSettings {
        if case .registerPatient(let registration) = command {
            return try await sites.settings(registration.site, tenant: tenant)
        }
        guard let site = loaded.state.registration?.site else {
            throw .notFound("patient")
        }
        return try await sites.settings(site, tenant: tenant)
    }

    private func makeAppend(
        _ request: CommandRequest, patient: PatientID, before loaded: LoadedPatient,
        decided: [PatientEvent], after: PatientState
    ) async throws(ApplicationError) -> Append<PatientChanges> {
        let tenant = request.actor.tenant
        let cipher = try await vault.cipherForWriting(
            patient: patient, tenant: tenant, isNew: loaded.version == .none)
        var events: [EventData] = []
        do {
            for event in decided {
                events.append(try JournalCodec().encode(event, cipher: cipher))
            }
        } catch {
            if case .unwritable(_, let problem) = error,
                problem.problem == .sealed(.keyUnreachable)
            {
                throw .keys(.unknownMasterKey)
            }
            throw .journal(error)
        }
        return Append(
            commandID: request.commandID, fingerprint: request.fingerprint,
            stream: PatientStream.id(of: patient), expected: loaded.version, events: events,
            metadata: EventMetadata(
                actor: request.actor.subject, correlationID: request.correlationID, causation: nil,
                ruleSet: formulary.version),
            answer: CommandAnswer.encode(events: events.map(\.type)),
            subject: vault.change(by: request.command, tenant: tenant),
            changes: PatientChanges.make(before: loaded.state, events: decided, after: after))
    }

    private func send(
        _ append: Append<PatientChanges>, tenant: TenantID
    ) async throws(ApplicationError) -> CommandReceipt? {
        let outcomes: [AppendOutcome]
        do { outcomes = try await log.append([append], tenant: tenant) } catch {
            throw .store(error)
        }
        guard let outcome = outcomes.first else { preconditionFailure("one append, one outcome") }
        switch outcome {
        case .appended(let accepted):
            await observer.committed(tenant)
            return try CommandAnswer.receipt(accepted, replayed: false)
        case .duplicate(let accepted): return try CommandAnswer.receipt(accepted, replayed: true)
        case .fingerprintMismatch: throw .keyReused
        case .conflict, .undecided: return nil
        case .unavailable(SubjectChange.tokenTaken): throw .identifierTaken
        // Erased since the patient was loaded, which the next round will see.
        case .unavailable(SubjectChange.subjectErased): return nil
        case .unavailable(let constraint): throw .unavailable(constraint: constraint)
        case .failed(let code): throw .store(EventLogError(code, "the log refused this append"))
        }
    }

    /// The answer this command got before, if it was ever accepted.
    private func firstAnswer(
        to request: CommandRequest
    ) async throws(ApplicationError) -> CommandReceipt? {
        let found: AcceptedCommand?
        do {
            found = try await log.command(request.commandID, tenant: request.actor.tenant)
        } catch {
            throw .store(error)
        }
        guard let found else { return nil }
        guard found.fingerprint == request.fingerprint else { throw .keyReused }
        return try CommandAnswer.receipt(found, replayed: true)
    }
}
