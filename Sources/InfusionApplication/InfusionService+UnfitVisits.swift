import EventStore
import Foundation
import Infusion
import InfusionJournal

/// Visits of a patient that stay booked and, by a command about another of their visits, no longer fit.
extension InfusionService {
    /// Looked for as of the command's own position and moment: a retry finds the same.
    func unfitVisits(
        after receipt: CommandReceipt, tenant: TenantID
    ) async throws(ApplicationError) -> UnfitVisits {
        guard let positions = receipt.positions, receipt.changesOtherVisits else { return .none }
        let loaded = try await loader.load(
            receipt.patient, tenant: tenant, upTo: positions.upperBound)
        let context = try await context(
            of: loaded.state, knownAt: positions.upperBound, tenant: tenant)
        let course = UnfitCourse(
            before: loaded.state(before: positions.lowerBound), after: loaded.state,
            in: DecisionContext(
                now: Instant(
                    microsecondsSinceUnixEpoch: receipt.recordedAt.microsecondsSinceUnixEpoch),
                site: context.site, formulary: context.formulary))
        var places: [SiteID: UnfitCourse.Place] = [:]
        for site in Set(course.visits.map(\.slot.site)) {
            let state = try await log.site(site, tenant: tenant, upTo: positions.upperBound).state
            // The command was accepted: a site that nobody knows any more is told by the patient's own clock.
            let zone = try? await sites.timeZone(of: site, as: state, tenant: tenant)
            places[site] = UnfitCourse.Place(
                timeZone: zone ?? context.site.timeZone, isOpened: state.site != nil)
        }
        let unfit = course.unfit(at: places)
        return UnfitVisits(
            total: unfit.count, named: Array(unfit.prefix(ApplicationLimits.unfitVisitsNamed)))
    }
}

extension CommandReceipt {
    /// Whether a visit was taken away or moved, so that others of the patient may be of another turn.
    fileprivate var changesOtherVisits: Bool {
        let types: [EventType] = [.appointmentCancelled, .appointmentMissed, .appointmentMoved]
        return types.contains { events.contains($0.rawValue) }
    }

    func naming(_ unfit: UnfitVisits) -> CommandReceipt {
        CommandReceipt(
            patient: patient, version: version, positions: positions, position: position,
            events: events, unfit: unfit, recordedAt: recordedAt, replayed: replayed)
    }
}

extension LoadedPatient {
    /// As the log had it just before a position.
    fileprivate func state(before position: Position) -> PatientState {
        entries.prefix { $0.recorded.position < position }.reduce(
            PatientDecider().initialState
        ) { PatientDecider().evolve($0, $1.event) }
    }
}

extension ApplicationError {
    /// The command is in the log, and what belongs into its answer beside that could not be read: whoever was
    /// told that nothing was written would be told wrong. Sent again it gets its whole answer.
    static let answerUnread = ApplicationError.store(
        EventLogError(.outcomeUnknown, "the rest of the answer could not be read"))
}
