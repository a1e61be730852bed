import ArgumentParser
import FHIRGateway
import Foundation
import Infusion
import InfusionApplication
import InfusionJournal

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Takes in what a clinic has: idempotent, and every row accounted for.",
        subcommands: [FHIR.self, Labs.self, Log.self])

    struct Options: ParsableArguments {
        @OptionGroup var tenant: TenantOptions
        @Option(help: "The site the patients belong to.") var site: String
        @Flag(help: "Answer in JSON.") var json = false
    }

    struct FHIR: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Bundles, resources or NDJSON (R4), plain or gzip; a file or a folder.")
        @OptionGroup var options: Options
        @Option(help: "The URI under which the files' resource ids are unique.")
        var source = "urn:ferrovia:import:fhir"
        @Argument(help: "Files and folders.") var paths: [String]

        func run() async throws {
            try await Failing.run {
                let files = try InputFile.expand(paths, endings: [".json", ".ndjson"])
                guard !files.isEmpty else {
                    throw Console.fail(
                        "no .json or .ndjson file in \(paths.joined(separator: ", "))",
                        Exit.inputOutput)
                }
                let importer = try await options.importer(source: source)
                var report = ImportReport()
                for path in files {
                    let file = try await InputFile.read(path)
                    let bar = ProgressBar(file.name)
                    let part = try await importer.importFHIR(
                        file.bytes, file: file.name, isTorn: file.isTorn
                    ) { done, total in bar.update(done, of: total) }
                    bar.finish()
                    report.merge(part)
                }
                try ImportAnswer.give(report, json: options.json)
            }
        }
    }

    struct Labs: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "A CSV file of laboratory results, plain or gzip, described by a mapping file.")
        @OptionGroup var options: Options
        @Option(help: "The JSON file that says what the columns are.") var mapping: String
        @Argument(help: "The file.") var path: String

        func run() async throws {
            try await Failing.run {
                let (mapping, file) = try await read()
                let importer = try await options.importer(source: mapping.source)
                let bar = ProgressBar(file.name)
                let report = try await importer.importLabs(file) { done, total in
                    bar.update(done, of: total)
                }
                bar.finish()
                try ImportAnswer.give(report, json: options.json)
            }
        }

        private func read() async throws -> (LabsMapping, LabsFile) {
            do {
                let mapping = try LabsMapping(json: Files.read(self.mapping))
                let input = try await InputFile.read(path)
                let file = try LabsFile(
                    input.bytes, name: input.name, isTorn: input.isTorn, mapping: mapping)
                return (mapping, file)
            } catch let problem as LabsMapping.MappingProblem {
                throw Console.fail("\(self.mapping): \(problem)", Exit.configuration)
            }
        }
    }
}

extension ImportCommand.Options {
    fileprivate func importer(source: String) async throws -> Importer {
        let backend = try await tenant.open()
        return try await Importer(
            useCases: backend.useCases(), actor: backend.actor, site: SiteID(site),
            in: Backend.sites(), source: source, newID: { UUID() })
    }
}

/// The account of an import.
enum ImportAnswer {
    /// - Throws: ``Exit/found`` where a person must look at what was not taken: nobody reads what a nightly
    ///   import prints.
    static func give(_ report: ImportReport, json: Bool) throws {
        print(report, json: json)
        guard report.isComplete else { throw Exit.found }
    }

    private static func print(_ report: ImportReport, json: Bool) {
        precondition(report.addsUp, "every row has exactly one disposition")
        if json {
            Console.out(bytes: rendered(report))
            return
        }
        Console.out(
            """
            \(report.rows.counted("row")): \(report.applied) applied, \(report.duplicate) duplicate, \
            \(report.notRelevantTotal) not relevant, \(report.quarantinedTotal) quarantined
            """)
        var table = Table("not taken because", "rows")
        for (reason, count) in report.quarantined.sorted(by: { $0.key < $1.key }) {
            table.add("quarantined: \(reason)", String(count))
        }
        let counted = report.notRelevant.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        for (code, count) in counted.prefix(12) {
            table.add("not relevant: \(code)", String(count))
        }
        if counted.count > 12 {
            table.add(
                "not relevant: \((counted.count - 12).counted("other code"))",
                String(counted.dropFirst(12).map(\.value).reduce(0, +)))
        }
        if report.quarantinedTotal + report.notRelevantTotal > 0 { Console.out(table.render()) }
        for (note, count) in report.notes.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            Console.out("note: \(note.rawValue), \(count.counted("row"))")
        }
        let listed =
            report.quarantinedRows.map { ($0.location, $0.reason) }
            + report.notedRows.map { ($0.location, $0.note.rawValue) }
        for (location, what) in listed.prefix(20) { Console.out("  \(location): \(what)") }
        if listed.count > 20 { Console.out("  … all with --json") }
    }

    private static func rendered(_ report: ImportReport) -> [UInt8] {
        JSONAnswer.object { writer in
            for (name, count) in [
                ("rows", report.rows), ("applied", report.applied), ("duplicate", report.duplicate),
            ] {
                writer.key(name)
                writer.integer(Int64(count))
            }
            let notes = report.notes.map { ($0.key.rawValue, $0.value) }
            for (name, counts) in [
                ("notRelevant", report.notRelevant), ("quarantined", report.quarantined),
                ("notes", Dictionary(uniqueKeysWithValues: notes)),
            ] {
                writer.key(name)
                writer.beginObject()
                for (code, count) in counts.sorted(by: { $0.key < $1.key }) {
                    writer.key(code)
                    writer.integer(Int64(count))
                }
                writer.endObject()
            }
            write(
                report.quarantinedRows.map { ($0.location, $0.reason) }, as: "quarantinedRows",
                saying: "reason", to: &writer)
            write(
                report.notedRows.map { ($0.location, $0.note.rawValue) }, as: "notedRows",
                saying: "note", to: &writer)
        }
    }

    private static func write(
        _ rows: [(location: RowLocation, what: String)], as member: String, saying key: String,
        to writer: inout JSONWriter
    ) {
        writer.key(member)
        writer.beginArray()
        for row in rows {
            writer.beginObject()
            writer.key("at")
            writer.string(row.location.description)
            writer.key(key)
            writer.string(row.what)
            writer.endObject()
        }
        writer.endArray()
    }
}
