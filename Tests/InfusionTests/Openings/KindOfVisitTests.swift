import Foundation
import InfusionKnowledge
import Testing

@testable import Infusion

/// Openings for a kind of visit, without an order and without a patient.
@Suite("Openings for a kind of visit") struct KindOfVisitTests {
    private func ask(_ kind: KindOfVisit, at site: SiteCalendar? = nil) throws -> Openings {
        try OpeningsTests.ask(
            .kind(kind), Story(), from: date("2026-03-10"), days: 2, in: site)
    }

    private func iron(
        _ product: String, _ dose: Decimal, row: String? = nil, isFirst: Bool = true
    ) -> KindOfVisit {
        .iron(
            ProductKey(product), row: row.map { DosingRowID($0) }, dose: mg(dose), isFirst: isFirst)
    }

    private func refusal(of kind: KindOfVisit) -> Refusal? {
        do {
            _ = try ask(kind)
            return nil
        } catch {
            return error as? Refusal
        }
    }

    @Test func `a visit is as long as its product, dose and number take`() throws {
        let first = try ask(iron("injectafer", 750))
        #expect(first.minutes == 90)
        #expect(first.dose == mg(750))
        let later = try ask(iron("injectafer", 750, isFirst: false))
        #expect(later.minutes == 75)
        #expect(later.openings.first?.slot.start == Clinic.newYork.at("2026-03-10 08:00"))
        #expect(later.openings.first.map { $0.slot.end.seconds(since: $0.slot.start) } == 4_500)
        // Of a shorter visit the last begins later.
        let lasts = [first, later].compactMap { $0.openings.map(\.slot.start).max() }
        #expect(lasts.count == 2 && lasts[0] < lasts[1])
    }

    @Test func `without a row it is the one that takes longest over the dose`() throws {
        // 200 mg: 15 minutes by IS-US-NDD, and by IS-US-NDD500 as long as 500 mg takes.
        let key = ProductKey("venofer-us")
        let product = try #require(Formulary.standard.product(key))
        let times = Formulary.standard.rows(of: key).filter { $0.mostOfAnybody >= mg(200) }.map {
            ChairTime(of: product, by: $0, dose: mg(200), isFirst: true).minutes
        }
        let found = try ask(iron("venofer-us", 200))
        #expect(found.minutes == times.max())
        let row = try #require(found.row)
        #expect(try ask(iron("venofer-us", 200, row: row.name)).minutes == found.minutes)
        #expect(try ask(iron("venofer-us", 200, row: "IS-US-NDD")).minutes == 90)
        #expect(try ask(iron("venofer-us", 200, row: "IS-US-NDD")).row == DosingRowID("IS-US-NDD"))
    }

    @Test func `red cells take what their units take, within what the policy allows`() throws {
        let policy = Story().clinic.context(now: Clinic.newYork.at("2026-03-10 08:00"))
            .site.policy.transfusion
        let one = try ask(.redCells(units: 1))
        #expect(one.minutes == policy.usualVisitMinutes(of: 1))
        #expect(one.dose == nil)
        #expect(one.row == nil)
        // Check-in, access, two hours a unit, flush, observation, discharge.
        #expect(try ask(.redCells(units: 2)).minutes == 300)
        #expect(try ask(.redCells(units: 3)).minutes == 420)
    }

    @Test(arguments: 1...12)
    func `each unit of red cells has one to three hours of its visit`(_ units: Int) throws {
        let policy = ClinicalPolicy.standard.transfusion
        let accepted = try #require(policy.visitMinutes(of: units))
        let usual = try #require(policy.usualVisitMinutes(of: units))
        #expect(accepted.lowerBound == units * 60)
        #expect(accepted.upperBound == min(units * 180, 720))
        #expect(accepted.contains(usual))
        #expect(try ask(.redCells(units: units)).minutes == usual)
    }

    @Test func `more red cells than a visit has time for are refused`() {
        #expect(ClinicalPolicy.standard.transfusion.visitMinutes(of: 13) == nil)
        #expect(refusal(of: .redCells(units: 12)) == nil)
        #expect(refusal(of: .redCells(units: 13))?.code == "invalid-value")
    }

    @Test func `a product that is not licensed where the site is has no openings there`() throws {
        #expect(refusal(of: iron("ferinject", 500))?.code == "invalid-value")
        let story = OpeningsTests.ferumoxytol
        #expect(throws: Refusal.self) {
            try OpeningsTests.ask(.order(id(1)), story, of: .eu)
        }
        #expect(throws: Refusal.self) {
            try OpeningsTests.ask(.course(id(1)), story, of: .eu)
        }
        let there = try OpeningsTests.ask(.order(id(1)), story, of: .us)
        #expect(there == (try OpeningsTests.ask(.order(id(1)), story)))
    }

    @Test func `nothing of a patient was looked at, and the answer says so`() throws {
        let patients: [UnjudgedMatter] = [
            .stock, .order, .interval, .weeklyLimit, .gates, .labs, .patientOverlap,
        ]
        #expect(try ask(iron("injectafer", 750)).notJudged == patients)
        #expect(try ask(.redCells(units: 1)).notJudged == patients)
        let site = try #require(
            SiteCalendar(
                of: try SiteStory.open("08:00-17:00", in: "America/New_York").state, visits: []))
        #expect(try ask(.redCells(units: 1), at: site).notJudged == [.staff] + patients)
        let ordered = try OpeningsTests.ask(.order(id(1)), OpeningsTests.ferumoxytol)
        #expect(ordered.notJudged == [.stock])
    }

    @Test func `what no visit gives is refused`() throws {
        #expect(refusal(of: iron("rust", 100))?.code == "unknown-product")
        #expect(
            refusal(of: iron("injectafer", 100, row: "IS-US-NDD"))?.code == "unknown-dosing-row")
        // More than the label gives anybody at once has no time; the short one of an unprescribed
        // infusion would be offered for it.
        #expect(refusal(of: iron("feraheme", 511))?.code == "invalid-value")
        #expect(refusal(of: iron("feraheme", 510)) == nil)
        #expect(refusal(of: iron("feraheme", 0))?.code == "invalid-value")
        #expect(refusal(of: .redCells(units: 0))?.code == "invalid-value")
        #expect(refusal(of: .redCells(units: 21))?.code == "invalid-value")
    }
}
