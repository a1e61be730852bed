import ArgumentParser
import EventStore
import Foundation
import InfusionJournal
import InfusionPostgres
import PostgresEventStore

struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes the log as NDJSON, one event a line, payloads byte for byte.",
        discussion: "Identities stay encrypted; without the keys the export is a history of nobody."
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

/// One event as a line of an export.
enum ExportedEvent {
    static func line(_ event: RecordedEvent) -> [UInt8] {
        JSONAnswer.object { writer in
            func field(_ name: String, _ value: String) {
                writer.key(name)
                writer.string(value)
            }
            func field(_ name: String, _ value: Int64) {
                writer.key(name)
                writer.integer(value)
            }
            field("position", event.position.value)
            field("stream", event.stream.description)
            field("version", event.version.value)
            field("type", event.data.type)
            field("payloadVersion", Int64(event.data.payloadVersion))
            field("effectiveAt", event.data.effectiveAt.microsecondsSinceUnixEpoch)
            field("recordedAt", event.recordedAt.microsecondsSinceUnixEpoch)
            field("commandId", event.commandID.description)
            field("actor", event.metadata.actor)
            field("correlationId", event.metadata.correlationID.uuidString.lowercased())
            writer.key("causation")
            if let causation = event.metadata.causation {
                writer.integer(causation.value)
            } else {
                writer.null()
            }
            field("ruleSet", event.metadata.ruleSet)
            field("logEpoch", Int64(event.logEpoch))
            field("payload", String(decoding: event.data.payload, as: UTF8.self))
        }
    }
}
