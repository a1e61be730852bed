import Foundation
import Infusion
import InfusionKnowledge
import Testing

/// Clinical facts §1.4: what the pharmacy makes of a dose, computed from the milligrams.
@Suite("Preparation")
struct PreparationTests {
    private func make(_ product: String, _ dose: Int) throws -> Preparation {
        let key = ProductKey(product)
        let rule = try #require(Formulary.standard.preparation(of: key))
        let known = try #require(Formulary.standard.product(key))
        return try rule.preparation(
            of: Milligrams(Decimal(dose)), ironPerMilliliter: known.ironPerMilliliter)
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
        let found = try make(product, dose)
        #expect(found.product == Decimal(string: milliliters))
        #expect(found.diluent?.upperBound == Decimal(string: most))
    }

    @Test func `500 mg of Monoferric in 500 mL is out of range`() throws {
        let found = try make("monoferric", 500)
        #expect(found.diluent == 100...500)
        #expect(found.isUpperBoundOpen)
        #expect(try !make("monoferric", 1000).isUpperBoundOpen)
    }

    @Test func `Feraheme's limit is of the whole: 510 mg in 50 and 17 mL pass`() throws {
        let least = try #require(try make("feraheme", 510).diluent?.lowerBound)
        #expect(least == 50)
    }

    @Test func `a dose for which the label leaves no volume is told with both ends`() throws {
        #expect(throws: PreparationProblem.self) { try make("monoferric", 100) }
    }

    @Test func `what is given undiluted has no diluent`() throws {
        let rule = try #require(
            Formulary.standard.preparations.first { $0.diluents.isEmpty })
        let found = try rule.preparation(of: Milligrams(100), ironPerMilliliter: 50)
        #expect(found.diluent == nil)
        #expect(found.product == 2)
    }
}
