import ArgumentParser
import Foundation
import Infusion
import InfusionCases
import InfusionKnowledge

extension Cases {
    struct Rules: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists every clinical rule with its source, its mark and its cases.",
            discussion: """
                As Markdown, on standard output or as the files of a folder; those of Ferrovia itself are \
                docs/clinical. Rules, values and texts are those that decide; the cases are only read.
                """)
        @Argument(help: "The folder of the cases.") var folder: String
        @Option(help: "Writes README.md and one file a table into this folder, which is made.")
        var write: String?

        func run() async throws {
            try await Failing.run { try list() }
        }

        private func list() throws {
            let cases = try Cases.files([folder]).flatMap { try Cases.read($0) }
            let from = Self.components(of: write ?? ".")
            let book = RuleBook(formulary: .standard, pathways: .standard, cases: cases) { file in
                Self.path(to: Self.components(of: file), from: from)
            }
            guard let write else {
                return Console.out(book.files.map(\.text).joined(separator: "\n").trimmed)
            }
            try Self.write(book, to: URL(filePath: write))
            Console.out("\(book.files.count.counted("file")) in \(write)")
        }

        /// From the root down, without what leads nowhere.
        private static func components(of path: String) -> [String] {
            let base = path.hasPrefix("/") ? "" : FileManager.default.currentDirectoryPath + "/"
            return (base + path).split(separator: "/").reduce(into: []) { parts, part in
                if part == ".." {
                    _ = parts.popLast()
                } else if part != "." {
                    parts.append(String(part))
                }
            }
        }

        /// Up to what the two have in common, and down again.
        private static func path(to target: [String], from base: [String]) -> String {
            let common = zip(target, base).prefix { $0 == $1 }.count
            let up = Array(repeating: "..", count: base.count - common)
            return (up + target.dropFirst(common)).joined(separator: "/")
        }

        private static func write(_ book: RuleBook, to folder: URL) throws {
            do {
                try FileManager.default.createDirectory(
                    at: folder, withIntermediateDirectories: true)
                for file in book.files {
                    try Data(file.text.utf8).write(
                        to: folder.appending(path: file.name), options: .atomic)
                }
            } catch {
                throw Console.fail(
                    "cannot write to \(folder.path(percentEncoded: false))", .inputOutput)
            }
        }
    }
}

extension String {
    /// Without the line end that printing adds again.
    fileprivate var trimmed: String { hasSuffix("\n") ? String(dropLast()) : self }
}
