import Foundation
import Infusion
import InfusionKnowledge
import Testing

/// Clinical facts §1.4: what the pharmacy makes of a dose, computed from the milligrams.
@Suite("Preparation")
struct PreparationTests {
    private func make(_ product: String, _ dose: Decimal) throws -> Preparation {
        let key = ProductKey(product)
        let rule = try #require(Formulary.standard.preparation(of: key))
        let known = try #require(Formulary.standard.product(key))
        return try rule.preparation(
            of: Milligrams(dose), in: known.milliliters(for: Milligrams(dose)))
    }

    @Test(arguments: [
        ("injectafer", 750, "15", "250"), ("injectafer", 200, "4", "100"),
        ("injectafer", 1000, "20", "250"), ("ferinject", 100, "2", "50"),
        ("ferinject", 500, "10", "100"), ("ferinject", 1000, "20", "250"),
        ("monofer", 1000, "10", "500"), ("monofer", 500, "5", "500"),
        ("venofer-us", 200, "10", "100"), ("venofer-us", 300, "15", "250"),
        ("feraheme", 510, "17", "200"),
    ])
    func `the most diluent is what volume and concentration allow`(
        product: String, dose: Int, milliliters: String, most: String
    ) throws {
        let found = try make(product, Decimal(dose))
        #expect(found.product == mL(milliliters))
        #expect(found.diluent?.upperBound == mL(most))
    }

    private func mL(_ text: String) -> Milliliters {
        guard let value = Decimal(string: text) else { preconditionFailure("\(text): no number") }
        return Milliliters(value)
    }

    /// At the ends of each label's bands and a tenth of a milligram beyond them; `nil` where the label
    /// names no volume.
    static let edges:
        [(product: String, dose: String, least: String?, most: String?, isOpen: Bool)] = [
            ("injectafer", "200", "0", "100", false), ("injectafer", "499.9", "0", "249.95", false),
            ("injectafer", "500", "0", "250", false), ("injectafer", "1000", "0", "250", false),
            ("ferinject", "200", "0", "50", false), ("ferinject", "200.1", "0", "100", false),
            ("ferinject", "500", "0", "100", false), ("ferinject", "500.1", "0", "250", false),
            ("monoferric", "100.1", "100", "100.1", true),
            ("monoferric", "500", "100", "500", true),
            ("monoferric", "500.1", "100", "500", false),
            ("monoferric", "1000", "100", "500", false),
            ("monofer", "499.9", "0", "499.9", false), ("monofer", "500.1", "0", "500", false),
            ("venofer-us", "50", "25", "50", false), ("venofer-us", "100", "50", "100", false),
            ("venofer-us", "200", "100", "100", false),
            ("venofer-us", "200.1", "100.05", "200.1", false),
            ("venofer-us", "300", "150", "250", false), ("venofer-us", "500", "250", "250", false),
            ("feraheme", "510", "50", "200", false), ("feraheme", "180", "50", "84", false),
            ("cosmofer", "200", "100", "100", false), ("cosmofer", "200.1", nil, nil, false),
            ("infed", "100", nil, nil, false), ("ferrlecit", "125", nil, nil, false),
        ]

    @Test(arguments: edges)
    func `every product's diluent at the edges of its bands`(
        edge: (product: String, dose: String, least: String?, most: String?, isOpen: Bool)
    ) throws {
        let found = try make(edge.product, try #require(Decimal(string: edge.dose)))
        #expect(found.diluent?.lowerBound == edge.least.map(mL))
        #expect(found.diluent?.upperBound == edge.most.map(mL))
        #expect(found.isUpperBoundOpen == edge.isOpen)
    }

    @Test func `500 mg of Monoferric in 500 mL is out of range`() throws {
        let found = try make("monoferric", 500)
        #expect(found.diluent == mL("100")...mL("500"))
        #expect(found.isUpperBoundOpen)
        #expect(try !make("monoferric", 1000).isUpperBoundOpen)
    }

    @Test func `Feraheme's limit is of the whole: 510 mg in 50 and 17 mL pass`() throws {
        let least = try #require(try make("feraheme", 510).diluent?.lowerBound)
        #expect(least == mL("50"))
    }

    @Test func `a dose for which the label leaves no volume is told with both ends`() throws {
        #expect(throws: PreparationProblem.self) { try make("monoferric", 100) }
    }

    @Test func `what is given undiluted has no diluent`() throws {
        let rule = try #require(
            Formulary.standard.preparations.first { $0.diluents.isEmpty })
        let found = try rule.preparation(of: Milligrams(100), in: mL("2"))
        #expect(found.diluent == nil)
        #expect(found.product == mL("2"))
    }
}
