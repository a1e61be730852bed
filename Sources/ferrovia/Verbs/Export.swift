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
            same id. Its last line says that it is whole. With --keys the patients' keys come first, wrapped \
            as they are, which needs an administrator's login: --database-url, else \
            FERROVIA_ADMIN_DATABASE_URL, else FERROVIA_DATABASE_URL.
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
            let tenant = backend.tenant
            let head = try await backend.log.head(tenant: tenant)
            let after = try after.required(within: head)
            // Who may not read the keys is told so before there is a file that looks like an export.
            var subjects: SubjectExport? =
                keys
                ? try await .open(options.database.administratorConfiguration(), tenant: tenant)
                : nil
            var output = ExportOutput(
                ExportHeader(
                    tenant: tenant, from: after.advanced(by: 1), head: head, hasKeys: keys))
            while let page = try await subjects?.next() {
                output.write(page.map { .subject($0, of: tenant) })
            }
            try await write(
                LogLines(backend.log, tenant: tenant, after: after, upTo: head), upTo: head,
                to: &output)
            output.finish()
        }
    }

    private func write(
        _ log: consuming LogLines, upTo head: Position, to output: inout ExportOutput
    ) async throws {
        let bar = ProgressBar("export")
        defer { bar.finish() }
        while let segment = try await log.segment() {
            output.write(segment.map { .entry($0) })
            if case .event(let event)? = segment.last(where: \.isEvent) {
                bar.update(Int(event.position.value), of: Int(head.value))
            }
        }
    }
}
