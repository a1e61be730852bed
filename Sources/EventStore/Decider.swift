/// The whole of event sourcing in three requirements: what is decided, what that does, where it starts.
public protocol Decider<Command, State, Event, Refusal>: Sendable {
    associatedtype Command: Sendable
    associatedtype State: Sendable
    associatedtype Event: Sendable
    associatedtype Refusal: Error

    var initialState: State { get }
    /// The events that `command` causes, given `state`; pure.
    func decide(_ command: Command, given state: State) throws(Refusal) -> [Event]
    /// `state` after `event`; total, and free of rules.
    func evolve(_ state: State, _ event: Event) -> State
}

extension Decider {
    /// `state` after all of them, in order.
    public func evolve(_ state: State, _ events: [Event]) -> State {
        events.reduce(state) { evolve($0, $1) }
    }
}
