import ArgumentParser
import Faults
import Foundation
import Infusion
import InfusionCases
import InfusionKnowledge
import InfusionWire
import YAMLReader

struct Cases: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Acceptance cases that a pharmacist can read: runs them, holds them against the rules.",
        subcommands: [Run.self, Coverage.self, Rules.self])

    struct Run: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Runs cases through the real command path, in memory; no database is needed.",
            discussion: """
                Every *.yaml and *.yml of the folders, in the order of their names; docs/cases.md describes \
                the format. Ends with 1 if a case does not hold or cannot be read.
                """)
        @Argument(help: "Folders and files.") var paths: [String]
        @Option(help: "Only cases whose name holds this text.") var only: String?
        @Option(help: "Writes a JUnit report to this file.") var junit: String?
        @Option(help: "A formulary in the place of the one that is shipped.") var formulary: String?
        @Option(help: "Pathways in the place of those that are shipped.") var pathways: String?
        @Flag(help: "Names every case, not only those that do not hold.") var verbose = false
        @Flag(help: "Answer in JSON, one line a case.") var json = false

        func run() async throws {
            try await Failing.run {
                let shipped =
                    if let formulary {
                        try KnowledgeVerbs<FormularyFile>.require(formulary).formulary
                    } else {
                        FormularyFile.shipped.formulary
                    }
                let numbers =
                    try pathways.map { try KnowledgeVerbs<PathwaysFile>.require($0).pathways }
                    ?? .standard
                let files = try Cases.files(paths)
                var results: [CaseResult] = []
                var unreadable = 0
                for file in files {
                    do {
                        results += try await run(file, shipped, numbers)
                    } catch let problems as YAMLProblems {
                        unreadable += 1
                        Console.note("\(problems)")
                    }
                }
                if let junit { try write(JUnitReport.xml(results), to: junit) }
                let failed = results.count { !$0.holds }
                if !json { Console.out(summary(results.count, failed, unreadable)) }
                if failed > 0 || unreadable > 0 { throw Exit.found }
            }
        }

        private func run(
            _ file: String, _ shipped: Formulary, _ pathways: ClinicalPathways
        ) async throws -> [CaseResult] {
            let folder = URL(filePath: file).deletingLastPathComponent()
            let runner = CaseRunner { (name) throws(YAMLProblems) in
                try KnowledgeVerbs<FormularyFile>
                    .read(folder.appending(path: name).path(percentEncoded: false)).formulary
            }
            var results: [CaseResult] = []
            for found in try Cases.read(file, pathways)
            where only.map(found.name.contains) ?? true {
                let result = await runner.run(found, shipped: shipped)
                show(result)
                results.append(result)
            }
            return results
        }

        private func show(_ result: CaseResult) {
            if json {
                return Console.out([
                    "case": .string(result.name), "file": .string(result.file),
                    "holds": .bool(result.holds),
                    "failures": .list(result.failures) { .string($0) },
                    "shows": .list(result.shows) { .string($0) },
                ])
            }
            if result.holds {
                if verbose { Console.out("✓ \(result.name)") }
                return
            }
            Console.out("✗ \(result.name)")
            for failure in result.failures { Console.out("    \(failure)") }
        }

        private func summary(_ count: Int, _ failed: Int, _ unreadable: Int) -> String {
            let files =
                unreadable == 0 ? "" : ", \(unreadable.counted("file")) could not be read"
            let held = (count - failed).counted("holds", "hold")
            return "\(count.counted("case")): \(held), \(failed.counted("does", "do")) not\(files)"
        }

        private func write(_ text: String, to path: String) throws {
            do {
                try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
            } catch {
                throw Console.fail("cannot write \(path)", .inputOutput)
            }
        }
    }

    struct Coverage: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Names the rows of the clinical tables that no case shows.",
            discussion: """
                Dosing rows, cells of the need tables, contexts, gates, overrides, reactions, rechecks, the \
                urgency ladder, levels and rows of the response; a case names what it shows. Ends with 1 if a \
                row has none, or if a case names what is no rule.
                """)
        @Argument(help: "Folders and files.") var paths: [String]
        @Flag(help: "Answer in JSON, one line a row.") var json = false

        func run() async throws {
            try await Failing.run {
                let read = try Cases.files(paths).flatMap { try Cases.read($0) }
                var cases: [String: Int] = [:]
                for row in read.flatMap(\.shows) { cases[row, default: 0] += 1 }
                let unknown = CaseCoverage.unknownTags(in: read, of: .standard)
                let rows = CaseCoverage.rows(of: .standard)
                let missing = rows.filter { cases[$0.id] == nil }
                if json {
                    for row in rows {
                        Console.out([
                            "table": .string(row.table.title), "row": .string(row.id),
                            "cases": .integer(cases[row.id] ?? 0),
                        ])
                    }
                    for tag in unknown {
                        Console.out([
                            "unknown": .string(tag.tag), "case": .string(tag.name),
                            "file": .string(tag.file),
                        ])
                    }
                } else {
                    for row in missing { Console.out("\(row.table.title): \(row.id) has no case") }
                    for tag in unknown {
                        Console.out("\(tag.file): '\(tag.name)' shows \(tag.tag), which is no rule")
                    }
                    let names = unknown.count.counted("name that is", "names that are")
                    let tags = unknown.isEmpty ? "" : ", \(names) no rule"
                    Console.out(
                        "\(rows.count.counted("row")), \(missing.count) without a case\(tags)")
                }
                if !missing.isEmpty || !unknown.isEmpty { throw Exit.found }
            }
        }
    }
}

extension Cases {
    static func files(_ paths: [String]) throws -> [String] {
        let files = try InputFile.expand(paths, endings: [".yaml", ".yml"])
            .filter { !$0.hasSuffix(".gz") }
        if files.isEmpty { throw Console.fail("no cases there", .inputOutput) }
        return files
    }

    static func read(
        _ file: String, _ pathways: ClinicalPathways = .standard
    ) throws -> [ClinicalCase] {
        guard let text = String(validating: try Files.read(file), as: UTF8.self) else {
            throw YAMLProblems(
                YAMLProblem(file: file, line: nil, column: nil, path: "", message: "is not UTF-8"))
        }
        return try CaseReader.read(text, file: file, pathways: pathways)
    }
}
