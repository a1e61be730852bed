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
        subcommands: [FHIR.self, Labs.self])

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
                let backend = try await options.tenant.open()
                let importer = Importer(
                    useCases: try backend.useCases(), actor: backend.actor,
                    site: SiteID(options.site), source: source, newID: { UUID() })
                var report = ImportReport()
                for path in try InputFile.expand(paths, endings: [".json", ".ndjson"]) {
                    let file = try await InputFile.read(path)
                    let bar = ProgressBar(file.name)
                    let part = try await importer.importFHIR(
                        file.bytes, file: file.name, isTorn: file.isTorn
                    ) { done, total in bar.update(done, of: total) }
                    bar.finish()
                    report.merge(part)
                }
                ImportAnswer.print(report, json: options.json)
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
                let mapping: LabsMapping
                do {
                    mapping = try LabsMapping(json: Files.read(self.mapping))
                } catch let problem as LabsMapping.MappingProblem {
                    throw Console.fail("\(self.mapping): \(problem)", Exit.configuration)
                }
                let backend = try await options.tenant.open()
                let importer = Importer(
                    useCases: try backend.useCases(), actor: backend.actor,
                    site: SiteID(options.site), source: mapping.source, newID: { UUID() })
                let file = try await InputFile.read(path)
                let bar = ProgressBar(file.name)
                let report = try await importer.importLabs(
                    file.bytes, file: file.name, isTorn: file.isTorn, mapping: mapping
                ) { done, total in bar.update(done, of: total) }
                bar.finish()
                ImportAnswer.print(report, json: options.json)
            }
        }
    }
}

/// The account of an import.
enum ImportAnswer {
    static func print(_ report: ImportReport, json: Bool) {
        precondition(report.addsUp, "every row has exactly one disposition")
        if json {
            Console.out(bytes: rendered(report))
            return
        }
        Console.out(
            """
            \(report.rows) rows: \(report.applied) applied, \(report.duplicate) duplicate, \
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
                "not relevant: \(counted.count - 12) other codes",
                String(counted.dropFirst(12).map(\.value).reduce(0, +)))
        }
        if report.quarantinedTotal + report.notRelevantTotal > 0 { Console.out(table.render()) }
        for row in report.quarantinedRows.prefix(20) {
            Console.out("  \(row.location): \(row.reason)")
        }
        if report.quarantinedTotal > 20 { Console.out("  … all with --json") }
    }

    private static func rendered(_ report: ImportReport) -> [UInt8] {
        JSONAnswer.object { writer in
            for (name, count) in [
                ("rows", report.rows), ("applied", report.applied), ("duplicate", report.duplicate),
            ] {
                writer.key(name)
                writer.integer(Int64(count))
            }
            for (name, counts) in [
                ("notRelevant", report.notRelevant), ("quarantined", report.quarantined),
            ] {
                writer.key(name)
                writer.beginObject()
                for (code, count) in counts.sorted(by: { $0.key < $1.key }) {
                    writer.key(code)
                    writer.integer(Int64(count))
                }
                writer.endObject()
            }
            writer.key("quarantinedRows")
            writer.beginArray()
            for row in report.quarantinedRows {
                writer.beginObject()
                writer.key("at")
                writer.string(row.location.description)
                writer.key("reason")
                writer.string(row.reason)
                writer.endObject()
            }
            writer.endArray()
        }
    }
}
