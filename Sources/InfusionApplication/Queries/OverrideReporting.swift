import EventStore
import Infusion
import InfusionJournal

/// How overrides were used, for the report over all patients: facts §10.2 ask for the rate of each rule.
extension InfusionService {
    public func overrides(
        _ question: OverrideReportQuestion, actor: Actor
    ) async throws(ApplicationError) -> OverrideReportPage {
        try actor.require(.reportRead)
        let tenant = actor.tenant
        let place = try await place(of: question.start, tenant: tenant)
        let (given, reached) = try await overridesGiven(
            after: place, limit: min(question.limit, ApplicationLimits.overrideReportPage),
            tenant: tenant)
        var uses: [OverrideUse] = []
        for (patient, events) in given {
            let state = try await existing(patient, tenant: tenant, upTo: place.known).state
            let context = try await context(of: state, knownAt: place.known, tenant: tenant)
            uses += OverrideUse.all(of: state, at: place.moment, in: context.site.timeZone)
                .filter { events.contains($0.version) }
        }
        return OverrideReportPage(
            uses: uses,
            next: reached < place.known
                ? OverrideReportPlace(
                    reached: reached, known: place.known, moment: place.moment) : nil,
            position: place.known)
    }

    private func place(
        of start: OverrideReportQuestion.Start, tenant: TenantID
    ) async throws(ApplicationError) -> OverrideReportPlace {
        switch start {
        case .beginning(let knowledge):
            let known = try await resolve(knowledge, tenant: tenant)
            return OverrideReportPlace(
                reached: .start, known: known,
                moment: try await log.moment(
                    of: knowledge, at: known, tenant: tenant, now: now()))
        case .after(let place):
            // What nobody can know yet is refused, wherever the place comes from.
            return OverrideReportPlace(
                reached: place.reached,
                known: try await resolve(.position(place.known), tenant: tenant),
                moment: min(now(), place.moment))
        }
    }

    /// The events that gave them, by patient, and how far the log was gone through for them.
    private func overridesGiven(
        after place: OverrideReportPlace, limit: Int, tenant: TenantID
    ) async throws(ApplicationError) -> (
        given: [PatientID: Set<EventVersion>], reached: Position
    ) {
        var given: [PatientID: Set<EventVersion>] = [:]
        var (found, read) = (0, 0)
        var reached = place.reached
        while reached < place.known, read < ApplicationLimits.overrideReportEvents {
            let page: [RecordedEvent]
            do {
                page = try await log.readAll(
                    tenant: tenant, after: reached, limit: ApplicationLimits.feedPage)
            } catch {
                throw .store(error)
            }
            for event in page where event.position <= place.known {
                guard found < limit else { return (given, reached) }
                reached = event.position
                guard event.stream.category == PatientStream.category,
                    event.data.type == EventType.gateOverridden.rawValue
                else { continue }
                given[PatientID(event.stream.uuid), default: []].insert(
                    EventVersion(event.version.value))
                found += 1
            }
            guard !page.isEmpty else { break }
            read += page.count
        }
        return (given, reached)
    }
}
