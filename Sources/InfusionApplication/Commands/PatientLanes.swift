import EventStore
import Infusion
import Synchronization

/// Commands for one patient, one after another in this process: what comes while an earlier one is being
/// decided or written waits, and is then decided together with all that waits.
///
/// Whoever finds a lane empty owns it and works in their own task; so a patient whom one command
/// concerns, nearly everybody, costs one look at a dictionary.
///
/// A command that concerns several patients holds all their lanes, and waits for each like any other.
final class PatientLanes: Sendable {
    typealias Answer = Result<AnsweredCommand, ApplicationError>

    struct Key: Hashable {
        let tenant: TenantID
        let patient: PatientID
    }

    /// `nil` to the caller: the lane is theirs, and they must call ``leave(_:)``.
    struct Waiting: Sendable {
        let request: CommandRequest
        let caller: CheckedContinuation<Answer?, Never>
    }

    fileprivate enum Place {
        case command(Waiting)
        /// Somebody who wants the lane and not an answer.
        case holder(CheckedContinuation<Answer?, Never>)
    }

    /// Lanes that somebody owns, with who waits in them.
    private let lanes = Mutex<[Key: [Place]]>([:])

    /// Waits until the command is answered, or returns `nil` at once to the new owner of the lane.
    func enter(_ request: CommandRequest, _ key: Key) async -> Answer? {
        await wait(key) { .command(Waiting(request: request, caller: $0)) }
    }

    /// Waits until the lane is the caller's, who must call ``leave(_:)``.
    func hold(_ key: Key) async throws(ApplicationError) {
        if let answer = await wait(key, { .holder($0) }) { _ = try answer.get() }
    }

    private func wait(
        _ key: Key, _ place: (CheckedContinuation<Answer?, Never>) -> Place
    ) async -> Answer? {
        await withCheckedContinuation { caller in
            let answer = lanes.withLock { lanes -> Answer?? in
                guard let waiting = lanes[key] else {
                    lanes[key] = []
                    return .some(nil)
                }
                guard waiting.count < ApplicationLimits.waitingPerPatient else {
                    return .failure(
                        .store(EventLogError(.overloaded, "too much is waiting for this patient")))
                }
                lanes[key]?.append(place(caller))
                return nil
            }
            if let answer { caller.resume(returning: answer) }
        }
    }

    /// Gives the lane up. If commands wait they are returned, and the lane belongs to whoever serves them; if
    /// somebody waits for the lane itself, it is theirs.
    func leave(_ key: Key) -> [Waiting] {
        let next = lanes.withLock { lanes -> [Place] in
            guard let waiting = lanes[key], let first = waiting.first else {
                lanes[key] = nil
                return []
            }
            let next: [Place] =
                switch first {
                case .holder: [first]
                case .command:
                    Array(
                        waiting.prefix { $0.command != nil }
                            .prefix(ApplicationLimits.commandsPerChain))
                }
            lanes[key]?.removeFirst(next.count)
            return next
        }
        if case .holder(let caller)? = next.first { caller.resume(returning: nil) }
        return next.compactMap(\.command)
    }
}

extension PatientLanes.Place {
    fileprivate var command: PatientLanes.Waiting? {
        switch self {
        case .command(let waiting): waiting
        case .holder: nil
        }
    }
}
