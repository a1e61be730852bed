import EventStore
import Infusion
import InfusionProjections

/// An appointment of a site, and what it takes of the chair and the nurses.
struct StandingVisit: Sendable {
    let row: AppointmentRow
    /// Its slot, or as much longer as its patient sits on.
    let taken: AppointmentSlot
}

/// What there is at a site, as of a moment: a hold that has run out takes nothing, whether or not the log has been
/// told, and who sits on in a chair takes it until now.
struct StandingVisits: Sendable {
    let readModels: any ReadModels
    let tenant: TenantID

    /// The appointments in the quarter hours that an interval touches, since nurses are counted by those; those
    /// that take no chair any more as well.
    func visits(
        at site: SiteID, in span: TimeSpan, knownAt position: Position, asOf now: Instant
    ) async throws(ApplicationError) -> [StandingVisit] {
        let first = QuarterHour(holding: span.from).start
        // Who sits on takes something of the quarter hour of now, and nothing after it.
        let seatedSince = now.adding(hours: -InfusionLimits.seatedHours)
        let from = first < QuarterHour(holding: now).end ? min(first, seatedSince) : first
        let rows: [AppointmentRow]
        do {
            rows = try await readModels.appointments(
                site: site, from: from, to: QuarterHour(holding: span.until).end, at: position,
                tenant: tenant)
        } catch {
            throw .store(error)
        }
        return rows.filter { !$0.isLapsed(at: now) }
            .map { StandingVisit(row: $0, taken: $0.taken(at: now)) }
            .filter { $0.taken.end > first }
    }
}
