import ArgumentParser
import EventStore
import InfusionPostgres
import PostgresEventStore

struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes the log as NDJSON, one event a line, payloads byte for byte.",
        discussion: """
            Identities stay encrypted; without the keys the export is a history of nobody. \
            ferrovia replay --file reads it again.
            """
    )
    @OptionGroup var options: TenantOptions
    @Option(help: "Only events after this position.") var after: Int64 = 0

    func run() async throws {
        try await Failing.run {
            let backend = try await options.open()
            let head = try await backend.log.head(tenant: backend.tenant)
            let bar = ProgressBar("export")
            var done = after
            for try await events in backend.log.replay(
                tenant: backend.tenant, from: Position(after + 1), to: head)
            {
                var lines: [UInt8] = []
                for event in events {
                    lines += ExportedEvent.line(event)
                    lines.append(0x0A)
                }
                Console.raw(lines)
                done += Int64(events.count)
                bar.update(Int(done), of: Int(head.value))
            }
            bar.finish()
        }
    }
}
