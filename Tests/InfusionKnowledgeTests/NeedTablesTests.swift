import Faults
import Foundation
import Infusion
import InfusionKnowledge
import Testing
import YAMLReader

/// `needs` of a formulary: the printed tables and the constants of the formulas (facts §1.3, §2).
@Suite("Tables of needs")
struct NeedTablesTests {
    private let shipped = FormularyFile.shipped

    private func edited(_ old: String, _ new: String) throws -> FormularyFile {
        #expect(shipped.text.contains(old), "the edit finds nothing: \(old)")
        return try FormularyFile(
            shipped.text.replacingOccurrences(of: old, with: new), file: "f.yaml")
    }

    private func problems(_ old: String, _ new: String) -> [String] {
        #expect(shipped.text.contains(old), "the edit finds nothing: \(old)")
        do throws(YAMLProblems) {
            _ = try FormularyFile(
                shipped.text.replacingOccurrences(of: old, with: new), file: "f.yaml")
            return []
        } catch {
            return error.all.map(\.description)
        }
    }

    private static let child =
        "      - {weight: {below: 35 kg}, hemoglobin: {from: 10 g/dL, below: 14 g/dL}, need: 500 mg}\n"

    @Test func `every row has a source`() {
        let needs = shipped.formulary.needs
        #expect(needs.ferinject.rows.count == 9)
        #expect(needs.monofer.rows.count == 6)
        #expect(needs.eccoWomen.rows.count == 6)
        #expect(needs.eccoMen.rows.map(\.source.mark) == Array(repeating: .secondary, count: 6))
        #expect(needs.heartFailure.cells.rows.count == 6)
        #expect(needs.heartFailure.hemoglobinBelow == GramsPerDeciliter(15))
        #expect(needs.ferinject.rows.allSatisfy { $0.source.text.contains("Ferinject") })
        #expect(needs.roundings.map(\.moiety) == [.ironSucrose, .ferricCarboxymaltose])
    }

    @Test func `a file without them has those that are shipped`() throws {
        let text = shipped.text
        let start = try #require(text.range(of: "\nneeds:\n"))
        let end = try #require(text.range(of: "\n# The dosing rows"))
        let file = try FormularyFile(
            String(text[..<start.lowerBound]) + String(text[end.lowerBound...]), file: "f.yaml")
        #expect(file.formulary.needs == shipped.formulary.needs)
        #expect(file.formulary.rows == shipped.formulary.rows)
        #expect(KnowledgeDifference.between(shipped, file).isEmpty)
    }

    @Test func `a table that a file leaves out is the shipped one`() throws {
        let file = try edited(
            """
              unitLost:
                iron: 200 mg
                source: {text: "§2.3; Venofer label", mark: V, confidence: H}

            """, "")
        #expect(file.formulary.needs == shipped.formulary.needs)
    }

