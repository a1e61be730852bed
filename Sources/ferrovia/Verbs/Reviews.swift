import ArgumentParser
import EventStore
import Infusion
import InfusionApplication
import InfusionWire

struct Reviews: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Decisions that rested on a value which was corrected, retracted or learned late.",
        discussion: """
            Every patient of the tenant is read. A review stays until a person closes it with \
            POST /v1/patients/{id}/reviews.
            """)
    @OptionGroup var options: TenantOptions
    @OptionGroup var known: KnownOptions
    @Flag(help: "Answer in JSON, one line a patient.") var json = false

    func run() async throws {
        try await Failing.run {
            let backend = try await options.open()
            let useCases = try await backend.useCases()
            let position = try await known.position(in: backend)
            var table = Table(
                "patient", "decision", "event", "at", "would differ", "what changed")
            var count = 0
            for patient in try await backend.patients(upTo: position) {
                let answer = try await useCases.reviews(
                    of: patient, knownAt: .position(position), actor: backend.actor)
                guard !answer.reviews.isEmpty else { continue }
                count += answer.reviews.count
                if json {
                    Console.out(
                        [
                            "patient": .id(patient), "reviews": .list(answer.reviews, \.json),
                            "position": .integer(position.value),
                        ] as JSON)
                }
                for review in answer.reviews {
                    table.add(
                        patient.description, review.decision.kind, "v\(review.version)",
                        review.at.text,
                        review.wouldDiffer.map { $0 ? "yes" : "no" } ?? "unknown", review.summary)
                }
            }
            if !json {
                Console.out(table.render())
                Console.note(
                    "\(count.counted("decision")) to review, as known at position \(position)")
            }
        }
    }
}

extension DecisionReview {
    /// `ferritin 11.5 → 115 ng/mL, G-DX passed → blocked`
    fileprivate var summary: String {
        let results = changedResults.map { result in
            let now = result.now.map { Self.text($0.value) } ?? "retracted"
            return "\(result.analyte.rawValue) \(Self.text(result.before.value)) → \(now)"
        }
        let gates = differences.map {
            "\($0.before.gate.rawValue) \($0.before.verdict.rawValue) → \($0.now.verdict.rawValue)"
        }
        return (results + gates + (refusalNow.map { ["refused: \($0)"] } ?? []))
            .joined(separator: ", ")
    }

    private static func text(_ value: LabValue) -> String {
        "\(value.comparator?.rawValue ?? "")\(value.reported) \(value.reportedUnit)"
    }
}
