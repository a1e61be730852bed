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
            Every patient of the tenant is read, and none is named. A gate that is overridden often may ask \
            for too much.
            """)
    @OptionGroup var options: TenantOptions
    @OptionGroup var known: KnownOptions
    @Flag(help: "Answer in JSON, one object.") var json = false

    func run() async throws {
        try await Failing.run {
            let backend = try await options.open()
            let useCases = try await backend.useCases()
            let position = try await known.position(in: backend)
            let asOf = AsOf(effectiveAt: moment, knownAt: .position(position))
            var uses: [OverrideUse] = []
            for patient in try await backend.patients(upTo: position) {
                uses += try await useCases.overrideUses(
                    of: patient, asOf: asOf, actor: backend.actor)
            }
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

    /// What expired by then; of a position, when the log learned it.
    private var moment: Instant? {
        switch known.knownAt {
        case nil: Backend.now()
        case .instant(let instant)?: Instant(instant)
        case .position?: nil
        }
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

extension OverrideCount {
    /// `2026-03`.
    fileprivate var monthText: String {
        String(CalendarDate(year: year, month: month, day: 1)?.description.prefix(7) ?? "")
    }

    fileprivate var json: JSON {
        [
            "month": .string(monthText), "gate": .name(gate), "given": .integer(given),
            "used": .integer(used), "expired": .integer(expired), "open": .integer(open),
        ]
    }
}
