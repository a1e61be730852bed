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

    @Test func `what a case shows is a rule, or a number of the clinical facts`() throws {
        let unknown = try CaseCoverage.unknownTags(
            in: Self.files.flatMap(Self.cases), of: .standard)
        #expect(unknown.isEmpty, "\(unknown.map(\.tag).joined(separator: ", "))")
    }

    @Test func `a slip in what a case shows is found`() throws {
        let text = """
            case: "FCM-US-3: there is none"
            shows: [FCM-US-2, FCM-US-3, R-2, R-9, §1.1-b, §1.9, G-DX, chair-overlap, G-DXX]
            given: {on: 2026-03-01, contexts: [general]}
            then: {reviews: []}
            """
        let cases = try CaseReader.read(text, file: "one.yaml")
        let unknown = CaseCoverage.unknownTags(in: cases, of: .standard)
        #expect(unknown.map(\.tag) == ["FCM-US-3", "R-9", "§1.9", "G-DXX"])
        #expect(unknown.allSatisfy { $0.file == "one.yaml" })
    }

    @Test(arguments: [
        "STATUS-ONC-NCCN", "STATUS-ONC-SEOM", "STATUS-HF-PACKER", "STATUS-CKD-2012",
        "STATUS-CKD-NICE", "STATUS-CKD-PD", "ECCO-ge70kg-Hb-lt7", "MONOFER-FIXED",
        "URGENCY-hemoglobin-emergency", "URGENCY-no-response", "OVERRIDE-HARD",
    ])
    func `the report asks for the rows beside the program's own enums`(_ row: String) {
        #expect(CaseCoverage.rows(of: .standard).contains { $0.id == row })
    }
}
