import ArgumentParser
import EventStore
import InfusionPostgres
import PostgresEventStore

struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes the log as NDJSON: events, payloads byte for byte, and commands.",
        discussion: """
            Identities stay encrypted; without the keys the export is a history of nobody. \
            ferrovia replay --file reads it again, and ferrovia import log takes it into a tenant of the \
            same id. With --keys the patients' keys come at the end, wrapped as they are, which needs an \
            administrator's login: --database-url, else FERROVIA_ADMIN_DATABASE_URL, else \
            FERROVIA_DATABASE_URL.
            """
    )
    @OptionGroup var options: TenantOptions
    @Option(
        parsing: .unconditional, help: "Only events after this position.",
        transform: Arguments.position)
    var after = Position.start
    @Flag(help: "The patients' wrapped keys as well: whoever has the master key can open them.")
    var keys = false

    func run() async throws {
        try await Failing.run {
            let backend = try await options.open()
            let head = try await backend.log.head(tenant: backend.tenant)
            var lines = LogLines(
                backend.log, tenant: backend.tenant,
                after: try after.required(within: head), upTo: head)
            let bar = ProgressBar("export")
            while let segment = try await lines.segment() {
                write(segment)
                if case .event(let event)? = segment.last(where: \.isEvent) {
                    bar.update(Int(event.position.value), of: Int(head.value))
                }
            }
            bar.finish()
            guard keys else { return }
            // Behind the events: who is erased while they are being read comes as erased.
            try await SubjectExport.read(
                options.database.administratorConfiguration(), tenant: backend.tenant
            ) { page in write(page.map { .subject($0, of: backend.tenant) }) }
        }
    }

    private func write(_ lines: [LogLine]) {
        var bytes: [UInt8] = []
        for line in lines {
            bytes += line.bytes
            bytes.append(0x0A)
        }
        Console.raw(bytes)
    }
}

extension LogLine {
    var isEvent: Bool {
        if case .event = self { true } else { false }
    }
}
