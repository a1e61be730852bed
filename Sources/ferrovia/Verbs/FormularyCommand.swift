import ArgumentParser
import InfusionKnowledge

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
                try await KnowledgeVerbs<FormularyFile>.show(inForceFor: tenant, in: database)
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
                try await KnowledgeVerbs<FormularyFile>.diff(
                    file, against: older, orInForceFor: tenant, in: database, json: json)
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
                try await KnowledgeVerbs.activate(
                    KnowledgeVerbs<FormularyFile>.require(file), for: options.open(), by: actor,
                    json: json)
            }
        }
    }

    struct History: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The formularies that a tenant activated, by whom and when.")
        @OptionGroup var options: TenantOptions
        @Flag(help: "Answer in JSON, one line an activation.") var json = false

        func run() async throws {
            try await Failing.run {
                try await KnowledgeVerbs<FormularyFile>.history(of: options.open(), json: json)
            }
        }
    }
}
