import ArgumentParser
import EventStore
import Infusion
import InfusionJournal
import InfusionKnowledge
import InfusionWire
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
                try KnowledgeVerbs<FormularyFile>.validate(file, json: json)
            }
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
                let new = try KnowledgeVerbs<FormularyFile>.require(file)
                let old =
                    if let older {
                        try KnowledgeVerbs<FormularyFile>.require(older)
                    } else {
                        try await FormularyCommand.inForce(tenant, database)
                    }
                try KnowledgeVerbs.diff(new, against: old, json: json)
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
                let read = try KnowledgeVerbs<FormularyFile>.require(file)
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
