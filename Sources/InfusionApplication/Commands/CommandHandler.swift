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
///
/// Commands of one patient that come while an earlier one is under way wait, and form one chain: a busy
/// patient costs no conflicts.
struct CommandHandler: Sendable {
    let log: any EventLog<PatientChanges>
    let loader: PatientLoader
    /// Where the visits take place that commands ask for.
    let visitSites: SiteLoader<PatientChanges>
    let readModels: any ReadModels
    let vault: IdentityVault
    let sites: any SiteDirectory
    let knowledge: any KnowledgeDirectory
    let ambient: Ambient
    let observer: CommandObserver
    let bytesPerChain: Int
    let lanes = PatientLanes()
    let slots = TenantSlots()

    func handle(
        _ request: CommandRequest, patient: PatientID
    ) async throws(ApplicationError) -> AnsweredCommand {
        let lane = PatientLanes.Key(tenant: request.actor.tenant, patient: patient)
        if let answer = await lanes.enter(request, lane) { return try answer.get() }
        let answers = await answers(to: [request], of: patient)
        serveNext(lane)
        return try answers[0].get()
    }

    /// Serves who waited in the lane, in a task of its own: they are not this caller's to wait for.
    func serveNext(_ lane: PatientLanes.Key) {
        let waiting = lanes.leave(lane)
        guard !waiting.isEmpty else { return }
        Task {
            let answers = await answers(to: waiting.map { $0.request }, of: lane.patient)
            for (waiting, answer) in zip(waiting, answers) {
                waiting.caller.resume(returning: answer)
            }
            serveNext(lane)
        }
    }

    /// One answer each. A round settles at least the first of them, unless another process was faster.
    private func answers(
        to requests: [CommandRequest], of patient: PatientID
    ) async -> [PatientLanes.Answer] {
        let tenant = requests[0].actor.tenant
        do throws(ApplicationError) {
            try await slots.enter(tenant)
        } catch {
            return requests.map { _ in .failure(error) }
        }
        defer { slots.leave(tenant) }
        var answers = [PatientLanes.Answer?](repeating: nil, count: requests.count)
        var open = Array(requests.indices)
        var attempts = 0
        var isFirstRound = true
        while !open.isEmpty {
            let round = await self.round(
                open.map { requests[$0] }, of: patient, mayRemember: isFirstRound)
            isFirstRound = false
            for (index, answer) in zip(open, round) { answers[index] = answer }
            let left = open.filter { answers[$0] == nil }
            attempts = left.count < open.count ? 0 : attempts + 1
            if attempts == ApplicationLimits.decisionAttempts {
                for index in left { answers[index] = .failure(.contended(attempts: attempts)) }
                break
            }
            // What was left out for its weight met nobody.
            if round.contains(where: { $0 == nil }) { observer.conflicted() }
            open = left
        }
        return answers.compactMap(\.self)
    }

    /// Decides as many of them as may travel together, the first at least, and appends what was accepted; `nil`
    /// for those to decide again.
    private func round(
        _ requests: [CommandRequest], of patient: PatientID, mayRemember: Bool
    ) async -> [PatientLanes.Answer?] {
        do throws(ApplicationError) {
            let chain = try await decide(requests, of: patient, mayRemember: mayRemember)
            let appends = chain.appends
            var outcomes: [AppendOutcome] = []
            if !appends.isEmpty {
                do throws(EventLogError) {
                    outcomes = try await log.append(appends, tenant: requests[0].actor.tenant)
                } catch {
                    return chain.links.map { _ in .failure(.store(error)) }
                }
            }
            return await judge(chain, outcomes, requests, of: patient)
        } catch {
            return requests.map { _ in .failure(error) }
        }
    }

    private func decide(
        _ requests: [CommandRequest], of patient: PatientID, mayRemember: Bool
    ) async throws(ApplicationError) -> CommandChain {
        let tenant = requests[0].actor.tenant
        let kept = mayRemember ? loader.remembered(patient, tenant: tenant) : nil
        let base: LoadedPatient
        if let kept {
            base = kept
        } else {
            base = try await loader.loadToDecide(patient, tenant: tenant)
        }
        var chain = CommandChain(on: base, isFresh: kept == nil)
        for request in requests {
            do throws(ApplicationError) {
                let (append, after) = try await decide(request, patient: patient, in: chain)
                guard chain.hasRoom(for: append, limit: bytesPerChain) else { return chain }
                chain.add(append, after: after)
            } catch {
                chain.add(error)
            }
        }
        return chain
    }

    /// One command on what the chain has come to.
    /// - Parameter counterpart: The other patient of a command that concerns two.
    func decide(
        _ request: CommandRequest, patient: PatientID, in chain: CommandChain,
        counterpart: OtherPatient? = nil
    ) async throws(ApplicationError) -> (Append<PatientChanges>, PatientState) {
        if let expected = request.expectedVersion, expected != chain.version {
            throw .versionMismatch(expected: expected, current: chain.version)
        }
        let inForce = try await knowledge(of: request.actor.tenant)
        let place = try await place(
            of: request.command, on: chain.state, tenant: request.actor.tenant)
        let judged = try await judgedSite(
            of: request.command, on: chain.state, at: place?.site, tenant: request.actor.tenant)
        let now = ambient.now()
        let decider = PatientDeciding(
            in: DecisionContext(
                now: now,
                site: inForce.settings(
                    of: try await site(
                        of: request.command, on: chain.state, tenant: request.actor.tenant)),
                formulary: inForce.formulary, actor: request.actor.subject,
                visitPlace: place?.place, visitSite: judged?.visitSite, stock: judged?.stock?.stock,
                counterpart: counterpart))
        let events: [PatientEvent]
        do {
            events = try decider.decide(request.command, given: chain.state)
        } catch {
            throw .refused(error, version: chain.version, position: chain.base.position)
        }
        let after = decider.evolve(chain.state, events)
        return (
            try await makeAppend(
                request, patient: patient, in: chain, decided: events, at: now, after: after,
                ruleSet: inForce.ruleSet.text,
                ask: judged?.ask(by: events, before: chain.state, after: after)),
            after
        )
    }

