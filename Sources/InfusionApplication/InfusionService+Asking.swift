import EventStore
import Foundation
public import Infusion
import InfusionProjections

/// What the rules say of one patient, and why, as of both clocks; nothing is recorded.
extension InfusionService {
    public func why(
        _ recheck: RecheckID, of patient: PatientID, asOf: AsOf, actor: Actor
    ) async throws(ApplicationError) -> RecheckExplanation {
        try actor.require(.queueRead)
        let tenant = actor.tenant
        let position = try await resolve(asOf.knownAt, tenant: tenant)
        let loaded = try await loader.load(patient, tenant: tenant, upTo: position)
        let row = try await row(recheck, of: patient, in: loaded, asOf: asOf, tenant: tenant)
        guard let openedBy = loaded.entries.first(where: { $0.recorded.position == row.opened }),
            case .recheckOpened(let opened) = openedBy.event.fact
        else {
            throw .store(
                EventLogError(.storeFailed, "a recheck row and the event that opened it disagree"))
        }
        let state = loaded.state(asOf: asOf)
        let superseded = opened.predicates.compactMap { Supersession(of: $0, in: state) }
        let evidence = Set(row.evidence)
        let changes = Set(superseded.flatMap(\.now.evidence).map(\.value))
        let context = try await context(of: loaded.state, asOf: asOf, at: position, tenant: tenant)
        return RecheckExplanation(
            row: row, opened: opened, openedBy: openedBy,
            evidence: loaded.entries.filter { entry in
                evidence.contains(entry.recorded.position)
                    || changes.contains(entry.recorded.version.value)
            }, superseded: superseded,
            wouldChange: opened.wouldChange(given: state, at: context.now, in: context),
            position: position)
    }

    /// The row as it stood at the asked moment: as the last word about it that was effective by then, of
    /// all that was known, left it.
    private func row(
        _ recheck: RecheckID, of patient: PatientID, in loaded: LoadedPatient, asOf: AsOf,
        tenant: TenantID
    ) async throws(ApplicationError) -> RecheckQueueRow {
        let last = loaded.entries.last { entry in
            entry.event.fact.recheck == recheck
                && asOf.effectiveAt.map { entry.event.effectiveAt <= $0 } ?? true
        }
        guard let last else { throw .notFound("recheck") }
        let row: RecheckQueueRow?
        do {
            row = try await readModels.recheck(
                recheck, of: patient, at: last.recorded.position, tenant: tenant)
        } catch {
            throw .store(error)
        }
        guard let row else { throw .notFound("recheck") }
        return row
    }

    public func gates(
        _ question: GateQuestionAsked, actor: Actor
    ) async throws(ApplicationError) -> GateAnswer {
        try actor.require(.patientRead)
        let asked = try await order(question.order, asOf: question.asOf, tenant: actor.tenant)
        let at = question.at ?? asked.context.now
        do throws(Refusal) {
            let review = try GateReview(
                of: question.order, dose: question.dose, at: at, given: asked.state,
                in: asked.context)
            return GateAnswer(
                review: review,
                wouldChange: try review.wouldChange(
                    at: at, given: asked.state, in: asked.context), position: asked.position)
        } catch {
            throw .refused(error, version: asked.loaded.version, position: asked.position)
        }
    }

    public func plan(
        _ order: OrderID, asOf: AsOf, actor: Actor
    ) async throws(ApplicationError) -> PlanAnswer {
        try actor.require(.patientRead)
        let asked = try await self.order(order, asOf: asOf, tenant: actor.tenant)
        let placing = asked.loaded.entries.prefix { entry in
            if case .infusionOrdered(let placed) = entry.event.fact {
                placed.id != order
            } else {
                true
            }
        }
        do throws(Refusal) {
            return PlanAnswer(
                plan: try OrderPlan(
                    of: order, placing: PatientState.fold(placing.map(\.event)),
                    given: asked.state, at: asked.context.now, in: asked.context),
                formularyVersion: asked.context.formulary.version,
                pathwaysVersion: asked.context.site.policy.pathwaysVersion,
                position: asked.position)
        } catch {
            throw .refused(error, version: asked.loaded.version, position: asked.position)
        }
    }

