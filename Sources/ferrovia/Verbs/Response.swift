import ArgumentParser
import EventStore
import Infusion
import InfusionApplication
import InfusionWire

struct Response: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "How a course of iron was answered, why not, and what would change that.")
    @OptionGroup var options: TenantOptions
    @OptionGroup var known: KnownOptions
    @OptionGroup var moment: MomentOptions
    @Option(
        help: "The course of this order; default: the last one that iron was given in.",
        transform: Arguments.order)
    var order: OrderID?
    @Argument(help: "The patient's id.", transform: Arguments.patient) var patient: PatientID
    @Flag(help: "Answer in JSON, as GET /v1/patients/{id}/response does.") var json = false

    func run() async throws {
        try await Failing.run {
            let backend = try await options.open()
            let answer = try await backend.useCases().response(
                of: patient, order: order, asOf: try await moment.asOf(known, in: backend),
                actor: backend.actor)
            if json { Console.out(answer.json) } else { show(answer) }
        }
    }

    private func show(_ answer: ResponseAnswer) {
        guard let assessment = answer.assessment else {
            Console.out("no iron was given")
            Console.out(Self.knowledge(answer))
            return
        }
        Console.out(
            "order \(assessment.order): \(assessment.level.rawValue)"
                + (assessment.isProvisional ? " (provisional)" : "")
                + ", day \(assessment.days) after \(assessment.lastDose)")
        Console.out(Table(of: assessment.predicates).render())
        if let change = answer.wouldChange?.level {
            Console.out("What would change it: \(change.sentence)")
        }
        for (index, verdict) in assessment.verdicts.enumerated() {
            Console.out("\n\(verdict.cause.rawValue)  next: \(verdict.nextStep)")
            Console.out(Table(of: verdict.predicates).render())
            if !verdict.tests.isEmpty { Console.out("tests: \(Self.names(verdict.tests))") }
            if let change = answer.wouldChange?.verdicts[index] {
                Console.out("What would change it: \(change.sentence)")
            }
        }
        if !assessment.missing.isEmpty {
            let missing = assessment.missing.map(\.rawValue).joined(separator: ", ")
            Console.out("\nMissing: \(missing)")
        }
        if !assessment.missingTests.isEmpty {
            Console.out("Tests not done: \(Self.names(assessment.missingTests))")
        }
        Console.out("\n" + Self.knowledge(answer))
    }

    private static func names(_ tests: [NamedTest]) -> String {
        tests.map(\.rawValue).joined(separator: ", ")
    }

    private static func knowledge(_ answer: ResponseAnswer) -> String {
        "As known at position \(answer.position), by pathways \(answer.pathwaysVersion)."
    }
}
