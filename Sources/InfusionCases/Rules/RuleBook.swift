import Foundation
public import Infusion

/// The catalogue as the files of `docs/clinical`, each rule with the cases that show it.
public struct RuleBook {
    /// One of the files.
    public struct File: Hashable, Sendable {
        /// Without a folder.
        public let name: String
        public let text: String
    }

    private let rules: [RuleTable: [ClinicalRule]]
    private let cases: [String: [ClinicalCase]]
    private let caseCount: Int
    private let link: (String) -> String

    /// Up to so many cases of a rule are named; of more, how many there are in each file.
    private static let namedCases = 6

    /// - Parameter link: Where a case's file is, as seen from the book.
    public init(
        formulary: Formulary, pathways: ClinicalPathways, cases: [ClinicalCase],
        link: @escaping (String) -> String
    ) {
        rules = Dictionary(grouping: RuleCatalogue.rules(of: formulary, pathways), by: \.table)
        var shown: [String: [ClinicalCase]] = [:]
        for found in cases {
            for row in found.shows { shown[row, default: []].append(found) }
        }
        self.cases = shown
        caseCount = cases.count
        self.link = link
    }

    /// The table of contents first.
    public var files: [File] {
        [File(name: "README.md", text: contents)]
            + RulePage.allCases.map { File(name: $0.file, text: text(of: $0)) }
    }

    // MARK: The table of contents

    private var contents: String {
        let pages = RulePage.allCases.map { page in
            let tables = page.tables.map { "\($0.title): \(rules[$0]?.count ?? 0)" }
            return [
                "[\(page.file)](\(page.file))", page.title,
                Markdown.escaped(tables.joined(separator: "; ")),
            ]
        }
        let marks =
            EvidenceMark.allCases.map { [$0.rawValue, Markdown.escaped($0.meaning)] }
            + Confidence.allCases.map {
                [$0.rawValue, "confidence " + Markdown.escaped($0.meaning)]
            }
        let severities = Severity.allCases.map { [$0.rawValue, Markdown.escaped($0.override)] }
        return joined([
            Self.notice, "# The clinical rules",
            Markdown.wrapped(
                """
                Every rule by which Ferrovia decides: what it says, where that comes from, how sure \
                it is, and the acceptance cases that show it (\(caseCount) of them). Made from the \
                values that the program itself uses.
                """),
            Markdown.wrapped(
                """
                **Decision support only. A licensed clinician must confirm every rule, value and \
                threshold here before it is used.** Whatever is not marked V was not read at its \
                source, and what is marked ED was chosen by engineers.
                """),
            Markdown.table(["file", "what", "rules"], pages),
            "## Marks", Markdown.table(["mark", "meaning"], marks),
            Markdown.wrapped(
                """
                A source's § and R- numbers are those of the clinical facts and their resolutions. \
                SEED-A to SEED-D are the four founding documents: iron in oncology, why iron may not \
                work, metastatic breast cancer, ferritin and the heart.
                """),
            "## Gates that shut", "Who may let a dose pass a gate, by how hard it is shut:",
            Markdown.table(["severity", "who"], severities),
            "## Reading a rule against a case",
            Markdown.wrapped(
                """
                A case names the rules it shows; [cases.md](../cases.md) says how to read, write and \
                run one. `ferrovia cases coverage` names the rules that no case shows.
                """),
        ])
    }

    // MARK: A page

    private func text(of page: RulePage) -> String {
        joined(
            [Self.notice, "# \(page.title)", "[All rules and their marks](README.md)"]
                + page.tables.flatMap(blocks))
    }

    private func blocks(of table: RuleTable) -> [String] {
        let rules = rules[table] ?? []
        let title = table.title.prefix(1).uppercased() + table.title.dropFirst()
        return ["## \(title)", Markdown.wrapped(Markdown.escaped(table.introduction))]
            + (table.isTabular ? [tabular(rules, table)] : rules.flatMap(section))
    }

    private func tabular(_ rules: [ClinicalRule], _ table: RuleTable) -> String {
        let names = rules.first?.details.map(\.name) ?? []
        let head = ["rule"] + names + ["what", "source", "mark"]
        return Markdown.table(
            table.needsCases ? head + ["cases"] : head,
            rules.map { rule in
                let cells =
                    ["`\(rule.id)`"] + rule.details.map { Markdown.escaped($0.text) }
                    + [Markdown.escaped(rule.text), Markdown.escaped(rule.source.text), mark(rule)]
                return table.needsCases ? cells + [counts(of: rule)] : cells
            })
    }

    private func section(_ rule: ClinicalRule) -> [String] {
        let details = rule.details.map { detail in
            Markdown.item("**\(words(detail.name))**: \(Markdown.escaped(detail.text))")
        }
        let source = Markdown.item(
            "**source**: \(Markdown.escaped(rule.source.text)) (\(mark(rule)))")
        let grid = rule.grid.map { grid in
            Markdown.table(
                grid.head.map(Markdown.escaped), grid.rows.map { $0.map(Markdown.escaped) })
        }
        return [
            "### \(rule.id)", Markdown.wrapped(Markdown.escaped(rule.text)), grid,
            (details + [source] + caseItems(of: rule)).joined(separator: "\n"),
        ].compactMap(\.self)
    }

    private func caseItems(of rule: ClinicalRule) -> [String] {
        guard rule.table.needsCases else { return [] }
        let shown = cases[rule.id] ?? []
        guard (1...Self.namedCases).contains(shown.count) else {
            return [Markdown.item("**cases**: \(counts(of: rule))")]
        }
        return ["- **cases**:"]
            + shown.map { found in
                Markdown.item("\(anchor(found.file)): \(Markdown.escaped(found.name))", depth: 1)
            }
    }

    /// How many cases show it, by their files.
    private func counts(of rule: ClinicalRule) -> String {
        let shown = Dictionary(grouping: cases[rule.id] ?? [], by: \.file)
        if shown.isEmpty { return "none" }
        return shown.sorted { $0.key < $1.key }.map { "\($0.value.count) in \(anchor($0.key))" }
            .joined(separator: ", ")
    }

    private func anchor(_ file: String) -> String {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        let path = link(file)
        let url = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
        return "[\(Markdown.escaped(name))](\(url))"
    }

    private func mark(_ rule: ClinicalRule) -> String {
        "\(rule.source.mark.rawValue), \(rule.source.confidence.rawValue)"
    }

    /// `boxedWarnings` as a reader says it.
    private func words(_ name: String) -> String {
        name.reduce(into: "") { text, character in
            if character.isUppercase { text += " " }
            text += character.lowercased()
        }
    }

    private func joined(_ blocks: [String]) -> String {
        blocks.joined(separator: "\n\n") + "\n"
    }

    /// The command that makes the files of Ferrovia's own cases.
    public static let command = "ferrovia cases rules Tests/Cases --write docs/clinical"

    private static let notice =
        "<!-- Made by `\(command)`. Change the code or the cases, and make it again. -->"
}
