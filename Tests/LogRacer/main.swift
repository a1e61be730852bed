import EventStore
import EventStoreConformance
import Foundation
import Postgres
import PostgresEventStore

// One of several processes that race on one stream, each with chained commands, each deciding on what
// it has read:
//
//     LogRacer <conninfo> <role> <tenant> <stream> <commands to get in>
//
// It prints the ids of the commands it got in, in order.

let arguments = CommandLine.arguments
guard arguments.count == 6, let tenant = TenantID(arguments[3]),
    let uuid = UUID(uuidString: arguments[4]), let wanted = Int(arguments[5])
else { exit(64) }

let pool = PostgresPool(
    configuration: PostgresConfiguration(conninfo: arguments[1], settings: ["role": arguments[2]]),
    maximum: 2)
let store = PostgresEventStore(pool: pool)
let sample = Sample("thing", uuid)
var waiting = (0..<wanted).map { _ in CommandID(UUID()) }

while !waiting.isEmpty {
    let batch = waiting.prefix(5)
    var version: Int64 = 0
    while true {
        let page = try await store.read(
            sample.stream, tenant: tenant, after: StreamVersion(version), limit: 1_000)
        guard let last = page.last else { break }
        version = last.version.value
    }
    let appends = batch.enumerated().map { index, id in
        sample.append(id, at: version + Int64(2 * index), events: 2)
    }
    let outcomes = try await store.append(appends, tenant: tenant)
    for (id, outcome) in zip(batch, outcomes) where outcome.appended != nil {
        waiting.removeAll { $0 == id }
        print(id)
    }
}
