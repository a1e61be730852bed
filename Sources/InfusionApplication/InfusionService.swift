public import EventStore
import Foundation
public import Infusion
import InfusionJournal
public import InfusionProjections

/// The use cases over any log and any read models: PostgreSQL in service, memory in tests and dry runs.
public struct InfusionService: InfusionUseCases {
    let log: any EventLog<PatientChanges>
    let readModels: any ReadModels
    private let vault: IdentityVault
    let sites: any SiteDirectory
    let loader: PatientLoader
    let calendars: SiteCalendars
    private let handler: CommandHandler
    private let knowledge: any KnowledgeDirectory
    private let ambient: Ambient

    /// - Parameter bytesPerChain: What commands of one patient may weigh that travel together; bytes.
    public init(
        log: any EventLog<PatientChanges>, readModels: any ReadModels, vault: IdentityVault,
        sites: any SiteDirectory, knowledge: any KnowledgeDirectory, ambient: Ambient,
        observer: CommandObserver = CommandObserver(),
        bytesPerChain: Int = ApplicationLimits.bytesPerChain
    ) {
        self.log = log
        self.readModels = readModels
        self.vault = vault
        self.sites = sites
        self.knowledge = knowledge
        self.ambient = ambient
        loader = PatientLoader(log: log, vault: vault)
        calendars = SiteCalendars(log: log, readModels: readModels)
        handler = CommandHandler(
            log: log, loader: loader, visitSites: SiteLoader(log: log), readModels: readModels,
            vault: vault, sites: sites,
            knowledge: knowledge, ambient: ambient, observer: observer,
            bytesPerChain: bytesPerChain)
    }

    public func handle(
        _ request: CommandRequest
    ) async throws(ApplicationError) -> CommandReceipt {
        let answered = try await accept(request)
        do throws(ApplicationError) {
            return answered.receipt.naming(
                try await unfitVisits(after: request, answered),
                shutGates: try await shutGates(after: request, answered))
        } catch {
            throw .answerUnread
        }
    }

    private func accept(
        _ request: CommandRequest
    ) async throws(ApplicationError) -> AnsweredCommand {
        try request.actor.require(request.command.scope)
        if request.command.wantedVisit?.override != nil {
            try request.actor.require(.overrideWrite)
        }
        let patient = try await resolve(request.target, tenant: request.actor.tenant)
        if request.command.concernsSeveral {
            return try await handler.handleJointly(request, patient: patient)
        }
        do throws(ApplicationError) {
            return try await handle(request, of: patient)
        } catch {
            // What the thing's patient knew has gone over to the survivor, who answers for it now.
            guard request.target.isThing, case .refused(let refusal, _, _) = error,
                case .patientMerged(let survivor) = refusal
            else { throw error }
            return try await handle(request, of: survivor)
        }
    }

    private func handle(
        _ request: CommandRequest, of patient: PatientID
    ) async throws(ApplicationError) -> AnsweredCommand {
        let holds = ExpiredHolds(readModels: readModels, log: log, handler: handler)
        // One may stand in the chair and others behind it, in the quarter hours.
        for _ in 0..<ApplicationLimits.holdsDisplaced {
            do throws(ApplicationError) {
                return try await handler.handle(request, patient: patient)
            } catch {
                guard try await holds.giveWay(to: request, of: patient, after: error) else {
                    throw error
                }
            }
        }
        return try await handler.handle(request, patient: patient)
    }

    public func patient(
        holding identifier: PatientIdentifier, actor: Actor
    ) async throws(ApplicationError) -> PatientID? {
        try actor.require(.patientRead)
        guard let holder = try await vault.patient(holding: identifier, tenant: actor.tenant) else {
            return nil
        }
        let loaded = try await loader.loadToDecide(holder, tenant: actor.tenant)
        return loaded.state.mergedInto?.value ?? holder
    }

    public func patient(
        _ id: PatientID, asOf: AsOf, actor: Actor
    ) async throws(ApplicationError) -> PatientView {
        try actor.require(.patientRead)
        let position = try await resolve(asOf.knownAt, tenant: actor.tenant)
        let loaded = try await existing(id, tenant: actor.tenant, upTo: position)
        let state = loaded.state(asOf: asOf)
        return PatientView(
            id: id, identity: loaded.state.registration?.identity ?? .erased, state: state,
            ironStatus: try await ironStatus(
                of: state, at: asOf.effectiveAt ?? ambient.now(), knownAt: position,
                tenant: actor.tenant),
            version: loaded.version, position: position)
    }

    public func timeline(
        _ id: PatientID, asOf: AsOf, after: StreamVersion, limit: Int, actor: Actor
    ) async throws(ApplicationError) -> TimelinePage {
        try actor.require(.patientRead)
        let position = try await resolve(asOf.knownAt, tenant: actor.tenant)
        let loaded = try await existing(id, tenant: actor.tenant, upTo: position)
        let wanted = loaded.entries.filter { entry in
            guard entry.recorded.version > after else { return false }
            guard let effectiveAt = asOf.effectiveAt else { return true }
            return entry.event.effectiveAt <= effectiveAt
        }
        let page = Array(wanted.prefix(min(limit, ApplicationLimits.timelinePage)))
        return TimelinePage(
            entries: page, next: page.count < wanted.count ? page.last?.recorded.version : nil,
            position: position)
    }

    public func recheckQueue(
        _ question: RecheckQueueQuestion, actor: Actor
    ) async throws(ApplicationError) -> RecheckQueuePage {
        try actor.require(.queueRead)
        let query = RecheckQueueQuery(
            site: question.site, status: question.status,
            on: try await date(of: question, tenant: actor.tenant),
            position: try await resolve(question.knownAt, tenant: actor.tenant),
            after: question.after, limit: min(question.limit, QueryLimits.pageMaximum))
        do {
            return try await readModels.recheckQueue(query, tenant: actor.tenant)
        } catch {
            throw .store(error)
        }
    }

