import ArgumentParser
import EventStore
import InfusionWire
import Postgres

struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Where each log stands, how far reporting is behind, and what blocks.",
        discussion: """
            Looks at the schema's age, durability, logs being imported, parked patients, records that stay closed, reporting, transactions open for more \
            than \(CommandLineLimits.transactionSeconds / 60) minutes and replication slots that hold back WAL. \
            Sessions of other logins are seen by an administrator only. A rebuild that is not finished, \
            and a lease that its owner has let run out, are shown and block nothing. Ends with 1 if \
            anything blocks.
            """)
    @OptionGroup var database: DatabaseOptions
    @Flag(help: "Answer in JSON.") var json = false

    func run() async throws {
        try await Failing.run {
            let pool = try database.pool(maximum: 2)
            let schema = try await pool.withConnection { try await StatusCheck.schema($0) }
            // An older schema may lack what the tenants are asked about.
            let tenants = schema.isReady ? try await TenantStatus.readAll(pool) : []
            let server = try await pool.withConnection { connection in
                [
                    try await StatusCheck.durability(connection),
                    try await StatusCheck.transactions(connection),
                    try await StatusCheck.replicationSlots(connection),
                ]
            }
            let checks =
                [schema] + server + [
                    StatusCheck.imports(tenants), StatusCheck.parkedPatients(tenants),
                    StatusCheck.closedRecords(tenants),
                    StatusCheck.reporting(tenants),
                ]
            let isReady = checks.allSatisfy(\.isReady)
            if json {
                Console.out([
                    "status": isReady ? "ready" : "blocked", "checks": .list(checks, \.json),
                    "tenants": .list(tenants, \.json),
                ])
            } else {
                show(tenants, checks)
            }
            if !isReady { throw Exit.found }
        }
    }

    private func show(_ tenants: [TenantStatus], _ checks: [StatusCheck]) {
        var table = Table("tenant", "head", "reporting behind", "parked patients")
        for tenant in tenants {
            table.add(
                tenant.name, tenant.head.description, String(tenant.reportingLag),
                String(tenant.parked))
        }
        Console.out(table.render() + "\n")
        for tenant in tenants {
            for lease in tenant.lapsed {
                Console.out("LAPSED (lease): \(tenant.name): \(lease.text)\n  \(lease.advice)")
            }
            guard let rebuild = tenant.rebuild else { continue }
            Console.out(
                "NOT FINISHED (rebuild): \(tenant.name): \(rebuild.text); the live rows serve\n"
                    + "  \(rebuild.advice(tenant: tenant.name))")
        }
        for check in checks {
            for blocker in check.blockers {
                Console.out("BLOCKED (\(check.name)): \(blocker.detail)\n  \(blocker.advice)")
            }
        }
        if checks.allSatisfy(\.isReady) { Console.out("Nothing blocks.") }
    }
}
