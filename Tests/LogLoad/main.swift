import EventStore
import Foundation
import Logging
import Postgres
import PostgresEventStore

// Appends of one event each, by many tasks over one log, until standard input ends:
//
//     LogLoad <conninfo> <tenant> <tasks> <seed>
//
// A task goes on with its next command when it was told what became of the last one, and sends the same
// command until then. Report.swift says what is printed. What is under way when the input ends is
// brought to its end first.

let arguments = CommandLine.arguments
guard arguments.count == 5, let tenant = TenantID(arguments[2]), let tasks = Int(arguments[3]),
    let seed = UInt64(arguments[4])
else { exit(64) }

let end = End()
Thread.detachNewThread {
    while let data = try? FileHandle.standardInput.read(upToCount: 1), !data.isEmpty {}
    end.come()
}

var logger = Logger(label: "log-load") { StreamLogHandler.standardError(label: $0) }
logger.logLevel = .error
// As many connections as the service has by default.
let pool = PostgresPool(
    configuration: PostgresConfiguration(conninfo: arguments[1], applicationName: "log-load"),
    maximum: 16, logger: logger)
let log = GroupAppendLog(PostgresEventStore(pool: pool, logger: logger))

await withTaskGroup { group in
    for number in 0..<tasks {
        let client = Client(number: number, seed: seed, log: log, tenant: tenant)
        group.addTask { await client.run(until: end) }
    }
}
