import ArgumentParser
import EventStore
import Infusion
import InfusionJournal
import InfusionKnowledge
import PostgresEventStore
import YAMLReader

struct FormularyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "formulary",
        abstract:
            "The products and dosing rows that decide: shows, checks, compares, activates them.",
        discussion: """
            Ferrovia ships a formulary. A clinic may activate another, never one that is weaker than a \
            label; docs/formulary.md describes the file.
            """,
        subcommands: [Show.self, Validate.self, Diff.self, Activate.self, History.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes the formulary that is shipped, or in force for a tenant, as its file."
        )
        @OptionGroup var database: DatabaseOptions
        @Option(help: "The tenant's name; default: the formulary that is shipped.")
        var tenant: String?

        func run() async throws {
            try await Failing.run {
                Console.raw(Array(try await FormularyCommand.inForce(tenant, database).text.utf8))
            }
        }
    }

    struct Validate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reads a formulary and says everything that is wrong with it, by line.",
            discussion: "Ends with 1 if it could not be activated.")
        @Argument(help: "The YAML file.") var file: String
        @Flag(help: "Answer in JSON.") var json = false

        func run() async throws {
            try await Failing.run {
                let read: FormularyFile
                do throws(YAMLProblems) { read = try FormularyCommand.read(file) } catch {
                    return try show(problems: error.all)
                }
                let weakenings = read.formulary.weakenings(
                    against: FormularyFile.shipped.formulary)
                show(read, weakenings)
                if !weakenings.isEmpty { throw Exit.found }
            }
        }

        private func show(problems: [YAMLProblem]) throws {
            guard json else {
                for problem in problems { Console.out(problem.description) }
                throw Exit.found
            }
            Console.out([
                "valid": .bool(false),
                "problems": .list(problems) {
                    [
                        "line": .optional($0.line) { .integer(Int64($0)) },
                        "column": .optional($0.column) { .integer(Int64($0)) },
                        "path": .string($0.path), "message": .string($0.message),
                    ]
                },
            ])
            throw Exit.found
        }

        private func show(_ file: FormularyFile, _ weakenings: [Weakening]) {
            let formulary = file.formulary
            guard json else {
                for weakening in weakenings {
                    Console.out("weaker than the label: \(weakening)")
                }
                return Console.out(
                    """
                    \(formulary.version): \(formulary.products.count) products, \
                    \(formulary.rows.count) rows, \(formulary.preparations.count) preparations; \
                    SHA-256 \(file.contentHash)
                    """)
            }
            Console.out([
                "valid": .bool(weakenings.isEmpty), "version": .string(formulary.version),
                "contentHash": .string(file.contentHash),
                "products": .integer(Int64(formulary.products.count)),
                "rows": .integer(Int64(formulary.rows.count)),
                "weakerThanLabel": .list(weakenings, \.json),
            ])
        }
    }

    struct Diff: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says what a formulary changes, field by field.",
            discussion: """
                Against another file, what is in force for a tenant, or what is shipped. Ends with 1 if \
                there is a difference.
                """)
        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The newer file.") var file: String
        @Argument(help: "The older file; default: what is in force or shipped.") var older: String?
        @Option(help: "Against what is in force for this tenant.") var tenant: String?
        @Flag(help: "Answer in JSON, one line a difference.") var json = false

        func validate() throws {
            if older != nil, tenant != nil {
                throw ValidationError("an older file or --tenant, not both")
            }
        }

        func run() async throws {
            try await Failing.run {
                let new = try FormularyCommand.require(file)
                let old =
                    if let older { try FormularyCommand.require(older) } else {
                        try await FormularyCommand.inForce(tenant, database)
                    }
                let differences = FormularyDifference.between(old.formulary, new.formulary)
                for difference in differences { show(difference) }
                if differences.isEmpty {
                    if !json { Console.out("No difference.") }
                } else {
                    throw Exit.found
                }
            }
        }

        private func show(_ difference: FormularyDifference) {
            guard !json else { return Console.out(difference.json) }
            let place =
                "\(difference.kind.rawValue) \(difference.entry)"
                + (difference.field.map { ".\($0)" } ?? "")
            switch (difference.before, difference.after) {
            case (let before?, let after?):
                Console.out("~ \(place)\n    - \(before)\n    + \(after)")
            case (let before?, nil): Console.out("- \(place): \(before)")
            case (nil, let after?): Console.out("+ \(place): \(after)")
            case (nil, nil): Console.out("~ \(place)")
            }
        }
    }

    struct Activate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes a formulary into force for a tenant.",
            discussion: """
                An event in the log, with the whole file. Every process decides by it two seconds later at \
                the latest, and each decision carries its version. A file that allows more than a label \
                is refused, and so is a version that was activated before with another content.
                """)
        @OptionGroup var options: TenantOptions
        @Argument(help: "The YAML file.") var file: String
        @Option(
            help: "Who decided it: a name as the clinic's tokens carry it.",
            transform: Arguments.actor)
        var actor: String
        @Flag(help: "Answer in JSON.") var json = false

        func run() async throws {
            try await Failing.run {
                let read = try FormularyCommand.require(file)
                let backend = try await options.open()
                let outcome: FormularyOutcome
                do {
                    outcome = try await backend.activation.activate(
                        read, Backend.decision(by: actor))
                } catch let refusal as FormularyRefusal {
                    throw Console.fail(refusal.text, .found)
                }
                show(read, outcome)
            }
        }

        private func show(_ file: FormularyFile, _ outcome: FormularyOutcome) {
            let version = file.formulary.version
            let (position, isNew) =
                switch outcome {
                case .activated(let position): (position, true)
                case .alreadyInForce(let position): (position, false)
                }
            guard !json else {
                return Console.out([
                    "version": .string(version), "contentHash": .string(file.contentHash),
                    "position": .integer(position.value), "activated": .bool(isNew),
                ])
            }
            Console.out(
                isNew
                    ? "\(version) is in force from position \(position) on."
                    : "\(version) has been in force since position \(position).")
        }
    }

    struct History: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The formularies that a tenant activated, by whom and when.")
        @OptionGroup var options: TenantOptions
        @Flag(help: "Answer in JSON, one line an activation.") var json = false

        func run() async throws {
            try await Failing.run {
                let history = try await options.open().activation.history()
                guard !json else {
                    for (event, activated) in history {
                        Console.out([
                            "version": .string(activated.version),
                            "contentHash": .string(activated.contentHash),
                            "position": .integer(event.position.value),
                            "actor": .string(event.metadata.actor),
                            "recordedAt": .string(event.recordedAt.text),
                        ])
                    }
                    return
                }
                var table = Table("version", "from position", "recorded", "by", "SHA-256")
                for (event, activated) in history {
                    table.add(
                        activated.version, event.position.description, event.recordedAt.text,
                        event.metadata.actor, activated.contentHash)
                }
                Console.out(
                    history.isEmpty
                        ? "None: the formulary that is shipped decides, "
                            + "\(FormularyFile.shipped.formulary.version)."
                        : table.render())
            }
        }
    }
}

