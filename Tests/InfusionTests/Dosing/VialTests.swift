import Foundation
import Infusion
import InfusionKnowledge
import Testing

/// Vials for a dose, and doses for vials.
@Suite struct VialTests {
    private typealias Fixture = DosingFixture

    private static let source = ClinicalSource("a label", .generalKnowledge, .low)

    private func vials(_ sizes: [String]) -> [Vial] {
        sizes.map { Vial(Fixture.mg($0), source: Self.source) }
    }

    private func shown(_ count: VialCount?) -> String {
        count.map { count in
            count.opened.map { "\($0.count) × \($0.vial.size)" }.joined(separator: " + ")
                + ", \(count.leftOver) left"
        } ?? "unknown"
    }

    static let counts: [(dose: String, sizes: [String], count: String)] = [
        ("750", ["100", "750", "1000"], "1 × 750 mg, 0 mg left"),
        ("1000", ["100", "500", "1000"], "1 × 1000 mg, 0 mg left"),
        // One of 1,000 mg would be fewer, and leave 400 mg.
        ("600", ["100", "500", "1000"], "1 × 500 mg + 1 × 100 mg, 0 mg left"),
        ("1450", ["100", "500", "1000"], "1 × 1000 mg + 1 × 500 mg, 50 mg left"),
        // The largest first would be one of 14 and two of 1: whole too, and of more vials.
        ("16", ["1", "8", "14"], "2 × 8 mg, 0 mg left"),
        ("510", ["510"], "1 × 510 mg, 0 mg left"),
        ("511", ["510"], "2 × 510 mg, 509 mg left"),
        ("125", ["62.5"], "2 × 62.5 mg, 0 mg left"),
        ("25", ["100"], "1 × 100 mg, 75 mg left"),
        ("116.66", ["62.5"], "2 × 62.5 mg, 8.34 mg left"),
        ("0.01", ["0.1"], "1 × 0.1 mg, 0.09 mg left"),
        ("500", [], "unknown"), ("0", ["100"], "unknown"),
    ]

    @Test(arguments: counts)
    func `the vials that leave the least, and of these the fewest`(
        example: (dose: String, sizes: [String], count: String)
    ) {
        let found = VialCount(for: Fixture.mg(example.dose), from: vials(example.sizes), leaving: 0)
        #expect(shown(found) == example.count)
    }

    @Test(arguments: [
        // 50 mg left are at most a tenth; one vial of 1,000 mg would leave more.
        ("900", 10, "1 × 750 mg + 2 × 100 mg, 50 mg left"),
        ("900", 5, "9 × 100 mg, 0 mg left"),
        ("900", 12, "1 × 1000 mg, 100 mg left"),
        ("910", 10, "1 × 1000 mg, 90 mg left"), ("500", 25, "5 × 100 mg, 0 mg left"),
        // None leave so little: those that leave the least.
        ("20", 25, "1 × 100 mg, 80 mg left"),
    ])
    func `fewer vials, where what they leave is at most so much of the dose`(
        dose: String, percent: Int, expected: String
    ) {
        let injectafer = vials(["100", "750", "1000"])
        let found = VialCount(for: Fixture.mg(dose), from: injectafer, leaving: percent)
        #expect(shown(found) == expected)
    }

    /// Every way of up to six vials, tried.
    @Test func `no other vials leave less, nor as much with fewer`() throws {
        let sizes = ["62.5", "100", "230"]
        for tenths in stride(from: 125, through: 6_000, by: 175) {
            let dose = Milligrams(Decimal(tenths) / 10)
            let found = try #require(VialCount(for: dose, from: vials(sizes), leaving: 0))
            let count = found.opened.map(\.count).reduce(0, +)
            for first in 0...6 {
                for second in 0...(6 - first) {
                    for third in 0...(6 - first - second) {
                        let sum = [(first, sizes[0]), (second, sizes[1]), (third, sizes[2])]
                            .map { Fixture.mg($0.1) * Decimal($0.0) }.reduce(.zero, +)
                        guard sum >= dose else { continue }
                        #expect(sum - dose >= found.leftOver)
                        if sum - dose == found.leftOver {
                            #expect(first + second + third >= count)
                        }
                    }
                }
            }
        }
    }

    private func rounded(
        _ dose: String, _ percent: Int, atMost most: String = "5000", isTestDose: Bool = false,
        _ sizes: [String] = ["100", "500", "1000"]
    ) -> Milligrams {
        VialRounding(percent: percent).rounded(
            Fixture.mg(dose), to: vials(sizes), atMost: Fixture.mg(most), isTestDose: isTestDose)
    }

    @Test func `without a percentage a dose stays as it is`() {
        #expect(VialRounding(percent: 0) == VialRounding.none)
        #expect(rounded("999.9", 0) == Fixture.mg("999.9"))
    }

    @Test func `a dose goes to the nearer whole vials, down where both are as near`() {
        #expect(rounded("960", 5) == Fixture.mg("1000"))
        #expect(rounded("940", 5) == Fixture.mg("900"))
        #expect(rounded("950", 10) == Fixture.mg("900"))
        #expect(rounded("1000", 10) == Fixture.mg("1000"))
    }

    @Test func `the difference is at most so much of the dose, the limit included`() {
        #expect(rounded("1050", 5) == Fixture.mg("1000"))
        #expect(rounded("800", 5, ["760"]) == Fixture.mg("760"))
        #expect(rounded("799.9", 5, ["760"]) == Fixture.mg("760"))
        #expect(rounded("800.1", 5, ["760"]) == Fixture.mg("800.1"))
        #expect(rounded("800", 4, ["760"]) == Fixture.mg("800"))
    }

    @Test func `it never goes above the limit`() {
        #expect(rounded("960", 5, atMost: "1000") == Fixture.mg("1000"))
        #expect(rounded("960", 5, atMost: "999.9") == Fixture.mg("960"))
        #expect(rounded("960", 10, atMost: "999.9") == Fixture.mg("900"))
    }

    @Test func `a test dose stays as it is, and so does one of which no vials are known`() {
        #expect(rounded("95", 10) == Fixture.mg("100"))
        #expect(rounded("95", 10, isTestDose: true) == Fixture.mg("95"))
        #expect(rounded("95", 10, []) == Fixture.mg("95"))
        // Less than any vial is never rounded to nothing.
        #expect(rounded("5", 10) == Fixture.mg("5"))
    }
}
