import Foundation
import Testing

@testable import Infusion

/// Openings at a site that keeps account of its vials.
@Suite("Openings and the vials of their site") struct StockOpeningsTests {
    private static let product = ProductKey("feraheme")

    /// - Parameter deliveries: Vials of 510 mg, by their dates.
    private func stock(
        _ vials: Int, deliveries: [(CalendarDate, Int)] = []
    ) throws -> SiteStock {
        let item = StockItem(product: Self.product, vial: mg(510))
        var site = try SiteStory.open("08:00-17:00", in: "America/New_York")
        site.now = Clinic.newYork.at("2026-03-01 12:00")
        try site.does(
            .countStock(
                StockCount(item: item, at: "2026-03-01T12:00", lots: [StockLot(vials: vials)])))
        for (date, vials) in deliveries {
            try site.does(
                .recordDelivery(
                    StockDelivery(
                        id: SiteEntryID("on-\(date)"), item: item, on: date,
                        lot: StockLot(vials: vials))))
        }
        return try #require(SiteStock(of: Self.product, given: site.state, visits: []))
    }

    private func dates(_ openings: Openings) -> [String] {
        openings.days.filter { $0.starts > 0 }.map { "\($0.date)" }
    }

    @Test func `a date without vials is ruled out by them`() throws {
        var story = OpeningsTests.ferumoxytol
        story.clinic.stock = try stock(0, deliveries: [(date("2026-03-05"), 1)])
        let found = try OpeningsTests.ask(
            .order(id(1)), story, from: date("2026-03-03"), days: 4)
        #expect(dates(found) == ["2026-03-05", "2026-03-06"])
        #expect(found.days[0].constraint == .stockShort)
        #expect(!found.notJudged.contains(.stock))
        story.clinic.stock = try stock(1)
        let full = try OpeningsTests.ask(.order(id(1)), story, from: date("2026-03-03"), days: 4)
        #expect(dates(full).count == 4)
    }

    @Test func `a kind of visit takes its vials too`() throws {
        var story = Story()
        story.clinic.stock = try stock(0)
        let found = try OpeningsTests.ask(
            .kind(.iron(Self.product, row: nil, dose: mg(510), isFirst: true)), story,
            from: date("2026-03-03"), days: 2)
        #expect(found.days.map(\.constraint) == [.stockShort, .stockShort])
        #expect(!found.notJudged.contains(.stock))
    }

    @Test func `each visit of a course takes its own`() throws {
        var story = OpeningsTests.ferumoxytol
        story.clinic.stock = try stock(1)
        let none = try OpeningsTests.ask(
            .course(id(1)), story, from: date("2026-03-03"), days: 14, limit: 1)
        #expect(none.courses.isEmpty)
        #expect(none.days.contains { $0.constraint == .restOfCourse })
        story.clinic.stock = try stock(1, deliveries: [(date("2026-03-09"), 1)])
        let found = try OpeningsTests.ask(
            .course(id(1)), story, from: date("2026-03-03"), days: 14, limit: 1)
        let visits = try #require(found.courses.first?.visits)
        #expect(visits.count == 2)
        #expect(visits[1].date >= date("2026-03-09"))
    }
}
