import EventStore
import Foundation
import Infusion
import InfusionJournal

/// Visits of a patient that stay booked and, by a command about the patient or another of their visits, no longer fit.
extension InfusionService {
    /// Looked for as of the command's own position and moment: a retry finds the same. For a patient without visits to
    /// come nothing is read, unless the command is a retry.
    func unfitVisits(
        after request: CommandRequest, _ answered: AnsweredCommand
    ) async throws(ApplicationError) -> UnfitVisits {
        let receipt = answered.receipt
        guard let positions = receipt.positions, request.command.mayUnfitVisits else {
            return .none
        }
        let tenant = request.actor.tenant
        let change: AnsweredCommand.Change
        if let known = answered.change {
            change = known
        } else {
            change = try await recorded(positions, of: receipt.patient, tenant: tenant)
        }
        let now = Instant(
            microsecondsSinceUnixEpoch: receipt.recordedAt.microsecondsSinceUnixEpoch)
        guard !UnfitCourse.visits(before: change.before, after: change.after, at: now).isEmpty
        else { return .none }
        let context = try await context(
            of: change.after, knownAt: positions.upperBound, tenant: tenant)
        let course = UnfitCourse(
            before: change.before, after: change.after,
            in: DecisionContext(now: now, site: context.site, formulary: context.formulary))
        var places: [SiteID: UnfitCourse.Place] = [:]
        for site in course.sites {
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

    /// What a command's events did to its patient, as the log has it.
    private func recorded(
        _ positions: ClosedRange<Position>, of patient: PatientID, tenant: TenantID
    ) async throws(ApplicationError) -> AnsweredCommand.Change {
        let loaded = try await loader.load(patient, tenant: tenant, upTo: positions.upperBound)
        return AnsweredCommand.Change(
            before: loaded.state(before: positions.lowerBound), after: loaded.state)
    }
}

extension CommandReceipt {
    func naming(_ unfit: UnfitVisits, shutGates: [Finding]) -> CommandReceipt {
        CommandReceipt(
            patient: patient, version: version, positions: positions, position: position,
            events: events, unfit: unfit, shutGates: shutGates, recordedAt: recordedAt,
            replayed: replayed)
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