    public func reviews(
        of patient: PatientID, knownAt: AsOf.Knowledge, actor: Actor
    ) async throws(ApplicationError) -> ReviewsAnswer {
        try actor.require(.patientRead)
        let tenant = actor.tenant
        let position = try await resolve(knownAt, tenant: tenant)
        let loaded = try await existing(patient, tenant: tenant, upTo: position)
        let context = try await context(of: loaded.state, knownAt: position, tenant: tenant)
        return ReviewsAnswer(
            reviews: DecisionReview.open(of: loaded.state, in: context), position: position)
    }

    /// The patient's courses in heart failure, for the cohort report: no identity in it. Asked by the
    /// administrator's report, which reads every patient; no edge of the service asks it.
    public func heartFailureCourses(
        of patient: PatientID, knownAt: AsOf.Knowledge, actor: Actor
    ) async throws(ApplicationError) -> [HeartFailureCourse] {
        try actor.require(.patientRead)
        let position = try await resolve(knownAt, tenant: actor.tenant)
        let loaded = try await existing(patient, tenant: actor.tenant, upTo: position)
        let context = try await context(
            of: loaded.state, knownAt: position, tenant: actor.tenant)
        return HeartFailureCourse.all(of: loaded.state, in: context)
    }

    public func events(
        after: Position, limit: Int, actor: Actor
    ) async throws(ApplicationError) -> [RecordedEvent] {
        try actor.require(.eventRead)
        do {
            return try await log.readAll(
                tenant: actor.tenant, after: after, limit: min(limit, ApplicationLimits.feedPage))
        } catch {
            throw .store(error)
        }
    }

    public func head(actor: Actor) async throws(ApplicationError) -> Position {
        try await resolve(.now, tenant: actor.tenant)
    }
}

extension InfusionService {
    private func ironStatus(
        of state: PatientState, at instant: Instant, knownAt position: Position, tenant: TenantID
    ) async throws(ApplicationError) -> [IronStatus] {
        guard state.registration != nil else { return [] }
        let context = try await context(of: state, knownAt: position, tenant: tenant)
        return CurrentIronStatus.classify(state, at: instant, in: context)
    }

    /// How the patient's site decides now, by the knowledge that was in force as known at a position.
    func context(
        of state: PatientState, knownAt position: Position, tenant: TenantID
    ) async throws(ApplicationError) -> DecisionContext {
        guard let site = state.registration?.site else { throw .notFound("patient") }
        return try await context(at: site, knownAt: position, tenant: tenant)
    }

    func now() -> Instant { ambient.now() }

    /// How a site decides now, by the knowledge of a position; `nil` for what is in force.
    func context(
        at site: SiteID, knownAt position: Position?, tenant: TenantID
    ) async throws(ApplicationError) -> DecisionContext {
        let inForce: KnowledgeInForce
        do {
            inForce = try await knowledge.knowledge(of: tenant, at: position)
        } catch {
            throw .store(error)
        }
        return DecisionContext(
            now: ambient.now(),
            site: inForce.settings(of: try await sites.site(site, tenant: tenant)),
            formulary: inForce.formulary)
    }

    func existing(
        _ patient: PatientID, tenant: TenantID, upTo position: Position
    ) async throws(ApplicationError) -> LoadedPatient {
        let loaded = try await loader.load(patient, tenant: tenant, upTo: position)
        guard loaded.version > .none else { throw .notFound("patient") }
        return loaded
    }

    func resolve(
        _ knowledge: AsOf.Knowledge, tenant: TenantID
    ) async throws(ApplicationError) -> Position {
        try await log.position(of: knowledge, tenant: tenant, now: now())
    }

    func resolve(
        _ target: CommandTarget, tenant: TenantID
    ) async throws(ApplicationError) -> PatientID {
        let reference: SubjectReference
        switch target {
        case .patient(let id): return id
        case .order(let id): reference = SubjectReference(.order, id.uuid)
        case .appointment(let id): reference = SubjectReference(.appointment, id.uuid)
        case .dose(let id): reference = SubjectReference(.dose, id.uuid)
        case .lab(let id): reference = SubjectReference(.lab, id.uuid)
        case .reaction(let id): reference = SubjectReference(.reaction, id.uuid)
        }
        do {
            guard let owner = try await readModels.patient(owning: reference, tenant: tenant) else {
                throw ApplicationError.notFound(reference.kind.rawValue)
            }
            return owner
        } catch let error as ApplicationError {
            throw error
        } catch let error as EventLogError {
            throw .store(error)
        } catch {
            preconditionFailure("read models throw EventLogError only")
        }
    }

    /// Today, where the question names no date: at the asked site, else at the westernmost of all sites,
    /// so that nothing is called overdue anywhere before that day has begun there.
    private func date(
        of question: RecheckQueueQuestion, tenant: TenantID
    ) async throws(ApplicationError) -> CalendarDate {
        if let date = question.on { return date }
        let now = ambient.now()
        if let site = question.site {
            return CalendarDate(now, in: try await sites.site(site, tenant: tenant).timeZone)
        }
        let all: [ClinicSite]
        do { all = try await sites.sites(of: tenant) } catch { throw .store(error) }
        return all.map { CalendarDate(now, in: $0.timeZone) }.min() ?? CalendarDate(now, in: .gmt)
    }
}

extension Actor {
    func require(_ scope: Scope) throws(ApplicationError) {
        guard scopes.contains(scope) else { throw .forbidden(scope) }
    }
}
