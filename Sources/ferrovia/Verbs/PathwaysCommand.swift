import ArgumentParser
import InfusionKnowledge

struct PathwaysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pathways",
        abstract: "The numbers of the rules, with their sources: shows, checks, compares them.",
        discussion: """
            Ferrovia ships them; a site sets what is not fixed in the sites file. docs/pathways-file.md \
            describes the file.
            """,
        subcommands: [Show.self, Validate.self, Diff.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes the pathways that are shipped as their file.")

        func run() async throws {
            try await Failing.run { Console.raw(Array(PathwaysFile.shipped.text.utf8)) }
        }
    }

    struct Validate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reads pathways and says everything that is wrong with them, by line.",
            discussion: """
                And where they allow more than a site may set. Ends with 1 if anything is found.
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
                Against another file, or what is shipped. Ends with 1 if there is a difference.
                """)
        @Argument(help: "The newer file.") var file: String
        @Argument(help: "The older file; default: what is shipped.") var older: String?
        @Flag(help: "Answer in JSON, one line a difference.") var json = false

        func run() async throws {
            try await Failing.run {
                let old =
                    try older.map { try KnowledgeVerbs<PathwaysFile>.require($0) } ?? .shipped
                try KnowledgeVerbs.diff(
                    KnowledgeVerbs<PathwaysFile>.require(file), against: old, json: json)
            }
        }
    }
}
