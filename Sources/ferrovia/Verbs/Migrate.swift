import ArgumentParser
import InfusionWire
import PostgresEventStore

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Brings the database schema up to this program's version. Safe to repeat.",
        discussion: """
            Needs the login of an administrator, who may create roles and schemas: --database-url, else \
            FERROVIA_ADMIN_DATABASE_URL, else FERROVIA_DATABASE_URL.
            """)

    @OptionGroup var database: DatabaseOptions
    @Option(help: "The service's login role, which gets the rights it needs and no more.")
    var loginRole: String?
    @Flag(help: "Answer in JSON.") var json = false

    func run() async throws {
        try await Failing.run {
            let applied = try await Migrator(
                configuration: try database.administratorConfiguration(), loginRole: loginRole
            ).migrate()
            if json {
                Console.out(["applied": .list(applied) { .string($0) }])
            } else if applied.isEmpty {
                Console.out("The schema is up to date.")
            } else {
                Console.out(
                    "Applied \(applied.count.counted("file")) of the schema; --json names them.")
            }
        }
    }
}
