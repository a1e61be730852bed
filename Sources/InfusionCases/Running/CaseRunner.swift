public import Infusion
import InfusionApplication
public import YAMLReader

/// What became of a case.
public struct CaseResult: Sendable {
    public let name: String
    public let file: String
    public let shows: [String]
    /// Empty if the case holds; each names a line of the file, what was expected and what came.
    public let failures: [String]
    public let duration: Duration

    public var holds: Bool { failures.isEmpty }
}

/// Runs cases one after another, each in a clinic of its own.
public struct CaseRunner {
    private let formularies: (String) throws(YAMLProblems) -> Formulary

    /// - Parameter formularies: Reads another formulary that a case names.
    public init(formularies: @escaping (String) throws(YAMLProblems) -> Formulary) {
        self.formularies = formularies
    }

    public func run(_ found: ClinicalCase, shipped: Formulary) async -> CaseResult {
        let clock = ContinuousClock()
        let start = clock.now
        var failures: [String] = []
        do {
            failures = try await judge(found, shipped: shipped)
        } catch let failure as CaseFailure {
            failures = [failure.message]
        } catch {
            failures = ["\(error)"]
        }
        return CaseResult(
            name: found.name, file: found.file, shows: found.shows, failures: failures,
            duration: clock.now - start)
    }

    private func judge(_ found: ClinicalCase, shipped: Formulary) async throws -> [String] {
        let formulary = try found.formulary.map(formularies) ?? shipped
        let steps = found.given + found.when
        let clinic = try await CaseClinic(
            site: found.site, plan: found.plan,
            knowledge: FixedKnowledge(formulary: formulary, pathways: found.pathways),
            now: steps[0].told)
        let cast = CaseCast(clinic, found)
        for step in found.given + found.when.dropLast() {
            let outcome = try await cast.perform(step)
            if case .refused = outcome {
                throw CaseFailure("was not accepted: \(outcome.text)", at: step.place)
            }
        }
        var outcome: CaseOutcome?
        if let last = found.when.last {
            outcome = try await cast.perform(last)
            // Else all that was so before the step would pass for its answer.
            if case .refused(let refusal) = outcome, !found.then.expectsRefusal {
                throw CaseFailure(
                    "was not accepted: \(refusal.text); if that is right, `then` says"
                        + " refused: \(refusal.code)", at: last.place)
            }
        }
        return try await ExpectationCheck(
            clinic: clinic, cast: cast, outcome: outcome
        ).failures(of: found.then)
    }
}
