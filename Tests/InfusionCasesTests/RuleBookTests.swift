import Foundation
import Infusion
import InfusionKnowledge
import Testing
import YAMLReader

@testable import InfusionCases

/// The catalogue of the clinical rules, and the files of `docs/clinical` that are made of it.
@Suite("Clinical rules")
struct RuleBookTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    private static let rules = RuleCatalogue.rules(of: .standard, .standard)

    private static func cases() throws -> [ClinicalCase] {
        let folder = root.appending(path: "Tests/Cases")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".yaml") }.sorted()
            .flatMap { file in
                let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
                return try CaseReader.read(text, file: file)
            }
    }

    private static func book() throws -> RuleBook {
        RuleBook(formulary: .standard, pathways: .standard, cases: try cases()) {
            "../../Tests/Cases/\($0)"
        }
    }

    @Test func `the files of docs clinical are those that the rules and the cases make`() throws {
        let folder = Self.root.appending(path: "docs/clinical")
        let files = try Self.book().files
        for file in files {
            let found = try? String(
                contentsOf: folder.appending(path: file.name), encoding: .utf8)
            let differs = Self.firstDifference(found ?? "", file.text)
            #expect(
                found == file.text,
                "docs/clinical/\(file.name), line \(differs): run `\(RuleBook.command)`")
        }
        let there = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(Set(there) == Set(files.map(\.name)), "run `\(RuleBook.command)`")
    }

    @Test func `the samples of docs cli md have as many rows and files as there are`() throws {
        let text = try String(
            contentsOf: Self.root.appending(path: "docs/cli.md"), encoding: .utf8)
        let rows = CaseCoverage.rows(of: .standard).count
        let files = try Self.book().files.count
        #expect(text.contains("\n\(rows) rows, 0 without a case\n"))
        #expect(text.contains("\n\(files) files in docs/clinical\n"))
    }

    private static func firstDifference(_ left: String, _ right: String) -> Int {
        let lines = left.split(separator: "\n", omittingEmptySubsequences: false)
        let others = right.split(separator: "\n", omittingEmptySubsequences: false)
        return zip(lines, others).prefix { $0 == $1 }.count + 1
    }

    @Test(arguments: rules)
    func `every rule has an id, a text, a source and a mark`(_ rule: ClinicalRule) {
        #expect(!rule.id.isEmpty && !rule.id.contains(where: \.isWhitespace))
        #expect(rule.text.count > 5, "\(rule.id)")
        #expect(!rule.source.text.isEmpty, "\(rule.id)")
        #expect(!rule.text.contains("  ") && !rule.source.text.contains("  "), "\(rule.id)")
    }

    @Test func `ids are unique in a table, and among all that cases show`() {
        for table in RuleTable.allCases {
            let ids = Self.rules.filter { $0.table == table }.map(\.id)
            #expect(!ids.isEmpty)
            #expect(Set(ids).count == ids.count, "\(table)")
        }
        let rows = CaseCoverage.rows(of: .standard).map(\.id)
        #expect(Set(rows).count == rows.count)
    }

    @Test func `every table stands on one page`() {
        let tables = RulePage.allCases.flatMap(\.tables)
        #expect(tables.count == RuleTable.allCases.count)
        #expect(Set(tables) == Set(RuleTable.allCases))
    }

    @Test func `every cell and every worked example is reckoned`() {
        for rule in Self.rules where rule.table == .need || rule.table == .heartFailure {
            #expect(!rule.text.contains("no cell") && !rule.text.contains("no need"), "\(rule)")
            #expect(rule.text.contains("mg") || rule.id == "HF-any-Hb-ge15", "\(rule)")
        }
    }

    @Test func `values come from where they decide`() throws {
        func text(_ id: String) throws -> String {
            try #require(Self.rules.first { $0.id == id }).text
        }
        #expect(
            try text("HF-lt70kg-Hb-lt10").contains("1000 mg on day 1, 500 mg in week 6"))
        #expect(try text("HF-ge70kg-Hb14-15").contains("500 mg on day 1, none in week 6"))
        #expect(try text("FERINJECT-ge70kg-Hb10-14").contains("≥ 70 kg, Hb 10–<14 g/dL: 1500 mg"))
        #expect(try text("MONOFER-50-70kg-Hb-ge10").contains("1000 mg"))
        #expect(try text("GANZONI-G01").contains("70 × (15 − 8) × 2.4 + 500 = 1676 mg"))
        #expect(try text("GANZONI-G08").contains("1109.82 mg"))
    }

    @Test func `times are those of the windows and of the settings`() throws {
        func when(_ id: String) throws -> String {
            let rule = try #require(Self.rules.first { $0.table == .rechecks && $0.id == id })
            return try #require(rule.details.first { $0.name == "when" }).text
        }
        let week12 = HeartFailureTable.schedule.slots[2]
        #expect(
            try when("R7w12").contains(
                "due on day \(week12.day), overdue after day \(week12.latest)"))
        #expect(try when("R3").contains("from day 28 on; due on day 28, overdue after day 63"))
        #expect(try when("R9").contains("\(ClinicalPolicy.standard.rechecks.ckdIntervalDays) days"))
        let rungs = Self.rules.filter { $0.table == .urgency }.map(\.text)
        #expect(rungs.count == 9)
        #expect(rungs[0] == "hemoglobin below 7 g/dL: emergency, the same day.")
        #expect(rungs[3] == "phosphate below 2 mg/dL: urgent, within 3 days.")
        #expect(
            rungs[4].hasSuffix("or oncology on treatment: emergency, the same day."))
        #expect(rungs[5].hasSuffix("syncope or instability: emergency, the same day."))
        #expect(rungs[8].hasSuffix("nor up by 1 g/dL: soon, within 14 days."))
    }

    @Test func `a grid answers as the table of the facts says`() throws {
        let rule = try #require(Self.rules.first { $0.id == "STATUS-GENERAL" })
        let grid = try #require(rule.grid)
        #expect(
            grid.rows.map(\.first) == [
                "< 30", "30 to < 100", "100 to < 200", "200 to 800", "> 800",
            ])
        #expect(
            grid.rows[1][1] == "CRP raised: functional; normal: possible; missing: indeterminate")
        #expect(grid.head[1] == "saturation < 20")
    }

    @Test func `gates are as hard, and say what comes next, as the cases expect`() throws {
        for found in try Self.cases() {
            for (gate, finding, _) in found.then.gates where finding.verdict != .passed {
                if let severity = finding.severity {
                    #expect(gate.severities.contains(severity), "\(found.name): \(gate)")
                }
                if let next = finding.next {
                    #expect(gate.nextSteps.contains(next), "\(found.name): \(gate) \(next)")
                }
            }
        }
    }

    @Test func `causes say what comes next as the cases expect`() throws {
        for found in try Self.cases() {
            for (cause, step) in found.then.response?.0.next ?? [] {
                #expect(ResponseRule.cause(cause).nextSteps.contains(step), "\(found.name)")
            }
        }
    }

    @Test func `nothing in a text is taken for markup`() {
        #expect(Markdown.escaped("a < b | c_d [e]") == #"a \< b \| c\_d \[e\]"#)
        let long = Array(repeating: "word", count: 40).joined(separator: " ")
        #expect(Markdown.wrapped(long).split(separator: "\n").allSatisfy { $0.count <= 120 })
        let list = Array(repeating: "w", count: 60).joined(separator: " ") + " - x"
        #expect(!Markdown.wrapped(list).contains("\n-"))
        let item = Markdown.item(long, depth: 1).split(separator: "\n")
        #expect(item.first?.hasPrefix("  - word") == true)
        #expect(item.dropFirst().allSatisfy { $0.hasPrefix("    word") })
    }

    @Test func `many cases are counted by file, few are named`() throws {
        let files = try Self.book().files
        let gates = try #require(files.first { $0.name == "gates.md" }).text
        #expect(gates.contains("[gates.yaml](../../Tests/Cases/gates.yaml)"))
        let reactions = try #require(files.first { $0.name == "reactions.md" }).text
        #expect(
            reactions.contains(
                "[reactions.yaml](../../Tests/Cases/reactions.yaml): REACTION-DELAYED"))
    }
}
