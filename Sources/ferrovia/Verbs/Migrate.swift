import ArgumentParser
import InfusionJournal
import Postgres
import PostgresEventStore

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Brings the database schema up to this program's version. Safe to repeat.")

    @OptionGroup var database: DatabaseOptions
    @Option(help: "The service's login role, which gets the rights it needs and no more.")
    var loginRole: String?
    @Flag(help: "Answer in JSON.") var json = false

    func run() async throws {
        try await Failing.run {
            let applied = try await Migrator(
                configuration: try database.configuration(), loginRole: loginRole
            ).migrate()
            if json {
                Console.out(
                    bytes: JSONAnswer.object { writer in
                        writer.key("applied")
                        writer.beginArray()
                        for name in applied { writer.string(name) }
                        writer.endArray()
                    })
            } else if applied.isEmpty {
                Console.out("The schema is up to date.")
            } else {
                Console.out("Applied \(applied.count) files of the schema; --json names them.")
            }
        }
    }
}
