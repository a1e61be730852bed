public import Foundation

/// A decision that a review can be about.
public enum ReviewedDecision: Hashable, Sendable {
    case order(OrderID)
    case dose(DoseID)
    case override(OverrideID)
    /// An order of red cells.
    case transfusionOrder(OrderID)

    /// A stable word for messages and wire formats.
    public var kind: String {
        switch self {
        case .order: "order"
        case .dose: "dose"
        case .override: "override"
        case .transfusionOrder: "transfusion-order"
        }
    }

    public var uuid: UUID {
        switch self {
        case .order(let id), .transfusionOrder(let id): id.uuid
        case .dose(let id): id.uuid
        case .override(let id): id.uuid
        }
    }
}

/// A decision as it was made, ready to be asked again.
enum MadeDecision {
    case order(OrderRecord)
    case dose(DoseRecord)
    case override(OverrideRecord)
    case transfusionOrder(TransfusionOrderRecord)

    /// Every decision of a patient that rests on findings, in the order of the stream. A booking is
    /// not among them: the dose it is for is judged anew at the chair.
    static func all(in state: PatientState) -> [MadeDecision] {
        let made =
            state.orders.map(MadeDecision.order) + state.doses.map(MadeDecision.dose)
            + state.overrides.map(MadeDecision.override)
            + state.transfusionOrders.map(MadeDecision.transfusionOrder)
        return made.sorted { $0.version < $1.version }
    }

    var decision: ReviewedDecision {
        switch self {
        case .order(let record): .order(record.id)
        case .dose(let record): .dose(record.id)
        case .override(let record): .override(record.override.id)
        case .transfusionOrder(let record): .transfusionOrder(record.id)
        }
    }

    var version: EventVersion {
        switch self {
        case .order(let record): record.version
        case .dose(let record): record.version
        case .override(let record): record.version
        case .transfusionOrder(let record): record.version
        }
    }

    /// The moment the decision was about: the signature of an order, the start of a dose, the grant
    /// of an override.
    var at: Instant {
        switch self {
        case .order(let record): record.orderedAt
        case .dose(let record): record.startedAt
        case .override(let record): record.grantedAt
        case .transfusionOrder(let record): record.orderedAt
        }
    }

    /// Whether a gate that answers otherwise now would have made it another. Iron that was ordered or begun would
    /// have been kept back by a gate that is shut now; one that has only opened would have stopped nothing more,
    /// and a person who is asked about that learns to look away. An override rests on how its gate was shut, and
    /// red cells on what G-TX said.
    func turns(on finding: Finding) -> Bool {
        switch self {
        case .order, .dose: finding.refusesDose
        case .override, .transfusionOrder: true
        }
    }

    /// What was written down with it; an override's event has no findings of its own.
    var findings: [Finding] {
        switch self {
        case .order(let record): record.order.findings
        case .dose(let record): record.started.findings
        case .override: []
        case .transfusionOrder(let record): [record.order.finding]
        }
    }
}

/// What comes of a decision that is asked again, by the rules and the formulary of today.
struct Reconsideration: Hashable {
    var findings: [Finding] = []
    /// What the plan would be made for, before rounding; orders only.
    var need: Milligrams?
    /// The events that the need was read from.
    var needEvidence: [EventVersion] = []
    /// The code of the refusal, where it is refused.
    var refusal: String?

    init(_ made: MadeDecision, on state: PatientState, in today: DecisionContext) {
        let context = DecisionContext(
            now: made.at, site: today.site, formulary: today.formulary)
        let decision = Decision(state: state, context: context)
        do throws(Refusal) {
            switch made {
            case .order(let record):
                take(try decision.order(record.order.command(by: context.formulary.needs)))
                // A known loss was read from no result.
                if need != nil, !record.order.method.replacesLoss {
                    let picture = ClinicalPicture(state: state, context: context, at: made.at)
                    needEvidence = picture.latest(.hemoglobin).map { [$0.evidence] } ?? []
                }
            case .dose(let record): take(try decision.start(record.started.command(at: made.at)))
            case .override(let record):
                let override = record.override
                let question = GateQuestion(
                    picture: ClinicalPicture(state: state, context: context, at: made.at),
                    terms: try decision.requireTerms(
                        of: try decision.requireOrder(override.order)),
                    date: decision.localDate(made.at), occasion: .booking)
                findings = [Gates.rule(for: override.gate)(question)]
            case .transfusionOrder(let record): take(try decision.order(record.order.command))
            }
        } catch {
            refusal = error.code
            if case .gatesShut(let shut) = error { findings = shut }
        }
    }

    private mutating func take(_ events: [PatientEvent]) {
        for event in events {
            switch event.fact {
            case .infusionOrdered(let order):
                findings = order.findings
                need = order.need?.milligrams
            case .doseStarted(let dose): findings = dose.findings
            case .transfusionOrdered(let order): findings = [order.finding]
            case .patientRegistered, .identityCorrected, .labRecorded, .labCorrected,
                .labRetracted, .weightRecorded, .heightRecorded, .clinicalContextSet,
                .clinicalFactRecorded, .orderHeld, .orderReleased, .orderCancelled,
                .appointmentBooked, .appointmentMoved, .appointmentCancelled,
                .appointmentMissed, .appointmentHeld, .appointmentConfirmed, .holdExpired,
                .capacityOverridden, .stockReserved,
                .patientArrived, .visitBegun, .visitLeft, .doseCompleted, .doseStopped,
                .reactionLogged,
                .reactionRegraded, .patientDischarged, .transfusionRecorded, .gateOverridden,
                .signedOff,
                .recheckOpened, .recheckClosed, .patientErased, .patientMerged, .historyCarried,
                .patientMergedInto, .patientUnmerged, .patientUnmergedFrom,
                .recordAttributed, .chairsideChecked,
                .transfusionOrderFilled, .decisionReviewed, .waitlistEntered,
                .waitlistChanged,
                .waitlistOffered, .waitlistLeft, .dosePaused,
                .doseResumed:
                break
            }
        }
    }
}

extension TransfusionOrder {
    /// What it was ordered by, which refuses nobody: G-TX read from the other side, shut where red
    /// cells are indicated.
    var finding: Finding {
        let verdict: Verdict =
            switch isIndicated {
            case true?: .blocked
            case false?: .passed
            case nil: .indeterminate
            }
        return Finding(
            .transfusion, .hard, verdict, predicates, next: "transfusion-evaluation-today")
    }
}
