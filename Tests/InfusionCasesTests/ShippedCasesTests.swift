import Faults
import Foundation
import Infusion
import InfusionCases
import InfusionKnowledge
import Testing
import YAMLReader

/// The acceptance cases of this repository, each run through the command path in memory.
@Suite("Acceptance cases")
struct ShippedCasesTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Cases")

    private static let files: [String] =
        (try? FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".yaml") }.sorted()) ?? []

    private static func cases(_ file: String) throws -> [ClinicalCase] {
        let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
        return try CaseReader.read(text, file: file)
    }

    @Test(arguments: files)
    func `every case holds`(file: String) async throws {
        let runner = CaseRunner { (name) throws(YAMLProblems) in
            throw YAMLProblems(
                YAMLProblem(file: name, line: nil, column: nil, path: "", message: "is not here"))
        }
        let cases = try Self.cases(file)
        #expect(!cases.isEmpty)
        for found in cases {
            #expect(found.source != nil, "\(found.name) names no source")
            #expect(!found.shows.isEmpty, "\(found.name) shows no row")
            let result = await runner.run(found, shipped: FormularyFile.shipped.formulary)
            #expect(result.holds, "\(found.name)\n\(result.failures.joined(separator: "\n"))")
        }
    }

    @Test func `there are cases enough, and no two of one name`() throws {
        let names = try Self.files.flatMap(Self.cases).map(\.name)
        #expect(names.count >= 150)
        #expect(Set(names).count == names.count)
    }

    @Test func `every row of the clinical tables has a case`() throws {
        let shown = Set(try Self.files.flatMap(Self.cases).flatMap(\.shows))
        let missing = CaseCoverage.rows(of: .standard).filter { !shown.contains($0.id) }
        #expect(missing.isEmpty, "\(missing.map(\.id).joined(separator: ", "))")
    }
}
