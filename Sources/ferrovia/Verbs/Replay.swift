import ArgumentParser
import EventStore
import Infusion
import InfusionJournal
import InfusionProjections

struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Reads the log again: prints events, or folds them to patients' states.",
        discussion: """
            Identities are not read, so no key is needed. Without --patient the whole log is replayed; \
            --state then prints one line a patient. With --file an export is replayed, and no database \
            is needed; one that was cut off is refused, or with --partial replayed up to its last whole \
            command.
            """)
    @OptionGroup var database: DatabaseOptions
    @Option(help: "The tenant's name.") var tenant: String?
    @Option(help: "An export to replay instead of a tenant's log, plain or gzip.") var file: String?
    @Flag(help: "Take an export without its end line, as far as it goes.") var partial = false
    @Option(help: "Only this patient.", transform: Arguments.patient) var patient: PatientID?
    @Option(
        help: "Up to this position, or this instant of recording (RFC 3339).",
        transform: Known.init)
    var until: Known?
    @Flag(help: "Fold to state instead of printing events.") var state = false
    @Flag(help: "Answer in JSON lines.") var json = false

    func validate() throws {
        guard (tenant == nil) != (file == nil) else {
            throw ValidationError("give either --tenant or --file")
        }
        guard !partial || file != nil else {
            throw ValidationError("--partial is about a --file")
        }
    }

    func run() async throws {
        try await Failing.run {
            let source = try await open()
            let last = try await source.position(until)
            if let patient {
                let events = try await source.events(of: patient, upTo: last)
                guard !events.isEmpty else { throw Console.fail("no such patient", .noAnswer) }
                guard state else { return events.forEach(print) }
                let history = StateFold.History(patient: patient, events: events.map(\.data))
                try await StateFold(tenant: source.tenant).documents(of: [history])
                    .forEach(Console.out(bytes:))
            } else if state {
                try await foldAll(of: source, upTo: last)
            } else {
                try await printAll(of: source, upTo: last)
            }
        }
    }

    private func open() async throws -> ReplaySource {
        if let tenant { return .log(try await Backend.open(database, tenant: tenant)) }
        let input = try await InputFile.read(file ?? "")
        let export = try ReplayFile(input, isPartialAllowed: partial)
        if export.isPartial { tell(input.name, endsAt: export.events.last?.position ?? .start) }
        return .export(export)
    }

    private func tell(_ name: String, endsAt position: Position) {
        Console.note(
            json
                ? String(
                    decoding: JSONAnswer.object { writer in
                        writer.member("partial", name)
                        writer.member("to", position.value)
                    }, as: UTF8.self)
                : "ferrovia: \(name) has no end line: replayed is what it holds, up to position \(position)"
        )
    }

    private func printAll(of source: ReplaySource, upTo last: Position) async throws {
        let bar = ProgressBar("replay")
        try await source.forEachBatch(upTo: last) { batch in
            batch.forEach(print)
            bar.update(Int(batch.last?.position.value ?? 0), of: Int(last.value))
        }
        bar.finish()
    }

    /// A patient's state is as large as the history is long: each is printed once it is folded.
    private func foldAll(of source: ReplaySource, upTo last: Position) async throws {
        let bar = ProgressBar("replay")
        let fold = StateFold(tenant: source.tenant)
        var events = 0
        try await source.forEachPage(upTo: last) { page in
            for document in try await fold.documents(of: page) { Console.out(bytes: document) }
            events += page.reduce(0) { $0 + $1.events.count }
            bar.update(events, of: Int(last.value))
        }
        bar.finish()
    }

    private func print(_ event: RecordedEvent) {
        Console.out(line(event))
    }

    private func line(_ event: RecordedEvent) -> String {
        if json { return String(decoding: ExportedEvent.line(event), as: UTF8.self) }
        return [
            String(event.position.value), event.recordedAt.text, event.data.effectiveAt.text,
            event.stream.description, "v\(event.version)", event.data.type, event.metadata.actor,
        ].joined(separator: "  ")
    }
}
