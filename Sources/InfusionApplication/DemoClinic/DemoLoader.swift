import Crypto
import EventStore
import Foundation
public import Infusion
import Synchronization

/// What became of the demo's commands.
public struct DemoOutcome: Sendable {
    public internal(set) var accepted = 0
    /// Commands the domain refused, by code and shut gates: a clinic has those too.
    public internal(set) var refused: [String: Int] = [:]
}

/// The demo clinic's clock: it shows the moment of the step being played.
public final class DemoClock: Sendable {
    private let moment = Mutex(Instant(microsecondsSinceUnixEpoch: 0))
    public init() {}
    public var now: Instant { moment.withLock { $0 } }
    func set(_ instant: Instant) { moment.withLock { $0 = instant } }
}

/// Plays the demo clinic's commands through the real use cases, each at its own time.
public struct DemoLoader: Sendable {
    let useCases: any InfusionUseCases
    let clock: DemoClock
    let actor: Actor

    /// `useCases` must take their time from `clock`.
    public init(useCases: any InfusionUseCases, clock: DemoClock, actor: Actor) {
        self.useCases = useCases
        self.clock = clock
        self.actor = actor
    }

    /// Safe to repeat: each command keeps its id, so a second run appends nothing.
    public func load(
        _ clinic: DemoClinic, progress: @Sendable (_ done: Int, _ total: Int) -> Void
    ) async throws(ApplicationError) -> DemoOutcome {
        let steps = clinic.steps()
        var outcome = DemoOutcome()
        for (index, step) in steps.enumerated() {
            clock.set(step.at)
            do {
                _ = try await useCases.handle(request(for: step, index: index, of: clinic))
                outcome.accepted += 1
            } catch {
                outcome.refused[try Self.name(of: error), default: 0] += 1
            }
            progress(index + 1, steps.count)
        }
        return outcome
    }

    /// How a no is counted: the refusal's code, and for shut gates which ones. Anything else goes up.
    private static func name(of error: ApplicationError) throws(ApplicationError) -> String {
        switch error {
        case .refused(.gatesShut(let findings), _, _):
            let shut = findings.filter { $0.verdict == .blocked || $0.verdict == .indeterminate }
                .filter { $0.severity != .information }.map(\.gate.rawValue)
            return "gates-shut (\(Set(shut).sorted().joined(separator: ", ")))"
        case .refused(let refusal, _, _): return refusal.code
        case .unavailable(let constraint, _): return constraint
        case .forbidden, .notFound, .versionMismatch, .keyReused, .contended, .identifierTaken,
            .unknownSite, .beyondTheHead, .stillToCome, .siteRefused, .store, .journal, .keys:
            throw error
        }
    }

    private func request(for step: DemoStep, index: Int, of clinic: DemoClinic) -> CommandRequest {
        let key = "demo|\(clinic.seed)|\(clinic.patients)|\(clinic.lastDay)|\(index)"
        let digest = Array(SHA256.hash(data: Array(key.utf8)))
        var bits = DemoRandom(seed: digest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
        return CommandRequest(
            actor: actor, commandID: CommandID(bits.uuid()), fingerprint: digest,
            correlationID: bits.uuid(), expectedVersion: nil, target: .patient(step.patient),
            command: step.command)
    }
}