    @Test(arguments: [
        (
            "      - {weight: {below: 35 kg}, hemoglobin: {from: 10.5 g/dL, below: 14 g/dL}, need: 500 mg}\n",
            "its haemoglobin does not begin where that of the row before it ends"
        ),
        (
            "      - {weight: {below: 35 kg}, hemoglobin: {above: 10 g/dL, below: 14 g/dL}, need: 500 mg}\n",
            "its haemoglobin does not begin where that of the row before it ends"
        ),
        (
            "      - {weight: {below: 35 kg}, hemoglobin: {from: 9 g/dL, below: 14 g/dL}, need: 500 mg}\n",
            "its haemoglobin does not begin where that of the row before it ends"
        ),
        (
            "      - {weight: {below: 35 kg}, hemoglobin: {from: 10 g/dL, below: 10 g/dL}, need: 500 mg}\n",
            "holds nobody"
        ),
        (
            "      - {weight: {below: 34 kg}, hemoglobin: {from: 10 g/dL, below: 14 g/dL}, need: 500 mg}\n",
            "leaves out what is below its haemoglobin"
        ),
        (
            "      - {weight: {below: 35 kg}, hemoglobin: {from: 10 g/dL, below: 14 g/dL}, need: 500}\n",
            "is '500'; accepted: a number and its unit"
        ),
        (
            "      - {weight: {below: 35 kg}, hemoglobin: {from: 10 g/dL, above: 10 g/dL}, need: 500 mg}\n",
            "is written beside from"
        ),
    ])
    func `a gap, an overlap and a slip are told with their line`(
        row: String, part: String
    ) throws {
        let place = try #require(
            shipped.text.split(separator: "\n", omittingEmptySubsequences: false)
                .firstIndex { "\($0)\n" == Self.child })
        let found = problems(Self.child, row)
        #expect(
            found.contains { $0.contains(part) && $0.hasPrefix("f.yaml:\(place + 1):") },
            "\(found)")
    }

    @Test func `a weight that is left out is told`() {
        let found = problems(
            "      - {weight: {from: 50 kg, below: 70 kg}, hemoglobin: {below: 10 g/dL}, need: 1500 mg}\n",
            "      - {weight: {from: 51 kg, below: 70 kg}, hemoglobin: {below: 10 g/dL}, need: 1500 mg}\n"
        )
        #expect(
            found.contains {
                $0.contains("its weight does not begin where that of the row before it ends")
            }, "\(found)")
    }

    @Test func `the heart-failure table says from where on there is no data`() {
        let found = problems(
            "hemoglobin: {above: 14 g/dL, below: 15 g/dL}", "hemoglobin: {above: 14 g/dL}")
        #expect(found.contains { $0.contains("from which on there is no data") }, "\(found)")
    }

    /// More iron than the label's, or by another way.
    @Test(arguments: [
        (
            "{weight: {from: 70 kg}, hemoglobin: {from: 10 g/dL, below: 14 g/dL}, need: 1500 mg}",
            "{weight: {from: 70 kg}, hemoglobin: {from: 10 g/dL, below: 14 g/dL}, need: 1501 mg}",
            "ferinject.≥ 70 kg, Hb 10–<14 g/dL"
        ),
        ("{weight: {from: 50 kg}, need: 1000 mg}", "{need: 1000 mg}", "monoferFixed.rows"),
        ("day1: 500 mg}", "day1: 501 mg}", "heartFailure.< 70 kg, Hb >14–<15 g/dL"),
        ("maintenance: 500 mg", "maintenance: 501 mg", "heartFailure.maintenance"),
        (
            "{above: 14 g/dL, below: 15 g/dL}", "{above: 14 g/dL, below: 16 g/dL}",
            "heartFailure.rows"
        ),
        ("factor: 2.4\n", "factor: 2.41\n", "ganzoni.factor"),
        ("target: 15 g/dL", "target: 15.1 g/dL", "ganzoni.target"),
        ("stores: 15 mg/kg", "stores: 16 mg/kg", "ganzoni.child.stores"),
        ("child: {below: 35 kg,", "child: {below: 30 kg,", "ganzoni.child.below"),
        ("hemoglobinFactor: 0.0442", "hemoglobinFactor: 0.0443", "infed.hemoglobinFactor"),
        ("desired: 14.8 g/dL", "desired: 15 g/dL", "infed.desired"),
        ("women: 45.5 kg", "women: 46 kg", "infed.leanBodyWeight"),
        ("iron: 200 mg\n", "iron: 250 mg\n", "unitLost.iron"),
        ("{nearest: 50 mg,", "{nearest: 100 mg,", "roundings.ironSucrose"),
        ("text: \"§2.2; ECCO, FERGIcor\", mark: V2", "text: ECCO, mark: V", "eccoMen.source"),
    ])
    func `a site plans no more iron than the tables`(old: String, new: String, field: String)
        throws
    {
        let found = try edited(old, new).weakenings.map { "\($0.entry).\($0.field)" }
        #expect(found.contains(field), "\(found)")
    }

    @Test func `a site may plan less, and the difference is told row by row`() throws {
        let file = try edited(
            "{weight: {from: 70 kg}, hemoglobin: {below: 10 g/dL}, need: 2000 mg}",
            "{weight: {from: 70 kg}, hemoglobin: {below: 10 g/dL}, need: 1800 mg}")
        #expect(file.weakenings == [])
        let found = KnowledgeDifference.between(shipped, file)
        #expect(found.map(\.kind) == [.need, .need])
        #expect(found.map(\.entry) == ["ferinject", "monofer"])
        #expect(found.first?.field == "≥ 70 kg, Hb < 10 g/dL")
        #expect(found.first?.before == "2000 mg [§2.2; Ferinject SmPC (V H)]")
        #expect(found.first?.after == "1800 mg [§2.2; Ferinject SmPC (V H)]")
        let need = try IronNeedCalculator(file.formulary.needs).ferinjectTable(
            weight: Kilograms(80), hemoglobin: GramsPerDeciliter(9))
        #expect(need.milligrams == Milligrams(1_800))
    }

    @Test func `rows of heart failure go by the file's own table`() throws {
        let file = try edited("maintenance: 500 mg", "maintenance: 400 mg")
        let row = try #require(file.formulary.row(DosingRowID("FCM-US-HF")))
        let subject = DosingSubject(
            age: .years(60), weight: Kilograms(80), hemoglobin: GramsPerDeciliter(12))
        #expect(try row.limit(for: subject).course == Milligrams(1_500 + 3 * 400))
        #expect(file.weakenings == [])
    }
}
