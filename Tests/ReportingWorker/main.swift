import EventStore
import Foundation
import InfusionPostgres
import InfusionProjections
import Postgres
import PostgresEventStore

// One of several processes that keep a dose report, to be paused, woken and killed:
//
//     ReportingWorker <conninfo> <role> <tenant> <owner> <milliseconds of a lease>

let arguments = CommandLine.arguments
guard arguments.count == 6, let tenant = TenantID(arguments[3]),
    let milliseconds = Int(arguments[5])
else { exit(64) }

let pool = PostgresPool(
    configuration: PostgresConfiguration(conninfo: arguments[1], settings: ["role": arguments[2]]),
    maximum: 2)
try await ReportingProjector(
    pool: pool, log: PostgresEventStore(pool: pool, projector: InfusionProjector()),
    tenant: tenant, doseReport: DoseReportProjection(zones: [:]), owner: arguments[4],
    pageEvents: 5, pollInterval: .milliseconds(5), lease: .milliseconds(milliseconds)
).run()
