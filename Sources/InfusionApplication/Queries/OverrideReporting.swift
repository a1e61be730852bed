import EventStore
public import Infusion

extension InfusionService {
    /// What became of the patient's overrides, for the report over all patients: no identity in it. Asked by
    /// the administrator's report, which reads every patient; no edge of the service asks it.
    /// - Parameter asOf: without `effectiveAt` they are judged as of the moment that `knownAt` is about.
    public func overrideUses(
        of patient: PatientID, asOf: AsOf, actor: Actor
    ) async throws(ApplicationError) -> [OverrideUse] {
        try actor.require(.patientRead)
        let tenant = actor.tenant
        let position = try await resolve(asOf.knownAt, tenant: tenant)
        let loaded = try await existing(patient, tenant: tenant, upTo: position)
        let context = try await context(of: loaded.state, knownAt: position, tenant: tenant)
        let instant: Instant
        if let asked = asOf.effectiveAt {
            instant = asked
        } else {
            instant = try await log.moment(
                of: asOf.knownAt, at: position, tenant: tenant, now: now())
        }
        return OverrideUse.all(of: loaded.state, at: instant, in: context.site.timeZone)
    }
}
