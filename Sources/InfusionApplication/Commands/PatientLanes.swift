import EventStore
import Infusion
import Synchronization

/// Commands for one patient, one after another in this process: what comes while an earlier one is being
/// decided or written waits, and is then decided together with all that waits.
///
/// Whoever finds a lane empty owns it and works in their own task; so a patient whom one command
/// concerns, nearly everybody, costs one look at a dictionary.
final class PatientLanes: Sendable {
    typealias Answer = Result<CommandReceipt, ApplicationError>

    struct Key: Hashable {
        let tenant: TenantID
        let patient: PatientID
    }

    /// `nil` to the caller: the lane is theirs, and they must call ``leave(_:)``.
    struct Waiting: Sendable {
        let request: CommandRequest
        let caller: CheckedContinuation<Answer?, Never>
    }

    /// Lanes that somebody owns, with who waits in them.
    private let lanes = Mutex<[Key: [Waiting]]>([:])

    /// Waits until the command is answered, or returns `nil` at once to the new owner of the lane.
    func enter(_ request: CommandRequest, _ key: Key) async -> Answer? {
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
                lanes[key]?.append(Waiting(request: request, caller: caller))
                return nil
            }
            if let answer { caller.resume(returning: answer) }
        }
    }

    /// Gives the lane up. If somebody waits they are returned, and the lane belongs to whoever serves them.
    func leave(_ key: Key) -> [Waiting] {
        lanes.withLock { lanes in
            guard let waiting = lanes[key], !waiting.isEmpty else {
                lanes[key] = nil
                return []
            }
            let next = Array(waiting.prefix(ApplicationLimits.commandsPerChain))
            lanes[key]?.removeFirst(next.count)
            return next
        }
    }
}
