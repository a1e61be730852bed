import ArgumentParser
import InfusionApplication
import InfusionKnowledge
import InfusionWire

struct PathwaysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pathways",
        abstract:
            "The numbers of the rules, with their sources: shows, checks, compares, activates them.",
        discussion: """
            Ferrovia ships them. A clinic may activate others, which allow no more; a site sets what is not \
            fixed in the sites file. docs/pathways-file.md describes the file.
            """,
        subcommands: [Show.self, Validate.self, Diff.self, Activate.self, History.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Writes the pathways that are shipped, or in force for a tenant, as their file."
        )
        @OptionGroup var database: DatabaseOptions
        @Option(help: "The tenant's name; default: the pathways that are shipped.")
        var tenant: String?

        func run() async throws {
            try await Failing.run {
                try await KnowledgeVerbs<PathwaysFile>.show(inForceFor: tenant, in: database)
            }
        }
    }

    struct Validate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reads pathways and says everything that is wrong with them, by line.",
            discussion: """
                And where they allow more than a site may set. Ends with 1 if they could not be activated.
                """)
        @Argument(help: "The YAML file.") var file: String
        @Flag(help: "Answer in JSON.") var json = false

        func run() async throws {
            try await Failing.run {
                try KnowledgeVerbs<PathwaysFile>.validate(file, json: json)
            }
        }
    }

    struct Diff: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says what pathways change, number by number.",
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
                try await KnowledgeVerbs<PathwaysFile>.diff(
                    file, against: older, orInForceFor: tenant, in: database, json: json)
            }
        }
    }

    struct Activate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes pathways into force for a tenant.",
            discussion: """
                An event in the log, with the whole file. Every process decides by them two seconds later at \
                the latest, and each decision carries their version. A file that allows more than what is \
                shipped is refused, and so is one that does not accept what a site of the tenant has set \
                for itself, and a version that was activated before with another content. Needs \
                FERROVIA_SITES_FILE.
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
                let read = try KnowledgeVerbs<PathwaysFile>.require(file)
                let sites = try Backend.sites()
                let backend = try await options.open()
                let beyond = try await sites.sites(of: backend.tenant).flatMap {
                    $0.beyond(read.pathways)
                }
                guard beyond.isEmpty else {
                    let places = beyond.map(\.description)
                    throw Failure(
                        message: "not activated, for what sites have set for themselves:\n"
                            + places.joined(separator: "\n"),
                        exit: .found,
                        members: Failure.refusal(
                            "sites-beyond",
                            [.init(name: "beyond", value: .list(places) { .string($0) })]))
                }
                try await KnowledgeVerbs.activate(read, for: backend, by: actor, json: json)
            }
        }
    }

    struct History: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The pathways that a tenant activated, by whom and when.")
        @OptionGroup var options: TenantOptions
        @Flag(help: "Answer in JSON, one line an activation.") var json = false

        func run() async throws {
            try await Failing.run {
                try await KnowledgeVerbs<PathwaysFile>.history(of: options.open(), json: json)
            }
        }
    }
}
