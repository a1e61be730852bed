import ArgumentParser
import EventStore
import Foundation
import Logging
import Postgres
import PostgresEventStore

/// Where the log is and how hard to push.
struct BenchOptions: ParsableArguments {
    @Option(help: "libpq connection string of the service's login.") var databaseURL: String
    @Option(help: "The tenant's id.", transform: BenchOptions.tenant) var tenant: TenantID
    @Option(help: "Operations in flight.") var clients = 64
    @Option(help: "How long; seconds.") var seconds = 3.0

    static func tenant(_ text: String) throws -> TenantID {
        guard let tenant = TenantID(text) else { throw ValidationError("not a tenant's id") }
        return tenant
    }

    /// As many connections as the service has by default, and as many of them kept for appends.
    func pool(maximum: Int = 16) -> PostgresPool {
        var quiet = Logger(label: "bench")
        quiet.logLevel = .error
        return PostgresPool(
            configuration: PostgresConfiguration(
                conninfo: databaseURL, applicationName: "ferrovia-bench"),
            maximum: maximum, reserve: PostgresLimits.poolReserve(of: maximum), logger: quiet)
    }
}
