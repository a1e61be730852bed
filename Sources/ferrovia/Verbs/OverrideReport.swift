import ArgumentParser
import EventStore
import Infusion
import InfusionApplication
import InfusionWire

struct OverrideReport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "overrides",
        abstract: "Overrides by gate and month: given, used, and expired unused.",
        discussion: """
            All of the tenant's log is gone through, and nobody is named. A gate that is overridden often may ask \
            for too much.
            """)
    @OptionGroup var options: TenantOptions
    @OptionGroup var known: KnownOptions
    @Flag(help: "Answer in JSON, one object.") var json = false

    func run() async throws {
        try await Failing.run {
            let backend = try await options.open()
            let useCases = try await backend.useCases()
            var page = try await useCases.overrides(
                question(.beginning(knownAt: known.knowledge)), actor: backend.actor)
            var uses = page.uses
            while let next = page.next {
                page = try await useCases.overrides(question(.after(next)), actor: backend.actor)
                uses += page.uses
            }
            let position = page.position
            let counts = OverrideCount.counts(of: uses)
            if json {
                Console.out(
                    [
                        "rows": .list(counts, \.json), "position": .integer(position.value),
                    ] as JSON)
            } else {
                show(counts, position)
            }
        }
    }

    private func question(_ start: OverrideReportQuestion.Start) -> OverrideReportQuestion {
        OverrideReportQuestion(start: start, limit: ApplicationLimits.overrideReportPage)
    }

    private func show(_ counts: [OverrideCount], _ position: Position) {
        var table = Table("month", "gate", "given", "used", "expired unused", "open")
        for row in counts {
            table.add(
                row.monthText, row.gate.rawValue, "\(row.given)", "\(row.used)",
                "\(row.expired)", "\(row.open)")
        }
        Console.out(table.render())
        Console.note("as known at position \(position)")
    }
}
