/// The bedside state machine of clinical facts §5.3, read from the facts alone: a reaction graded anew
/// asks for other steps at once.
public struct BedsideSteps {
    static let source = "facts §5.3"

    private let reaction: ReactionRecord
    private let dose: DoseRecord
    private let state: PatientState

    /// `nil` for a reaction to a dose that the state does not hold.
    public init?(_ reaction: ReactionRecord, in state: PatientState) {
        guard let dose = state.dose(reaction.reaction.dose) else { return nil }
        self.reaction = reaction
        self.dose = dose
        self.state = state
    }

    /// In the order in which they are taken.
    public var steps: [BedsideStep] {
        let now: [BedsideStep] =
            switch reaction.bedsideClass {
            case .mild: [stop, observe] + restart(.mayRestartAtHalfRate)
            case .moderate:
                [stop, step(.clinicianToBedside), step(.followLocalProtocol), observe]
                    + restart(.restartOnPrescribersWord) + held
            case .hypotension:
                [stop, step(.layPatientSupine), observe] + restart(.restartOnPrescribersWord) + held
            case .severe:
                [stop, step(.emergencyCall), step(.followLocalProtocol)] + restart(.doNotRestart)
                    + [observe, step(.tryptase), step(.allergyReferral)] + held
                    + [cancelBookings] + blocked + [step(.regulatoryReport)]
            case .extravasation:
                [stop, step(.photograph)] + restart(.mayResumeAtAnotherSite)
            case .delayed: [step(.telephoneTriage)]
            case .none: []
            }
        let steps = now + (reaction.bedsideClass.slowsNextDose ? [step(.slowerNextDose)] : [])
        let asksForGrade = reaction.grade == .ungraded && reaction.bedsideClass != .none
        return asksForGrade
            ? steps + [BedsideStep(.gradeReaction, isDone: false, source: "R-19")] : steps
    }

    private func step(_ action: BedsideAction) -> BedsideStep { BedsideStep(action) }

    private var onset: Instant { reaction.onset(in: dose) }

    private var stop: BedsideStep {
        let isPaused = dose.openPause != nil || dose.pauses.contains { $0.from >= onset }
        return BedsideStep(.stopInfusion, isDone: dose.end != nil || isPaused)
    }

    private var observe: BedsideStep {
        let minutes = Observation.minutes(of: reaction.bedsideClass)
        let resumed = dose.pauses.compactMap(\.resumption).contains { $0.effectiveAt >= onset }
        return BedsideStep(
            .observe, minutes: minutes, until: Observation.end(of: reaction, in: dose),
            isDone: resumed || dose.discharge != nil)
    }

    /// Asked while the infusion can still go on; what came back is stopped for good.
    private func restart(_ action: BedsideAction) -> [BedsideStep] {
        guard dose.end == nil else { return [] }
        let restart = Restart(
            dose: dose, pause: nil,
            reactions: state.reactions.filter { $0.reaction.dose == dose.id })
        return [step(restart.isForbidden ? .doNotRestart : action)]
    }

    /// The hold came with the reaction; lifting it is the review.
    private var held: [BedsideStep] {
        let affected = state.orders.filter { order in
            reaction.bedsideClass == .severe || order.id == dose.order
        }
        let waits = affected.contains { $0.holds.contains { $0.value == .reactionReview } }
        return [
            BedsideStep(.holdOrders, isDone: true),
            BedsideStep(.reviewBeforeNextDose, isDone: !waits),
        ]
    }

    private var cancelBookings: BedsideStep {
        let sameMoiety = Set(state.orders.filter { $0.order.moiety == dose.moiety }.map(\.id))
        // A visit that is only held cannot be confirmed against a shut gate.
        let isBooked = state.appointments.contains {
            ($0.status == .booked || $0.status == .arrived) && sameMoiety.contains($0.order)
        }
        return BedsideStep(.cancelBookings, isDone: !isBooked)
    }

    /// G-ANAPH-SAME is shut by the reaction itself, for ever and for every brand.
    private var blocked: [BedsideStep] {
        ReactionSeverity.isSeriousHypersensitivity(reaction.reaction.kind, reaction.grade)
            ? [BedsideStep(.blockMoiety, isDone: true, source: "facts §5.3, R-19")] : []
    }
}