    /// The site whose calendar counts: the patient's own, or the one they are being registered at.
    private func site(
        of command: PatientCommand, on state: PatientState, tenant: TenantID
    ) async throws(ApplicationError) -> ClinicSite {
        if case .registerPatient(let registration) = command {
            return try await sites.site(registration.site, tenant: tenant)
        }
        guard let site = state.registration?.site else {
            throw .notFound("patient")
        }
        return try await sites.site(site, tenant: tenant)
    }

    /// Where the command's visit is to be, or is waited for. Read to its end for every command that asks for a
    /// visit: a no may rest on it as well as a yes.
    private func place(
        of command: PatientCommand, on state: PatientState, tenant: TenantID
    ) async throws(ApplicationError) -> (site: LoadedSite, place: VisitPlace)? {
        guard let id = command.judgedSlot(on: state)?.site ?? command.awaitedSite else {
            return nil
        }
        let site = try await known(id, tenant: tenant)
        return (site, try await sites.place(of: id, as: site.state, tenant: tenant))
    }

    private func judgedSite(
        of command: PatientCommand, on state: PatientState, at site: LoadedSite?, tenant: TenantID
    ) async throws(ApplicationError) -> JudgedSite? {
        guard let site, let slot = command.judgedSlot(on: state) else { return nil }
        return try JudgedSite(
            site, slot: slot,
            stock: try await stock(of: command, on: state, at: site, slot: slot, tenant: tenant))
    }

    /// A site that has been opened, or that the directory names: what is kept elsewhere no calendar would show.
    private func known(
        _ id: SiteID, tenant: TenantID
    ) async throws(ApplicationError) -> LoadedSite {
        let site = try await visitSites.current(id, tenant: tenant)
        if site.version == .none { _ = try await sites.site(id, tenant: tenant) }
        return site
    }

    /// The vials that the command's visit could take. The position is read first: whoever comes after it is
    /// found behind the tenant's lock.
    private func stock(
        of command: PatientCommand, on state: PatientState, at site: LoadedSite,
        slot: AppointmentSlot, tenant: TenantID
    ) async throws(ApplicationError) -> KnownStock? {
        guard let order = command.judgedOrder(on: state).flatMap({ state.order($0) }),
            site.state.stockIsKept(of: order.order.product) != nil
        else { return nil }
        let position: Position
        do { position = try await log.head(tenant: tenant) } catch { throw .store(error) }
        return try await readModels.stock(
            of: order.order.product, at: slot.site, given: site.state,
            besides: command.judgedVisit, as: position, tenant: tenant
        ).map { KnownStock(stock: $0, position: position) }
    }

    private func knowledge(
        of tenant: TenantID
    ) async throws(ApplicationError) -> KnowledgeInForce {
        do { return try await knowledge.knowledge(of: tenant, at: nil) } catch {
            throw .store(error)
        }
    }

    private func makeAppend(
        _ request: CommandRequest, patient: PatientID, in chain: CommandChain,
        decided: [PatientEvent], at now: Instant, after: PatientState, ruleSet: String,
        ask: SiteAsk?
    ) async throws(ApplicationError) -> Append<PatientChanges> {
        let tenant = request.actor.tenant
        let events = try await sealed(decided, of: patient, tenant: tenant, version: chain.version)
        return Append(
            commandID: request.commandID, fingerprint: request.fingerprint,
            stream: PatientStream.id(of: patient), expected: chain.version, events: events,
            metadata: EventMetadata(
                actor: request.actor.subject, correlationID: request.correlationID, causation: nil,
                ruleSet: ruleSet),
            answer: CommandAnswer.encode(events: events.map { $0.type }),
            subject: vault.change(by: request.command, tenant: tenant),
            changes: PatientChanges.make(
                before: chain.state, events: decided, after: after, ask: ask, decidedAt: now))
    }

    /// The events as they are stored. The patient's key is fetched only for what has to be sealed.
    private func sealed(
        _ decided: [PatientEvent], of patient: PatientID, tenant: TenantID, version: StreamVersion
    ) async throws(ApplicationError) -> [EventData] {
        if let plain = try encoded(decided, vault.noKey(patient: patient, tenant: tenant)) {
            return plain
        }
        let cipher = try await vault.cipherForWriting(
            patient: patient, tenant: tenant, isNew: version == .none)
        guard let events = try encoded(decided, cipher) else { throw .keys(.unknownMasterKey) }
        return events
    }

    /// `nil` if something has to be sealed and the cipher cannot.
    private func encoded(
        _ decided: [PatientEvent], _ cipher: SubjectCipher
    ) throws(ApplicationError) -> [EventData]? {
        var events: [EventData] = []
        do throws(JournalError) {
            for event in decided { events.append(try JournalCodec().encode(event, cipher: cipher)) }
            return events
        } catch {
            if case .unwritable(_, let problem) = error,
                problem.problem == .sealed(.keyUnreachable)
            {
                return nil
            }
            throw .journal(error)
        }
    }
}
