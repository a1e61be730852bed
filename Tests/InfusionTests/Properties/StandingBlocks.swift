import Foundation
import Infusion

/// What stands in the way of iron for good, added up from the accepted events alone. Only what
/// says so by name takes a block away: a regrade of the reaction, the word that there is no
/// overload, the release of the order. No lapse of time and no other event does; and what takes one away of
/// its own patient is signed for by two people.
struct StandingBlocks {
    private var moieties: [DoseID: Moiety] = [:]
    private var reactions: [ReactionID: Reaction] = [:]
    private var grades: [ReactionID: ReactionGrade] = [:]
    private var allergies: Set<Moiety> = []
    /// A serious one, and nobody knows to which iron.
    private var isUnknownSerious = false
    private var overload: [(at: Instant, known: Bool)] = []
    private var held: Set<OrderID> = []
    /// Of those, for the review of a reaction.
    private var reviewed: Set<OrderID> = []
    /// Blocks that were lifted and not signed for yet.
    private var unsigned: Set<StandingBlock> = []

    /// Whether everything that was lifted until now was signed for.
    var isSigned: Bool { unsigned.isEmpty }
    private var cancelled: Set<OrderID> = []

    mutating func add(_ event: PatientEvent) {
        switch event.fact {
        case .doseStarted(let dose): moieties[dose.id] = dose.moiety
        case .reactionLogged(let reaction):
            reactions[reaction.id] = reaction
            grades[reaction.id] = reaction.grade
        case .reactionRegraded(let id, let grade):
            let before = grades[id]
            grades[id] = grade
            if let kind = reactions[id]?.kind, let before, isSerious(kind, before),
                !isSerious(kind, grade)
            {
                unsigned.insert(.seriousReaction)
            }
        case .clinicalFactRecorded(.ironAllergy(let allergy)):
            guard allergy.serious else { break }
            if let moiety = allergy.moiety {
                allergies.insert(moiety)
            } else {
                isUnknownSerious = true
            }
        case .clinicalFactRecorded(.knownIronOverload(let known)):
            if !known, isOverloaded(at: event.effectiveAt) { unsigned.insert(.knownIronOverload) }
            overload.append((at: event.effectiveAt, known: known))
        case .orderHeld(let id, let reason):
            held.insert(id)
            if reason == .reactionReview { reviewed.insert(id) }
        case .orderReleased(let id):
            held.remove(id)
            if reviewed.remove(id) != nil { unsigned.insert(.reactionReview) }
        case .signedOff(let signOff):
            if let lifted = signOff.lifted, signOff.role == .prescriber, signOff.coSigner != nil {
                unsigned.remove(lifted)
            }
        case .orderCancelled(let id, reason: _): cancelled.insert(id)
        case .historyCarried(let carried):
            add(PatientEvent(effectiveAt: event.effectiveAt, fact: carried.fact))
        case .patientRegistered, .identityCorrected, .labRecorded, .labCorrected, .labRetracted,
            .weightRecorded, .heightRecorded, .clinicalContextSet, .clinicalFactRecorded,
            .infusionOrdered, .appointmentBooked, .appointmentMoved, .appointmentCancelled,
            .appointmentMissed, .appointmentHeld, .appointmentConfirmed, .holdExpired,
            .capacityOverridden, .stockReserved,
            .patientArrived, .visitBegun, .visitLeft, .dosePaused, .doseResumed, .doseCompleted,
            .doseStopped,
            .patientDischarged,
            .transfusionRecorded, .gateOverridden, .recheckOpened, .recheckClosed,
            .patientErased, .patientMerged,
            .patientMergedInto, .patientUnmerged, .patientUnmergedFrom,
            .recordAttributed, .chairsideChecked, .decisionReviewed, .waitlistEntered,
            .waitlistChanged,
            .waitlistOffered, .waitlistLeft,
            .transfusionOrdered, .transfusionOrderFilled:
            break
        }
    }

    /// The gates that have to be shut, with no override, for a dose of `order` at `instant`.
    func gates(for order: InfusionOrder, at instant: Instant) -> Set<Gate> {
        var gates: Set<Gate> = []
        if seriousMoieties.contains(order.moiety) { gates.insert(.anaphylaxisSameProduct) }
        if isOverloaded(at: instant) { gates.insert(.overload) }
        if held.contains(order.id) || cancelled.contains(order.id) { gates.insert(.order) }
        return gates
    }

    /// The same, and G-ANAPH-ANY: after a serious reaction to any iron every product asks, some for an
    /// override.
    func standing(for order: InfusionOrder, at instant: Instant) -> Set<Gate> {
        let isSensitized = isUnknownSerious || !seriousMoieties.isEmpty
        return gates(for: order, at: instant).union(isSensitized ? [.anaphylaxisAnyIron] : [])
    }

    /// Irons that the patient may have no more.
    var seriousMoieties: Set<Moiety> {
        let reacted = reactions.values.filter { isSerious($0.kind, grades[$0.id] ?? $0.grade) }
        return allergies.union(reacted.compactMap { moieties[$0.dose] })
    }

    /// The kinds that nobody doubts, severe or not graded yet (facts §5, R-19).
    private func isSerious(_ kind: ReactionKind, _ grade: ReactionGrade) -> Bool {
        let kinds: Set<ReactionKind> = [
            .anaphylaxis, .angioedema, .bronchospasm, .kounis, .hypotension,
        ]
        switch grade {
        case .ungraded: return kinds.contains(kind)
        case .ctcae(let value): return kinds.contains(kind) && value >= 3
        }
    }

    /// What was last true by then; of one instant the later word.
    private func isOverloaded(at instant: Instant) -> Bool {
        var last: (at: Instant, known: Bool)?
        for told in overload where told.at <= instant {
            if last.map({ $0.at <= told.at }) ?? true { last = told }
        }
        return last?.known ?? false
    }
}