extension FormularyCommand {
    static func read(_ path: String) throws(YAMLProblems) -> FormularyFile {
        let (text, name) = try Files.text(path)
        return try FormularyFile(text, file: name)
    }

    /// As a command that needs a sound file asks for it.
    static func require(_ path: String) throws -> FormularyFile {
        do throws(YAMLProblems) { return try read(path) } catch {
            throw Console.fail("\(error)", .inputOutput)
        }
    }

    fileprivate static func inForce(
        _ tenant: String?, _ database: DatabaseOptions
    ) async throws -> FormularyFile {
        guard let tenant else { return FormularyFile.shipped }
        let backend = try await Backend.open(database, tenant: tenant)
        guard let last = try await backend.activation.history().last else {
            return FormularyFile.shipped
        }
        do throws(YAMLProblems) {
            return try FormularyFile(last.activated.content, file: last.activated.version)
        } catch {
            throw Console.fail("\(error)", .software)
        }
    }
}

extension Backend {
    fileprivate var activation: FormularyActivation<PostgresEventStore<NoInlineProjections>> {
        FormularyActivation(
            log: PostgresEventStore(pool: pool, logger: Quiet.logger), tenant: tenant)
    }
}

extension FormularyRefusal {
    fileprivate var text: String {
        switch self {
        case .weakerThanLabel(let weakenings):
            "not activated, weaker than a label:\n"
                + weakenings.map(\.description).joined(separator: "\n")
        case .versionTaken(let version, let position):
            "not activated: \(version) was activated at position \(position) with another content; "
                + "give this one a version of its own"
        case .tooLarge(let bytes):
            "not activated: \(bytes) bytes; accepted: at most \(JournalLimits.formularyBytes)"
        }
    }
}

extension Weakening {
    fileprivate var json: JSON {
        ["entry": .string(entry), "field": .string(field), "problem": .string(problem)]
    }
}

extension FormularyDifference {
    fileprivate var json: JSON {
        [
            "kind": .string(kind.rawValue), "entry": .string(entry),
            "field": .optional(field) { .string($0) }, "before": .optional(before) { .string($0) },
            "after": .optional(after) { .string($0) },
        ]
    }
}
