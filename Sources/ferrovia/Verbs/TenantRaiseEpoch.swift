import ArgumentParser
import InfusionWire
import Postgres

extension TenantCommand {
    struct RaiseEpoch: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "After a failover or a restore: marks what is recorded from now on.",
            discussion: """
                Every event carries the log epoch. Raised once a standby has been promoted or a backup \
                restored, it lets a reader who has seen more than is left notice. A failover concerns the \
                whole database, so the epoch of every tenant is raised; once too often does no harm. \
                Needs the login of an administrator: --database-url, else FERROVIA_ADMIN_DATABASE_URL, \
                else FERROVIA_DATABASE_URL.
                """)
        @OptionGroup var database: DatabaseOptions
        @Flag(help: "Answer in JSON.") var json = false

        func run() async throws {
            try await Failing.run {
                let connection = try await PostgresConnection.connect(
                    database.administratorConfiguration())
                let epoch = try await connection.transaction { connection in
                    // The function is granted to nobody; an administrator is a member of the owner.
                    try await connection.executeScript(unsafeSQL: "SET LOCAL ROLE ferrovia_owner")
                    return try await connection.query("SELECT event_log.raise_log_epoch()")[0]
                        .decode(Int32.self, at: 0)
                }
                await connection.close()
                if json {
                    Console.out(["logEpoch": .integer(epoch)])
                } else {
                    Console.out(
                        "Raised the log epoch of every tenant; the highest is now \(epoch).")
                }
            }
        }
    }
}
