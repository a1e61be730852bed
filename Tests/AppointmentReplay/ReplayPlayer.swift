import EventStore
import Foundation
import Infusion
import InfusionApplication

/// Gives the commands, one after the other.
struct ReplayPlayer {
    struct Outcome {
        var accepted = 0
        /// By code.
        var refused: [String: Int] = [:]
        /// Of the last command given by the mark.
        var marked = Position.start

        var json: String {
            let codes = refused.sorted { $0.key < $1.key }.map { #""\#($0)":\#($1)"# }
            return #"{"accepted":\#(accepted),"refused":{\#(codes.joined(separator: ","))},"#
                + #""marked":\#(marked.value)}"#
        }
    }

    let useCases: InfusionService
    let clock: ReplayClock
    let actor: Actor

    /// What the domain refuses is counted; anything else ends it.
    func play(_ steps: [ReplayStep], marking mark: Instant) async throws -> Outcome {
        var outcome = Outcome()
        for (index, step) in steps.enumerated() {
            clock.set(step.at)
            do throws(ApplicationError) {
                let receipt = try await useCases.handle(request(step, index))
                outcome.accepted += 1
                if step.at <= mark { outcome.marked = receipt.position }
            } catch {
                outcome.refused[try Self.no(error), default: 0] += 1
            }
        }
        return outcome
    }

    /// The domain's no by its code.
    private static func no(_ error: ApplicationError) throws(ApplicationError) -> String {
        if case .refused(let refusal, _, _) = error { return refusal.code }
        if case .unavailable(let constraint, _) = error { return constraint }
        throw error
    }

    private func request(_ step: ReplayStep, _ index: Int) -> CommandRequest {
        let text = String(format: "00000000-0000-4000-9000-%012d", index)
        guard let id = UUID(uuidString: text) else { preconditionFailure("a UUID: \(text)") }
        return CommandRequest(
            actor: actor, commandID: CommandID(id),
            fingerprint: withUnsafeBytes(of: id.uuid, Array.init), correlationID: id,
            expectedVersion: nil, target: .patient(step.patient), command: step.command)
    }
}
