import Foundation
import Infusion
import InfusionKnowledge
import Testing

/// How long visits take their chair, against the table of clinical facts §9.1.
@Suite("Chair time") struct ChairTimeTests {
    private static func time(
        _ product: String, _ row: String, _ dose: Decimal, isFirst: Bool = false,
        _ settings: ChairTimeSettings = ChairTimeSettings()
    ) throws -> ChairTime {
        let key = ProductKey(product)
        return ChairTime(
            of: try #require(Formulary.standard.product(key)),
            by: try #require(Formulary.standard.row(DosingRowID(row), of: key)), dose: mg(dose),
            isFirst: isFirst, settings: settings)
    }

    /// The table's row, a dose of it, and its minutes when it is the first of the product and later.
    static let rows:
        [(
            product: String, row: String, dose: Decimal, first: Int, later: Int,
            booked: ClosedRange<Int>
        )] = [
            // FCM 750 and 1,000: 75–90.
            ("injectafer", "FCM-US-2", 750, 90, 75, 75...90),
            ("ferinject", "FCM-EU-inf", 1_000, 90, 75, 75...90),
            // FDI 1,000 US, above 1,000 EU: 80–90, and 15 more for the first.
            ("monoferric", "FDI-US", 1_000, 95, 80, 80...95),
            ("monofer", "FDI-EU", 1_500, 105, 90, 80...105),
            // FMX 510: 75–90.
            ("feraheme", "FMX-US", 510, 90, 75, 75...90),
            // IS 200, 300, 400, 500: 75–90, 150, 210, 270–300.
            ("venofer-us", "IS-US-NDD", 200, 90, 75, 75...90),
            ("venofer-us", "IS-US-PDD", 300, 165, 150, 150...165),
            ("venofer-us", "IS-US-PDD", 400, 225, 210, 210...225),
            ("venofer-us", "IS-US-NDD500", 500, 285, 270, 270...300),
            // INFeD up to 100: 135 first, 60 later, by the minute 138 and 62.
            ("infed", "LMWID-US", 100, 138, 62, 60...140),
            // INFeD's total dose: at least 185 with the test and its hour.
            ("infed", "LMWID-US-TDI", 1_000, 200, 120, 120...200),
            // CosmoFer, 15 min and at most 100 mL in 30 min: 75 and what the rest of a visit takes.
            ("cosmofer", "LMWID-EU", 200, 120, 105, 105...120),
            // CosmoFer's total dose: 300–420.
            ("cosmofer", "LMWID-EU-TDI", 1_400, 330, 315, 300...420),
            // SFG 125: 120.
            ("ferrlecit", "SFG-US", 125, 135, 120, 120...135),
        ]

    @Test(arguments: rows.indices) func `a visit is as long as its parts`(_ index: Int) throws {
        let (product, row, dose, first, later, booked) = Self.rows[index]
        let firstTime = try Self.time(product, row, dose, isFirst: true)
        let laterTime = try Self.time(product, row, dose)
        #expect(firstTime.minutes == first)
        #expect(laterTime.minutes == later)
        #expect(booked.contains(first) && booked.contains(later))
        #expect(laterTime[.observation] == 30)
        #expect(laterTime.turnoverMinutes == 10)
        #expect(laterTime[.firstDose] == 0)
    }

    @Test func `a test dose and its wait come before the rest of the first visit`() throws {
        let first = try Self.time("infed", "LMWID-US", 100, isFirst: true)
        #expect(
            first.steps.map(\.part) == [
                .checkIn, .access, .testDose, .testDoseWait, .infusion, .flush, .observation,
                .discharge, .firstDose,
            ])
        // 25 mg and the 75 that are left, at 50 mg in a minute, rounded up.
        #expect(first[.testDose] == 1)
        #expect(first[.testDoseWait] == 60)
        #expect(first[.infusion] == 2)
        // The total dose has no rate to tell for 25 mg.
        #expect(try Self.time("infed", "LMWID-US-TDI", 1_000, isFirst: true)[.testDose] == 5)
        // A visit of the test alone.
        let test = try Self.time("infed", "LMWID-US", 25, isFirst: true)
        #expect(test[.infusion] == 0)
        #expect(test[.testDoseWait] == 60)
    }

    @Test func `where a label prescribes no time the site's own counts`() throws {
        #expect(try Self.time("ferinject", "FCM-EU-inf", 200)[.infusion] == 15)
        let settings = ChairTimeSettings([.unprescribedInfusion: 20, .checkIn: 0])
        let time = try Self.time("ferinject", "FCM-EU-inf", 200, settings)
        #expect(time[.infusion] == 20)
        #expect(time.steps.first?.part == .access)
    }

    @Test func `a unit of red cells takes one to three hours, and never more than four`() {
        let setting = ChairTimeSetting.transfusionPerUnit
        #expect(setting.accepted == 60...180)
        // 150–270 by the table, for one unit.
        #expect(ChairTime(transfusionOf: 1).minutes == 180)
        let longest = ChairTimeSettings([setting: setting.accepted.upperBound])
        #expect(ChairTime(transfusionOf: 1, settings: longest).minutes == 240)
        #expect(ChairTime(transfusionOf: 2).minutes == 300)
        #expect(ChairTime(transfusionOf: 2)[.transfusion] == 240)
    }

    @Test(arguments: ChairTimeSetting.allCases)
    func `a default lies within its range`(_ setting: ChairTimeSetting) {
        #expect(setting.accepted.contains(setting.standard))
        #expect(!setting.meaning.isEmpty)
        #expect(setting.source.text.contains("§9.1"))
    }
}