    public func response(
        of patient: PatientID, order: OrderID?, asOf: AsOf, actor: Actor
    ) async throws(ApplicationError) -> ResponseAnswer {
        try actor.require(.patientRead)
        let tenant = actor.tenant
        let position = try await resolve(asOf.knownAt, tenant: tenant)
        let loaded = try await existing(patient, tenant: tenant, upTo: position)
        if let order, loaded.state.order(order) == nil { throw .notFound("order") }
        let state = loaded.state(asOf: asOf)
        let context = try await context(of: loaded.state, asOf: asOf, at: position, tenant: tenant)
        let assessment = ResponseAssessment.assess(
            order, given: state, at: context.now, in: context)
        return ResponseAnswer(
            assessment: assessment,
            wouldChange: assessment?.wouldChange(given: state, at: context.now, in: context),
            pathwaysVersion: context.site.policy.pathwaysVersion, position: position)
    }

    /// An order's patient as of both clocks, and how the site decides at that moment.
    private func order(
        _ order: OrderID, asOf: AsOf, tenant: TenantID
    ) async throws(ApplicationError) -> AskedPatient {
        let patient = try await resolve(.order(order), tenant: tenant)
        let position = try await resolve(asOf.knownAt, tenant: tenant)
        var loaded = try await existing(patient, tenant: tenant, upTo: position)
        if let survivor = loaded.state.mergedInto?.value {
            loaded = try await existing(survivor, tenant: tenant, upTo: position)
        }
        let state = loaded.state(asOf: asOf)
        if let placed = loaded.state.order(order), state.order(order) == nil {
            throw .refused(
                .invalidValue(
                    field: "effectiveAt", problem: "lies before the order was placed",
                    accepted: "\(placed.orderedAt.wholeSecond) or later"),
                version: loaded.version, position: position)
        }
        return AskedPatient(
            loaded: loaded, state: state,
            context: try await context(
                of: loaded.state, asOf: asOf, at: position, tenant: tenant), position: position)
    }

    /// How the site decides at the moment asked about, which is now where none is named.
    private func context(
        of state: PatientState, asOf: AsOf, at position: Position, tenant: TenantID
    ) async throws(ApplicationError) -> DecisionContext {
        let context = try await context(of: state, knownAt: position, tenant: tenant)
        return DecisionContext(
            now: asOf.effectiveAt ?? context.now, site: context.site,
            formulary: context.formulary)
    }
}

/// A patient as of both clocks, with what the question is answered by.
private struct AskedPatient {
    let loaded: LoadedPatient
    let state: PatientState
    let context: DecisionContext
    let position: Position
}

extension LoadedPatient {
    /// What was true at the asked moment, by what was loaded.
    func state(asOf: AsOf) -> PatientState {
        asOf.effectiveAt.map { PatientState.fold(entries.map(\.event), effectiveAt: $0) } ?? state
    }
}

extension Instant {
    /// The first whole second that is not before it, as a caller may write it.
    fileprivate var wholeSecond: String {
        let second = (microsecondsSinceUnixEpoch + 999_999) / 1_000_000
        return Date(timeIntervalSince1970: TimeInterval(second)).formatted(.iso8601)
    }
}

extension PatientFact {
    /// The row of the queue that the event opens or closes.
    fileprivate var recheck: RecheckID? {
        switch self {
        case .recheckOpened(let opened): opened.id
        case .recheckClosed(let closed): closed.id
        case .patientRegistered, .identityCorrected, .labRecorded, .labCorrected, .labRetracted,
            .weightRecorded, .heightRecorded, .clinicalContextSet, .clinicalFactRecorded,
            .infusionOrdered, .orderHeld, .orderReleased, .orderCancelled, .appointmentBooked,
            .appointmentMoved, .appointmentCancelled, .appointmentMissed, .appointmentHeld,
            .appointmentConfirmed, .holdExpired, .capacityOverridden, .stockReserved,
            .patientArrived, .visitBegun, .visitLeft, .doseStarted,
            .doseCompleted, .doseStopped, .reactionLogged, .reactionRegraded, .patientDischarged,
            .chairsideChecked, .transfusionRecorded, .gateOverridden, .signedOff, .patientErased,
            .patientMerged,
            .historyCarried, .patientMergedInto, .patientUnmerged, .patientUnmergedFrom,
            .recordAttributed,
            .dosePaused, .doseResumed, .decisionReviewed, .waitlistEntered, .waitlistChanged,
            .waitlistOffered, .waitlistLeft, .transfusionOrdered,
            .transfusionOrderFilled:
            nil
        }
    }
}
