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
    @Option(
        parsing: .unconditional, help: "Only events after this position.",
        transform: Arguments.position)
    var after = Position.start

    func run() async throws {
        try await Failing.run {
            let backend = try await options.open()
            let head = try await backend.log.head(tenant: backend.tenant)
            let first = try after.required(within: head).advanced(by: 1)
            let bar = ProgressBar("export")
            var done = after
            for try await events in backend.log.replay(
                tenant: backend.tenant, from: first, to: head)
            {
                var lines: [UInt8] = []
                for event in events {
                    lines += ExportedEvent.line(event)
                    lines.append(0x0A)
                }
                Console.raw(lines)
                done = done.advanced(by: events.count)
                bar.update(Int(done.value), of: Int(head.value))
            }
            bar.finish()
        }
    }
}
