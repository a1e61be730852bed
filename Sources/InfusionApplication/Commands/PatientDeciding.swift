import EventStore
import Infusion

/// The patient's decider as the log's vocabulary has it: in the context of one command, so that what
/// is left to ask is the command and the state.
struct PatientDeciding: Decider {
    let context: DecisionContext
    private let decider = PatientDecider()

    init(in context: DecisionContext) { self.context = context }

    var initialState: PatientState { decider.initialState }

    func decide(
        _ command: PatientCommand, given state: PatientState
    ) throws(Refusal) -> [PatientEvent] {
        try decider.decide(command, given: state, in: context)
    }

    func evolve(_ state: PatientState, _ event: PatientEvent) -> PatientState {
        decider.evolve(state, event)
    }
}
