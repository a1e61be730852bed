public import EventStore
public import Infusion
import InfusionJournal
public import InfusionProjections

/// The use cases of sites over any log. Each answer is folded from the site's stream, which is short; of
/// projections only the calendar is asked, for whom vials are kept.
public struct SiteService: SiteUseCases {
    let log: any EventLog<NoChanges>
    let readModels: any ReadModels
    private let knowledge: any KnowledgeDirectory
    let now: @Sendable () -> Instant
    private let observer: CommandObserver
    private let decider = SiteDecider()

    public init(
        log: any EventLog<NoChanges>, readModels: any ReadModels,
        knowledge: any KnowledgeDirectory, now: @escaping @Sendable () -> Instant,
        observer: CommandObserver = CommandObserver()
    ) {
        self.log = log
        self.readModels = readModels
        self.knowledge = knowledge
        self.now = now
        self.observer = observer
    }

    /// Load, decide, append, and again if somebody else was faster. Judged in the order of a patient's
    /// commands: the id and its fingerprint, the expected version, the rules.
    public func handle(
        _ request: SiteRequest
    ) async throws(ApplicationError) -> SiteReceipt {
        try request.actor.require(.siteWrite)
        for _ in 0..<ApplicationLimits.decisionAttempts {
            let append: Append<NoChanges>
            do throws(ApplicationError) {
                append = try await decide(request)
            } catch {
                // A no leaves only after the id was looked up: it may be caused by its own success.
                if let first = try await firstAnswer(to: request) { return first }
                throw error
            }
            if let receipt = try await send(append, for: request) { return receipt }
            observer.conflicted()
        }
        throw .contended(attempts: ApplicationLimits.decisionAttempts)
    }

    public func site(
        _ site: SiteID, knownAt: AsOf.Knowledge, actor: Actor
    ) async throws(ApplicationError) -> SiteView {
        try actor.require(.siteRead)
        let position = try await log.position(of: knownAt, tenant: actor.tenant, now: now())
        let loaded = try await log.site(
            site, tenant: actor.tenant, upTo: position)
        guard loaded.state.site != nil else { throw .siteNeverOpened }
        return SiteView(state: loaded.state, version: loaded.version, position: position)
    }

    public func day(
        _ date: CalendarDate, of site: SiteID, knownAt: AsOf.Knowledge, actor: Actor
    ) async throws(ApplicationError) -> SiteDayAnswer {
        let view = try await self.site(site, knownAt: knownAt, actor: actor)
        guard let day = SiteDay(of: date, given: view.state) else {
            throw .store(.unknownTimeZone(of: site))
        }
        return SiteDayAnswer(day: day, version: view.version, position: view.position)
    }

    // MARK: Deciding

    private func decide(
        _ request: SiteRequest
    ) async throws(ApplicationError) -> Append<NoChanges> {
        let loaded = try await log.site(
            request.site, tenant: request.actor.tenant, upTo: nil)
        if let expected = request.expectedVersion, expected != loaded.version {
            throw .versionMismatch(expected: expected, current: loaded.version)
        }
        let formulary: Formulary
        do {
            formulary = try await knowledge.knowledge(of: request.actor.tenant, at: nil).formulary
        } catch {
            throw .store(error)
        }
        let decided: [SiteEvent]
        do {
            decided = try decider.decide(
                request.command, given: loaded.state, at: now(), by: formulary)
        } catch {
            if case .siteNotOpened = error { throw .siteNeverOpened }
            throw .siteRefused(error, version: loaded.version, position: loaded.position)
        }
        var events: [EventData] = []
        for event in decided {
            do { events.append(try SiteCodec().encode(event)) } catch { throw .journal(error) }
        }
        return Append(
            commandID: request.commandID, fingerprint: request.fingerprint,
            stream: SiteStream.id(of: request.site), expected: loaded.version, events: events,
            metadata: EventMetadata(
                actor: request.actor.subject, correlationID: request.correlationID, causation: nil,
                ruleSet: SiteStream.ruleSet),
            answer: CommandAnswer.encode(events: events.map { $0.type }))
    }

    /// What the log made of it; `nil` where it has to be decided again.
    private func send(
        _ append: Append<NoChanges>, for request: SiteRequest
    ) async throws(ApplicationError) -> SiteReceipt? {
        let outcome: AppendOutcome
        do { outcome = try await log.append([append], tenant: request.actor.tenant)[0] } catch {
            throw .store(error)
        }
        switch outcome {
        case .appended(let accepted):
            await observer.committed(request.actor.tenant)
            return try await receipt(accepted, of: request, replayed: false)
        case .duplicate(let accepted):
            return try await receipt(accepted, of: request, replayed: true)
        case .fingerprintMismatch: throw .keyReused
        case .conflict, .undecided: return nil
        case .unavailable(let constraint): throw .unavailable(constraint: constraint)
        case .failed(let code): throw .store(EventLogError(code, "the log refused this append"))
        }
    }

    /// The answer this command got before, if it was ever accepted.
    private func firstAnswer(
        to request: SiteRequest
    ) async throws(ApplicationError) -> SiteReceipt? {
        let found: AcceptedCommand?
        do {
            found = try await log.command(request.commandID, tenant: request.actor.tenant)
        } catch {
            throw .store(error)
        }
        guard let found else { return nil }
        guard found.fingerprint == request.fingerprint else { throw .keyReused }
        return try await receipt(found, of: request, replayed: true)
    }

    private func receipt(
        _ accepted: AcceptedCommand, of request: SiteRequest, replayed: Bool
    ) async throws(ApplicationError) -> SiteReceipt {
        var unfit = UnfitVisits.none
        if let positions = accepted.positions {
            do throws(ApplicationError) {
                unfit = try await UnfitVisitSearch(
                    log: log, readModels: readModels, site: request.site,
                    tenant: request.actor.tenant
                ).visits(after: positions, recordedAt: accepted.recordedAt)
            } catch {
                throw .answerUnread
            }
        }
        return SiteReceipt(
            site: request.site, version: accepted.version, positions: accepted.positions,
            position: accepted.head, events: try CommandAnswer.events(of: accepted),
            unfit: unfit, recordedAt: accepted.recordedAt, replayed: replayed)
    }
}
