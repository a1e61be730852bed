import Foundation
import Infusion
import InfusionKnowledge
import Testing

/// Clinical facts §1.2, §1.4, §1.5 and §2: what is made of a dose, by the shipped formulary.
@Suite struct DoseMakingTests {
    private typealias Fixture = DosingFixture

    private func make(
        _ dose: String, _ product: String, _ row: String, atMost: String? = nil,
        needsTestDose: Bool = false, rounding: VialRounding = .none
    ) throws -> DoseMaking {
        let key = ProductKey(product)
        let known = try #require(Formulary.standard.product(key))
        return try #require(
            DoseMaking(
                of: Fixture.mg(dose), atMost: Fixture.mg(atMost ?? dose), product: known,
                row: Fixture.row(row), rule: Formulary.standard.preparation(of: key),
                needsTestDose: needsTestDose, rounding: rounding, leftOver: 0))
    }

    private func reason(_ making: DoseMaking) -> NoPreparation? {
        switch making.preparation {
        case .success: nil
        case .failure(let reason): reason
        }
    }

    @Test func `750 mg of Injectafer are 15 mL in up to 250 mL, from one vial`() throws {
        let making = try make("750", "injectafer", "FCM-US-2")
        #expect(making.amount == making.unrounded)
        #expect(making.volume.value == 15)
        let preparation = try making.preparation.get()
        #expect(preparation.diluent == Milliliters(0)...Milliliters(250))
        #expect(preparation.rule.diluents == [.sodiumChloride])
        #expect(preparation.rule.stabilityHours == 72)
        #expect(making.times.map(\.route) == [.infusion, .push])
        #expect(making.times.map(\.minutes) == [15, 8])
        #expect(making.first == nil)
        #expect(making.observationMinutes == 30)
        #expect(making.vials?.opened.map(\.count) == [1])
        #expect(making.vials?.leftOver == .zero)
    }

    /// §2.1: 950 mg are 47.5 mL, 850 mg are 42.5 mL; §1.4 has no preparation for the EU label.
    @Test(arguments: [("950", "47.5"), ("850", "42.5"), ("200", "10")])
    func `a product without a rule has its volume, its time and its vials`(
        dose: String, milliliters: String
    ) throws {
        let making = try make(dose, "venofer-eu", "IS-EU")
        #expect(making.volume.value == Fixture.exact(milliliters))
        #expect(reason(making) == .noRule)
        #expect(making.times.map(\.route) == [.infusion])
        #expect(making.vials != nil)
    }

    @Test func `a dose for which the label leaves no volume says so in words`() throws {
        let making = try make("100", "monoferric", "FDI-US")
        #expect(making.volume.value == 1)
        #expect(reason(making)?.reason == .noVolume)
        #expect(
            reason(making)?.sentence
                == "The label leaves no volume for 100 mg: at least 100 mL of diluent, and less "
                + "than 100 mL.")
        #expect(
            reason(try make("100", "feraheme", "FMX-US"))?.sentence
                == "The label leaves no volume for 100 mg: at least 50 mL of diluent, and at most "
                + "46.6 mL.")
    }

    @Test func `an injection is not diluted as an infusion is`() throws {
        let making = try make("1000", "ferinject", "FCM-EU-inj")
        #expect(reason(making) == .injection)
        #expect(making.times.map(\.route) == [.push])
        #expect(making.times.map(\.minutes) == [15])
        #expect(try make("100", "ferinject", "FCM-EU-inj").times.map(\.minutes) == [nil])
    }

    @Test func `no label says how a dose outside it is diluted`() throws {
        #expect(reason(try make("1000", "infed", "LMWID-US-TDI")) == .offLabel)
    }

    @Test func `INFeD's test dose comes first and counts, and its hour is waited for`() throws {
        let whole = try make("100", "infed", "LMWID-US", needsTestDose: true)
        #expect(whole.first?.kind == .testDose)
        #expect(whole.first?.amount == Fixture.mg("25"))
        #expect(whole.first?.volume.value == Fixture.exact("0.5"))
        #expect(whole.first?.minutes == 60)
        #expect(whole.first?.rest == Fixture.mg("75"))
        #expect(whole.observationMinutes == 30)
        #expect(try whole.preparation.get().diluent == nil)
        let test = try make("25", "infed", "LMWID-US", needsTestDose: true)
        #expect(test.first?.rest == .zero)
        #expect(test.observationMinutes == 60)
        let later = try make("25", "infed", "LMWID-US")
        #expect(later.first == nil)
        #expect(later.observationMinutes == 30)
    }

    @Test func `CosmoFer begins slowly every time`() throws {
        let making = try make("200", "cosmofer", "LMWID-EU")
        #expect(making.first?.kind == .slowStart)
        #expect(making.first?.minutes == 15)
        #expect(making.first?.rest == Fixture.mg("175"))
        #expect(making.times.map(\.minutes) == [30])
        #expect(
            try making.preparation.get().diluent == Milliliters(100)...Milliliters(100))
        let whole = try make("20", "cosmofer", "LMWID-EU")
        #expect(whole.first?.rest == .zero)
        #expect(whole.times.map(\.minutes) == [nil])
    }

    @Test func `a label that names no volume still names its diluent`() throws {
        let making = try make("125", "ferrlecit", "SFG-US")
        let preparation = try making.preparation.get()
        #expect(making.volume.value == 10)
        #expect(preparation.diluent == nil)
        #expect(preparation.rule.diluents == [.sodiumChloride])
        #expect(making.times.map(\.minutes) == [60, 10])
        #expect(making.vials?.opened.map(\.count) == [2])
    }

    @Test func `everything is computed from the rounded amount`() throws {
        let making = try make(
            "960", "monofer", "FDI-EU", atMost: "1000", rounding: VialRounding(percent: 5))
        #expect(making.unrounded == Fixture.mg("960"))
        #expect(making.amount == Fixture.mg("1000"))
        #expect(making.volume.value == 10)
        #expect(try making.preparation.get().dose == Fixture.mg("1000"))
        #expect(making.vials?.leftOver == .zero)
    }

    @Test func `a test dose is not rounded, and the dose after it may be`() throws {
        let rounding = VialRounding(percent: 10)
        let test = try make(
            "25", "infed", "LMWID-US", atMost: "100", needsTestDose: true, rounding: rounding)
        #expect(test.amount == Fixture.mg("25"))
        let later = try make("95", "infed", "LMWID-US", atMost: "100", rounding: rounding)
        #expect(later.amount == Fixture.mg("100"))
    }

    @Test func `nothing is made of nothing`() throws {
        let product = try #require(Formulary.standard.product(ProductKey("injectafer")))
        #expect(
            DoseMaking(
                of: .zero, atMost: .zero, product: product, row: Fixture.row("FCM-US-HF"),
                rule: nil, needsTestDose: false, rounding: .none, leftOver: 0) == nil)
    }
}
