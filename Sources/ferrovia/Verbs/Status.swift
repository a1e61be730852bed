import ArgumentParser
import EventStore
import Foundation
import InfusionJournal
import InfusionPostgres
import Postgres
import PostgresEventStore

struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Where each log stands, how far reporting is behind, and what blocks.")
    @OptionGroup var database: DatabaseOptions
    @Flag(help: "Answer in JSON, one line a tenant.") var json = false

    func run() async throws {
        try await Failing.run {
            let pool = try database.pool(maximum: 2)
            let tenants = try await TenantDirectory(pool: pool).list()
            let log = PostgresEventStore(pool: pool, logger: Quiet.logger)
            let durability = try await Durability.read(pool)
            var table = Table("tenant", "head", "reporting behind", "parked patients")
            for tenant in tenants {
                let head = try await log.head(tenant: tenant.id)
                let reporting = try await ReportingStatus.read(pool, tenant: tenant.id)
                let lag = head.value - reporting.position.value
                if json {
                    Console.out(
                        bytes: JSONAnswer.object { writer in
                            writer.key("tenant")
                            writer.string(tenant.name.description)
                            for (name, value) in [
                                ("head", head.value), ("reportingLag", lag),
                                ("parked", Int64(reporting.parked)),
                            ] {
                                writer.key(name)
                                writer.integer(value)
                            }
                            writer.key("durable")
                            writer.bool(durability.warnings.isEmpty)
                        })
                } else {
                    table.add(
                        tenant.name.description, head.description, String(lag),
                        String(reporting.parked))
                }
            }
            if !json { Console.out(table.render()) }
            for warning in durability.warnings { Console.note("WARNING: \(warning)") }
        }
    }
}

/// Settings without which an acknowledged event can be lost.
struct Durability {
    let warnings: [String]

    static func read(_ pool: PostgresPool) async throws -> Durability {
        let rows = try await pool.withConnection { connection in
            try await connection.query(
                """
                SELECT current_setting('fsync'), current_setting('synchronous_commit'),
                  current_setting('full_page_writes')
                """)
        }
        let (fsync, commit, pages) = try rows[0].decode((String, String, String).self)
        var warnings: [String] = []
        if fsync == "off" { warnings.append("fsync is off: a power cut can destroy the log") }
        if commit == "off" {
            warnings.append("synchronous_commit is off: acknowledged events can be lost in a crash")
        }
        if pages == "off" { warnings.append("full_page_writes is off: a power cut can tear pages") }
        return Durability(warnings: warnings)
    }
}
