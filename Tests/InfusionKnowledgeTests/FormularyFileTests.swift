import Faults
import Foundation
import Infusion
import InfusionKnowledge
import Testing
import YAMLReader

@Suite("Formulary file")
struct FormularyFileTests {
    private let shipped = FormularyFile.shipped

    private func problems(_ edit: (String) -> String) -> [String] {
        do throws(YAMLProblems) {
            _ = try FormularyFile(edit(shipped.text), file: "f.yaml")
            return []
        } catch {
            return error.all.map(\.description)
        }
    }

    private func edited(_ old: String, _ new: String) throws -> FormularyFile {
        #expect(shipped.text.contains(old), "the edit finds nothing: \(old)")
        return try FormularyFile(
            shipped.text.replacingOccurrences(of: old, with: new), file: "f.yaml")
    }

    @Test func `what is shipped is whole`() {
        let formulary = shipped.formulary
        #expect(formulary.version == "2026.11.0")
        #expect(formulary.products.count == 17)
        #expect(formulary.rows.count == 28)
        #expect(formulary.preparations.count == 9)
        #expect(formulary.weakenings(against: formulary) == [])
        #expect(shipped.contentHash.count == 64)
    }

    @Test func `an entry like another differs from it only where it says so`() throws {
        let brand = try #require(shipped.formulary.product(ProductKey("injectafer")))
        let generic = try #require(
            shipped.formulary.product(ProductKey("ferric-carboxymaltose-sandoz")))
        #expect(generic.brand == "Sandoz generic")
        #expect(generic.rows == brand.rows.filter { $0.name != "FCM-US-HF" })
        #expect(generic.contraindications == brand.contraindications)
        #expect(generic.boxedWarnings == brand.boxedWarnings)
        #expect(generic.preparation == brand.preparation)
    }

    @Test func `every problem of a file is told, each with its line`() throws {
        let found = problems {
            $0.replacingOccurrences(of: "dose: 750 mg", with: "dose: 750")
                .replacingOccurrences(of: "region: eu", with: "region: europe")
        }
        #expect(found.count > 2)
        for problem in found {
            #expect(problem.wholeMatch(of: /f\.yaml:[0-9]+:[0-9]+: .+; accepted: .+/) != nil)
        }
    }

    /// Facts §1.1 c: Dexferrum must be unselectable.
    @Test(arguments: [
        "  - key: dexferrum\n    like: infed\n",
        "  - key: other\n    like: infed\n    brand: DexFerrum\n",
        "  - key: other\n    like: infed\n    generic: high-molecular-weight iron dextran\n",
        "  - key: other\n    like: infed\n    generic: Iron dextran, HMW\n",
    ])
    func `iron dextran of high molecular weight is no product`(_ entry: String) {
        let next = "  - key: cosmofer\n"
        #expect(shipped.text.contains(next))
        let found = problems { $0.replacingOccurrences(of: next, with: entry + next) }
        #expect(found.count == 1)
        #expect(found.first?.contains("high molecular weight must not be selectable") == true)
        let light = entry.replacingOccurrences(of: "dexferrum", with: "light")
            .replacingOccurrences(of: "DexFerrum", with: "Light")
            .replacingOccurrences(of: "high-", with: "low-")
            .replacingOccurrences(of: ", HMW", with: "")
        #expect(problems { $0.replacingOccurrences(of: next, with: light + next) } == [])
    }

    @Test(arguments: [
        (
            "  - id: FCM-US-2\n", "  - id: FCM-US-X\n",
            "names the row FCM-US-2, which is not in the file"
        ),
        ("  - id: FCM-US-1\n", "  - id: FCM-US-2\n", "has the id FCM-US-2, which another one has"),
        ("preparation: FDI-US\n", "preparation: FDI-XX\n", "names the preparation FDI-XX"),
        ("format: 1\n", "format: 2\n", "is '2'; accepted: 1"),
        (
            "  - id: FMX-US\n    moiety: ferumoxytol\n",
            "  - id: FMX-US\n    moiety: ironSucrose\n",
            "which is of ironSucrose"
        ),
    ])
    func `entries are held against each other`(old: String, new: String, part: String) {
        #expect(shipped.text.contains(old))
        let found = problems { $0.replacingOccurrences(of: old, with: new) }
        #expect(found.contains { $0.contains(part) }, "\(found)")
    }

    /// One edit of each field that a label limits, and the name under which it is refused.
    static let weaker: [(old: String, new: String, field: String)] = [
        ("dose: 750 mg", "dose: 751 mg", "FCM-US-2.dose"),
        (
            "dose: {perKilogram: 15 mg/kg, atMost: 1000 mg}",
            "dose: {perKilogram: 15.1 mg/kg, atMost: 1000 mg}", "FCM-US-1.dose"
        ),
        (
            "interval: {days: 7 d, doses: 2}", "interval: {days: 6 d, doses: 2}",
            "FCM-US-2.interval.days"
        ),
        (
            "interval: {days: 3 d, atMost: 8 d, doses: 2}",
            "interval: {days: 3 d, atMost: 9 d, doses: 2}", "FMX-US.interval.atMost"
        ),
        ("course: 1500 mg", "course: 1501 mg", "FCM-US-2.course"),
        ("weekly: 1000 mg", "weekly: 1001 mg", "FCM-EU-inf.weekly"),
        ("siteUpTo: 600 mg", "siteUpTo: 900 mg", ""),
        ("weekly: {amount: 500 mg, siteUpTo: 600 mg}", "weekly: 601 mg", "IS-EU.weekly"),
        (
            "population: {ageFrom: 1 y, weightFrom: 50 kg}",
            "population: {ageFrom: 11 mo, weightFrom: 50 kg}", "FCM-US-2.population.ageFrom"
        ),
        (
            "population: {ageFrom: 1 y, weightFrom: 50 kg}",
            "population: {ageFrom: 1 y, weightFrom: 49 kg}", "FCM-US-2.population.weightFrom"
        ),
        (
            "hemoglobinBelow: 15 g/dL", "hemoglobinBelow: 16 g/dL",
            "FCM-US-HF.population.hemoglobinBelow"
        ),
        ("observation: 30 min", "observation: 29 min", "injectafer.observation"),
        (
            "testDose: {mandatory: 25 mg, wait: 60 min}",
            "testDose: {mandatory: 25 mg, wait: 59 min}",
            "infed.testDose"
        ),
        (
            "otherIronReaction: anyBlocks", "otherIronReaction: seriousBlocks",
            "feraheme.otherIronReaction"
        ),
        ("      - hypersensitivity to iron dextran\n", "      - none\n", "infed.contraindications"),
        ("offLabel: true", "offLabel: false", "LMWID-US-TDI.offLabel"),
    ]

    @Test(arguments: weaker)
    func `what a label limits cannot be weakened`(edit: (old: String, new: String, field: String))
        throws
    {
        let found = try edited(edit.old, edit.new).formulary
            .weakenings(against: shipped.formulary).map { "\($0.entry).\($0.field)" }
        if edit.field.isEmpty {
            #expect(found.isEmpty)
        } else {
            #expect(found.contains(edit.field), "\(found)")
        }
    }

    @Test func `a site may be stricter, leave rows out, and set what the sources disagree on`()
        throws
    {
        for (old, new) in [
            ("dose: 750 mg", "dose: 700 mg"), ("observation: 30 min", "observation: 45 min"),
            ("interval: {days: 7 d, doses: 2}", "interval: {days: 8 d, doses: 2}"),
            ("weekly: {amount: 500 mg, siteUpTo: 600 mg}", "weekly: 600 mg"),
            (
                "rows: [FCM-US-2, FCM-US-1, FCM-US-lt50, FCM-US-HF]",
                "rows: [FCM-US-2, FCM-US-1, FCM-US-HF]"
            ),
        ] {
            #expect(
                try edited(old, new).formulary.weakenings(against: shipped.formulary) == [],
                "\(new)")
        }
    }

    @Test func `a row of the site's own says that it is off-label`() throws {
        let row = """
              - id: SITE-1
                moiety: ironSucrose
                region: eu
                indication: our own
                contexts: all
                population: {ageFrom: 18 y}
                dose: 150 mg
                interval: {timesPerWeek: 2}
                course: byNeed
                weekly: 500 mg
                infusion:
                  - {route: infusion, time: 90 min}
                source: {text: our protocol, mark: ED, confidence: L}

            """
        func file(_ row: String) throws -> Formulary {
            try FormularyFile(
                shipped.text.replacingOccurrences(
                    of: "rows: [IS-EU, IS-EU-TDI]", with: "rows: [IS-EU, IS-EU-TDI, SITE-1]") + row,
                file: "f.yaml"
            ).formulary
        }
        #expect(
            try file(row).weakenings(against: shipped.formulary).map(\.field) == ["offLabel"])
        let marked = row.replacingOccurrences(
            of: "    source:", with: "    offLabel: true\n    source:")
        #expect(try file(marked).weakenings(against: shipped.formulary) == [])
        let large = marked.replacingOccurrences(of: "dose: 150 mg", with: "dose: 5000 mg")
        #expect(
            try file(large).weakenings(against: shipped.formulary).map(\.field).contains("dose"))
        let endless = marked.replacingOccurrences(of: "    weekly: 500 mg\n", with: "")
        #expect(
            try file(endless).weakenings(against: shipped.formulary).map(\.field) == ["weekly"])
    }

    @Test func `a product of the site's own leaves out nothing that the labels of its iron say`()
        throws
    {
        func file(_ more: String) throws -> [String] {
            let product = "  - key: monofer-local\n    like: monofer\n    brand: Local\n\(more)\n"
            let text = shipped.text.replacingOccurrences(
                of: "preparations:\n", with: product + "preparations:\n")
            return try FormularyFile(text, file: "f.yaml").formulary
                .weakenings(against: shipped.formulary).map { "\($0.entry).\($0.field)" }
        }
        #expect(try file("") == [])
        #expect(try file("    iron: 200 mg/mL\n") == ["monofer-local.iron"])
        #expect(
            try file("    contraindications: [none]\n").allSatisfy {
                $0 == "monofer-local.contraindications"
            })
        #expect(try !file("    contraindications: [none]\n").isEmpty)
    }

    private static let venoferVials =
        "      - {size: 100 mg, source: {text: \"SmPC, 100 mg/5 mL\", mark: GK, confidence: M}}\n"

    @Test func `a vial has the product's source, or one of its own`() throws {
        let brand = try #require(shipped.formulary.product(ProductKey("feraheme")))
        #expect(brand.vials.map(\.size) == [Milligrams(510)])
        let generic = try #require(shipped.formulary.product(ProductKey("ferumoxytol-sandoz")))
        #expect(generic.vials == brand.vials)
        let shippedSize = try #require(
            shipped.formulary.product(ProductKey("venofer-eu"))?.vials.first)
        #expect(shippedSize.source.mark == .generalKnowledge)
        let file = try edited(Self.venoferVials, "      - 100 mg\n      - 62.5 mg\n")
        let local = file.formulary
        let product = try #require(local.product(ProductKey("venofer-eu")))
        #expect(product.vials.map(\.source) == [product.source, product.source])
        #expect(local.weakenings(against: shipped.formulary) == [])
        let found = KnowledgeDifference.between(shipped, file)
        #expect(found.map(\.entry) == ["venofer-eu"])
        #expect(found.first?.before == "100 mg [SmPC, 100 mg/5 mL (GK M)]")
        #expect(found.first?.after == "100 mg; 62.5 mg")
    }

    @Test(arguments: [
        ("      - 100 mg\n      - 100 mg\n", "is the size 100 mg once more"),
        ("      - 100\n", "accepted: a number and its unit"),
        ("      - 0.05 mg\n", "is '0.05 mg'; accepted: tenths of a milligram, 0.1 to 5000 mg"),
        ("      - 5001 mg\n", "is '5001 mg'; accepted: tenths of a milligram, 0.1 to 5000 mg"),
        ("      - {size: 100 mg}\n", "has no 'source', which is required"),
        (
            "      - {size: 100 mg, count: 5, source: {text: SmPC, mark: GK, confidence: M}}\n",
            "count: is not known here; accepted: size, source"
        ),
    ])
    func `a vial that is none is told with its line`(vials: String, part: String) throws {
        let line = try #require(
            shipped.text.split(separator: "\n", omittingEmptySubsequences: false)
                .firstIndex { "\($0)\n" == Self.venoferVials })
        let found = problems { $0.replacingOccurrences(of: Self.venoferVials, with: vials) }
        #expect(
            found.contains { problem in
                problem.contains(part)
                    && (line + 1...line + 2).contains { problem.hasPrefix("f.yaml:\($0):") }
            }, "\(found)")
    }

    @Test func `differences are told field by field`() throws {
        let newer = try edited("dose: 750 mg", "dose: 700 mg")
        let found = KnowledgeDifference.between(shipped, newer)
        let row = try #require(found.first)
        #expect(found.count == 1)
        #expect(row.entry == "FCM-US-2")
        #expect(row.field == "dose")
        #expect(row.before == "750 mg")
        #expect(row.after == "700 mg")
        #expect(KnowledgeDifference.between(newer, newer).isEmpty)
    }
}
