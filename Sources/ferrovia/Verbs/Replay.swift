import ArgumentParser
import EventStore
import Infusion
import InfusionJournal
import InfusionPostgres
import InfusionProjections
import PostgresEventStore

struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Reads the log again: prints events, or folds them to patients' states.",
        discussion: """
            Identities are not read, so no key is needed. Without --patient the whole log is replayed; \
            --state then prints one line a patient.
            """)
    @OptionGroup var options: TenantOptions
    @Option(help: "Only this patient.") var patient: String?
    @Option(help: "Up to this position, or this instant of recording (RFC 3339).") var until:
        String?
    @Flag(help: "Fold to state instead of printing events.") var state = false
    @Flag(help: "Answer in JSON lines.") var json = false

    func run() async throws {
        try await Failing.run {
            let backend = try await options.open()
            let last: Position
            if let until {
                last = try await KnownOptions.position(until, in: backend)
            } else {
                last = try await backend.log.head(tenant: backend.tenant)
            }
            if let patient {
                guard let id = PatientID(patient) else {
                    throw ValidationError("'\(patient)' is no patient id, which is a UUID")
                }
                let events = try await events(of: id, upTo: last, in: backend)
                guard !events.isEmpty else { throw Console.fail("no such patient", Exit.noAnswer) }
                try print(events, backend: backend)
            } else {
                try await replayAll(upTo: last, in: backend)
            }
        }
    }

    private func events(
        of patient: PatientID, upTo last: Position, in backend: Backend
    ) async throws -> [RecordedEvent] {
        var events: [RecordedEvent] = []
        while true {
            let page = try await backend.log.read(
                PatientStream.id(of: patient), tenant: backend.tenant,
                after: events.last?.version ?? .none, limit: 1_000)
            events += page.filter { $0.position <= last }
            if page.count < 1_000 { return events }
        }
    }

    private func print(_ events: [RecordedEvent], backend: Backend) throws {
        guard state else {
            for event in events { Console.out(line(event)) }
            return
        }
        let codec = JournalCodec()
        var folded = PatientState()
        for event in events {
            folded = PatientDecider().evolve(
                folded, try codec.decode(event, cipher: backend.unsealed(event.stream)))
        }
        Console.out(bytes: PatientDocument.render(folded))
    }

    private func replayAll(upTo last: Position, in backend: Backend) async throws {
        let codec = JournalCodec()
        let bar = ProgressBar("replay")
        var states: [StreamID: PatientState] = [:]
        for try await batch in backend.log.replay(
            tenant: backend.tenant, from: Position(1), to: last)
        {
            for event in batch {
                guard state else {
                    Console.out(line(event))
                    continue
                }
                guard event.stream.category == PatientStream.category else { continue }
                let decoded = try codec.decode(event, cipher: backend.unsealed(event.stream))
                states[event.stream, default: PatientState()] = PatientDecider().evolve(
                    states[event.stream] ?? PatientState(), decoded)
            }
            bar.update(Int(batch.last?.position.value ?? 0), of: Int(last.value))
        }
        bar.finish()
        for (_, folded) in states.sorted(by: { $0.key.description < $1.key.description }) {
            Console.out(bytes: PatientDocument.render(folded))
        }
    }

    private func line(_ event: RecordedEvent) -> String {
        if json { return String(decoding: ExportedEvent.line(event), as: UTF8.self) }
        return [
            String(event.position.value), event.recordedAt.text, event.data.effectiveAt.text,
            event.stream.description, "v\(event.version)", event.data.type, event.metadata.actor,
        ].joined(separator: "  ")
    }
}
