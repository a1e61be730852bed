import Foundation
import InfusionKnowledge
import Testing

@testable import Infusion

/// What a site is told of its vials, and what follows for visits.
@Suite("Vials of a site") struct SiteStockTests {
    private static let product = ProductKey("injectafer")
    private static let item = StockItem(product: product, vial: mg(750))

    private func opened() throws -> SiteStory { try SiteStory.open("08:00-17:00") }

    private func count(_ vials: Int, at time: LocalTime = "2026-01-02T09:00") -> SiteCommand {
        .countStock(
            StockCount(
                item: Self.item, at: time, lots: vials == 0 ? [] : [StockLot(vials: vials)]))
    }

    private func delivery(
        _ name: String, _ vials: Int, on date: CalendarDate, expiry: CalendarDate? = nil
    ) -> StockDelivery {
        StockDelivery(
            id: SiteEntryID(name), item: Self.item, on: date,
            lot: StockLot(vials: vials, expiry: expiry))
    }

    private func bears(
        _ story: SiteStory, at start: Instant, besides visits: [StockedVisit] = []
    ) throws -> Bool {
        let stock = try #require(
            SiteStock(of: Self.product, given: story.state, visits: visits))
        return stock.bears(Self.need, at: start)
    }

    private static let need = StockNeed(
        product: product, vials: [StockNeed.Vials(size: mg(750), count: 1)])

    private func visit(_ number: UInt64, at start: Instant) -> StockedVisit {
        StockedVisit(id(number), start: start, need: Self.need)
    }

    @Test func `a product that the site was never told of is not kept account of`() throws {
        var story = try opened()
        #expect(SiteStock(of: Self.product, given: story.state, visits: []) == nil)
        #expect(story.state.stockIsKept(of: Self.product) == nil)
        try story.does(count(0))
        #expect(story.state.stockIsKept(of: Self.product) == .utc("2026-01-02T08:00"))
        #expect(try !bears(story, at: .utc("2026-01-05T09:00")))
        #expect(SiteStock(of: ProductKey("feraheme"), given: story.state, visits: []) == nil)
    }

    @Test func `a count replaces what was thought, and has in it what had come`() throws {
        var story = try opened()
        try story.does(count(1))
        try story.does(.recordDelivery(delivery("came", 1, on: date("2026-01-01"))))
        try story.does(.recordDelivery(delivery("comes", 1, on: date("2026-01-12"))))
        let visits = [
            visit(1, at: .utc("2026-01-05T09:00")), visit(2, at: .utc("2026-01-06T09:00")),
        ]
        #expect(try !bears(story, at: .utc("2026-01-07T09:00"), besides: visits))
        #expect(try bears(story, at: .utc("2026-01-12T09:00"), besides: visits))
        try story.does(count(3, at: "2026-01-02T09:30"))
        #expect(story.state.countedDeliveries == ["came"])
        #expect(try bears(story, at: .utc("2026-01-07T09:00"), besides: visits))
        #expect(
            try !bears(
                story, at: .utc("2026-01-08T09:00"),
                besides: visits + [visit(3, at: .utc("2026-01-07T09:00"))]))
        // Visits before the count are in it.
        #expect(
            try bears(
                story, at: .utc("2026-01-08T09:00"),
                besides: visits + [visit(3, at: .utc("2026-01-02T08:00"))]))
    }

    @Test func `a delivery is there from its date on, and until its vials expire`() throws {
        var story = try opened()
        try story.does(
            .recordDelivery(
                delivery("one", 1, on: date("2026-01-12"), expiry: date("2026-01-20"))))
        #expect(try !bears(story, at: .utc("2026-01-11T22:59")))
        #expect(try bears(story, at: .utc("2026-01-11T23:00")))
        #expect(try bears(story, at: .utc("2026-01-20T22:59")))
        #expect(try !bears(story, at: .utc("2026-01-20T23:00")))
        try story.does(.withdrawDelivery("one"))
        #expect(try !bears(story, at: .utc("2026-01-15T09:00")))
    }

    @Test func `a dose takes the vials of the sizes that the site keeps`() throws {
        var story = try opened()
        try story.does(count(4))
        let product = try #require(Formulary.standard.product(Self.product))
        let stock = try #require(SiteStock(of: Self.product, given: story.state, visits: []))
        #expect(stock.need(for: mg(750), of: product, leaving: 0) == Self.need)
        #expect(
            stock.need(for: mg(1_000), of: product, leaving: 0)?.vials
                == [StockNeed.Vials(size: mg(750), count: 2)])
        try story.does(
            .recordDelivery(
                StockDelivery(
                    id: "small", item: StockItem(product: Self.product, vial: mg(100)),
                    on: date("2026-01-12"), lot: StockLot(vials: 10))))
        let both = try #require(SiteStock(of: Self.product, given: story.state, visits: []))
        let need = try #require(both.need(for: mg(850), of: product, leaving: 0))
        #expect(
            need.vials == [
                StockNeed.Vials(size: mg(750), count: 1), StockNeed.Vials(size: mg(100), count: 1),
            ])
        #expect(!both.bears(need, at: .utc("2026-01-09T09:00")))
        #expect(both.bears(need, at: .utc("2026-01-12T09:00")))
    }

    @Test func `a product or a size that the formulary does not have is refused`() throws {
        var story = try opened()
        func count(_ product: String, _ vial: Milligrams) -> SiteCommand {
            .countStock(
                StockCount(
                    item: StockItem(product: ProductKey(product), vial: vial),
                    at: "2026-01-02T09:00", lots: [StockLot(vials: 3)]))
        }
        func delivery(_ product: String, _ vial: Milligrams) -> SiteCommand {
            .recordDelivery(
                StockDelivery(
                    id: "one", item: StockItem(product: ProductKey(product), vial: vial),
                    on: date("2026-01-12"), lot: StockLot(vials: 3)))
        }
        let products = Formulary.standard.products.map(\.key.name).sorted()
            .joined(separator: ", ")
        for command in [count("injectafr", mg(750)), delivery("injectafr", mg(750))] {
            #expect(
                story.refusal(of: command)
                    == .invalidValue(
                        field: "product", problem: "is no product of the formulary",
                        accepted: products))
        }
        let sizes = [mg(100), mg(750), mg(1_000)].map { "\($0)" }.joined(separator: ", ")
        for command in [count("injectafer", mg(75)), delivery("injectafer", mg(75))] {
            #expect(
                story.refusal(of: command)
                    == .invalidValue(
                        field: "vial", problem: "is \(mg(75)), and injectafer has no such vial",
                        accepted: sizes))
        }
        // Nobody knows the sizes of this one.
        #expect(story.refusal(of: count("ferabright", mg(75))) == nil)
        try story.does(delivery("injectafer", mg(100)))
    }

    @Test func `what lies there is counted to its end, whatever the formulary has become`() throws {
        var story = try opened()
        try story.does(count(3))
        let without = Formulary(
            version: "later",
            products: Formulary.standard.products.filter { $0.key != Self.product },
            rows: Formulary.standard.rows, preparations: Formulary.standard.preparations,
            needs: Formulary.standard.needs)
        let decider = SiteDecider()
        let events = try decider.decide(
            count(0, at: "2026-01-02T09:30"), given: story.state, at: story.now, by: without)
        #expect(events.count == 1)
        #expect(throws: SiteRefusal.self) {
            try decider.decide(
                .recordDelivery(delivery("more", 5, on: date("2026-01-12"))), given: story.state,
                at: story.now, by: without)
        }
    }

    /// There, kept, left, missing.
    private func numbers(_ account: StockAccount) -> [Int] {
        [account.onHand, account.kept, account.left, account.missing]
    }

    @Test func `the account says what is there, for whom it is kept and what is left`() throws {
        var story = try opened()
        #expect(story.state.stockAccounts(visits: [:], at: story.now).isEmpty)
        let counted = StockCount(
            item: Self.item, at: "2026-01-02T09:00",
            lots: [
                StockLot(vials: 4, lot: LotNumber("B"), expiry: date("2026-12-31")),
                StockLot(vials: 2, lot: LotNumber("A"), expiry: date("2026-01-05")),
            ])
        try story.does(.countStock(counted))
        let more = delivery("more", 5, on: date("2026-01-12"))
        try story.does(.recordDelivery(more))
        let visits = [
            // In the count; taken since; to come.
            visit(1, at: .utc("2026-01-02T07:00")), visit(2, at: .utc("2026-01-03T09:00")),
            visit(3, at: .utc("2026-01-07T09:00")), visit(4, at: .utc("2026-01-20T09:00")),
        ]
        func account(_ moment: Instant, _ visits: [StockedVisit]) throws -> StockAccount {
            try #require(
                story.state.stockAccounts(visits: [Self.product: visits], at: moment).first)
        }
        let sixth = try account(.utc("2026-01-06T09:00"), visits)
        #expect(sixth.item == Self.item)
        #expect(sixth.counted == counted)
        #expect(sixth.deliveries == [more])
        // The visit of the third took one of those that expire first; the other one has expired.
        #expect(
            sixth.lots == [
                StockLot(vials: 1, lot: LotNumber("A"), expiry: date("2026-01-05")),
                StockLot(vials: 4, lot: LotNumber("B"), expiry: date("2026-12-31")),
            ])
        #expect(sixth.expired == 1)
        // Three are left until the delivery comes, which is not there for a visit before it.
        #expect(numbers(sixth) == [4, 2, 3, 0])
        #expect(sixth.shortFrom == nil)
        let thirteenth = try account(.utc("2026-01-13T09:00"), visits)
        #expect(numbers(thirteenth) == [8, 1, 7, 0])

        let many = visits + (5...9).map { visit($0, at: .utc("2026-01-08T09:00")) }
        let short = try account(.utc("2026-01-06T09:00"), many)
        #expect(numbers(short) == [4, 7, 0, 2])
        #expect(short.shortFrom == date("2026-01-08"))
    }

    @Test func `the same again changes nothing, and another thing restates it`() throws {
        var story = try opened()
        #expect(try story.does(count(2)).count == 1)
        #expect(try story.does(count(2)).isEmpty)
        let first = delivery("one", 1, on: date("2026-01-12"))
        #expect(try story.does(.recordDelivery(first)) == [.deliveryRecorded(first)])
        #expect(try story.does(.recordDelivery(first)).isEmpty)
        let later = delivery("one", 2, on: date("2026-01-14"))
        #expect(try story.does(.recordDelivery(later)) == [.deliveryRecorded(later)])
        #expect(story.state.deliveries["one"]?.standing == later)
    }

    @Test func `what cannot be is refused`() throws {
        var story = try opened()
        #expect(
            SiteStory().refusal(of: count(1)) == .siteNotOpened)
        try story.does(count(2))
        for command in [
            count(2, at: "2026-01-02T10:06"), count(2, at: "2026-01-02T08:59"), count(-1),
            count(10_001),
            .countStock(
                StockCount(
                    item: StockItem(product: ProductKey("in jectafer"), vial: mg(750)),
                    at: "2026-01-02T09:00", lots: [])),
            .countStock(
                StockCount(
                    item: StockItem(product: Self.product, vial: mg(0)), at: "2026-01-02T09:00",
                    lots: [])),
            .recordDelivery(delivery("one", 0, on: date("2026-01-12"))),
            .recordDelivery(delivery("one", 1, on: date("2036-01-12"))),
            .recordDelivery(delivery("o ne", 1, on: date("2026-01-12"))),
        ] {
            #expect(story.refusal(of: command)?.code == "invalid-value", "\(command)")
        }
        #expect(
            story.refusal(of: .withdrawDelivery("none")) == .entryNotFound(.delivery, "none"))
        try story.does(.recordDelivery(delivery("came", 1, on: date("2026-01-01"))))
        try story.does(.recordDelivery(delivery("gone", 1, on: date("2026-01-01"))))
        try story.does(.withdrawDelivery("gone"))
        #expect(
            story.refusal(of: .recordDelivery(delivery("gone", 2, on: date("2026-01-01"))))
                == .entryWithdrawn(.delivery, "gone"))
        try story.does(count(2, at: "2026-01-02T09:30"))
        #expect(story.refusal(of: .withdrawDelivery("came"))?.code == "invalid-value")
        #expect(
            story.refusal(of: .recordDelivery(delivery("came", 2, on: date("2026-01-01"))))?.code
                == "invalid-value")
    }
}
