import Foundation
import Testing

@testable import Infusion

/// Visits that stay booked at a site which no longer bears them.
@Suite("Visits that no longer fit") struct UnfitVisitTests {
    private static let product = ProductKey("injectafer")
    /// A Monday, in winter.
    private static let moment = Instant.utc("2026-01-05T06:00")

    /// Open from 08:00 to 17:00 in Rome with two chairs; one nurse who can resuscitate, all day.
    private func opened() throws -> SiteStory {
        var story = try SiteStory.open("08:00-17:00")
        try story.does(
            .planShift(
                Shift(
                    "day", "2026-01-05T08:00/2026-01-05T17:00",
                    roles: [.registeredNurse, .resuscitation])))
        return story
    }

    /// An hour from then on, by the site's clocks.
    private func visit(
        _ number: UInt64, _ chair: ChairID, _ start: LocalTime, isBegun: Bool = false
    ) throws -> SeatedVisit {
        let start = ZoneClock(try #require(TimeZone(identifier: "Europe/Rome")))
            .instant(of: start)
        return SeatedVisit(
            id(number),
            slot: AppointmentSlot(
                site: SiteID("main"), chair: chair, start: start, end: start.adding(minutes: 60)),
            isBegun: isBegun)
    }

    private func day() throws -> [SeatedVisit] {
        [
            try visit(1, "chair-1", "2026-01-05T09:00"),
            try visit(2, "chair-2", "2026-01-05T10:00"),
            try visit(3, "chair-1", "2026-01-05T14:00"),
        ]
    }

    /// What a command does to the visits: `number reason`, in order.
    private func unfit(
        _ command: SiteCommand, given story: SiteStory, _ visits: [SeatedVisit],
        stocked: [ProductKey: [StockedVisit]] = [:], at moment: Instant = moment
    ) throws -> [String] {
        var after = story
        try after.does(command)
        var search = try #require(UnfitSearch(before: story.state, after: after.state))
        let named = Dictionary(
            uniqueKeysWithValues: (1...20).map { (id($0) as AppointmentID, $0 as UInt64) })
        return search.unfit(among: visits, stocked: stocked, at: moment).map {
            "\(named[$0.appointment] ?? 0) \($0.reason.rawValue)"
        }
    }

    @Test func `a closure names what lies in it, and what no longer leaves in time`() throws {
        let story = try opened()
        let noon = SiteCommand.announceClosure(
            SiteClosure("noon", "2026-01-05T11:00/2026-01-05T12:00"))
        // Open again after it, and yet nobody leaves as it begins.
        #expect(try unfit(noon, given: story, day()) == ["2 after-last-start"])
        let rest = SiteCommand.announceClosure(
            SiteClosure("rest", "2026-01-05T11:00/2026-01-05T17:00"))
        #expect(
            try unfit(rest, given: story, day()) == ["2 after-last-start", "3 site-closed"])
        // What is over is nobody's concern any more.
        #expect(
            try unfit(rest, given: story, day(), at: .utc("2026-01-05T10:00"))
                == ["3 site-closed"])
        #expect(try unfit(rest, given: story, []).isEmpty)
    }

    @Test func `what was known before is not named again`() throws {
        var story = try opened()
        try story.does(
            .announceClosure(SiteClosure("one", "2026-01-05T13:00/2026-01-05T17:00")))
        let more = SiteCommand.announceClosure(
            SiteClosure("more", "2026-01-05T08:00/2026-01-05T17:00"))
        #expect(try unfit(more, given: story, day()) == ["1 site-closed", "2 site-closed"])
        #expect(try unfit(.withdrawClosure("one"), given: story, day()).isEmpty)
    }

    @Test func `a chair that is out of service or given up names its visits`() throws {
        let story = try opened()
        let outage = SiteCommand.takeChairOut(
            ChairOutage("pump", "chair-1", from: "2026-01-05T14:30", until: nil))
        #expect(try unfit(outage, given: story, day()) == ["3 chair-out-of-service"])
        #expect(
            try unfit(.retireChair("chair-1", from: date("2026-01-05")), given: story, day())
                == ["1 chair-retired", "3 chair-retired"])
        // Who sits there is seen by everybody.
        let begun = [try visit(1, "chair-1", "2026-01-05T14:00", isBegun: true)]
        #expect(try unfit(outage, given: story, begun).isEmpty)
    }

    @Test func `a nurse who goes names those who are left without`() throws {
        var story = try opened()
        #expect(
            try unfit(.withdrawShift("day", reason: .sickLeave), given: story, day()) == [
                "1 no-resuscitation-cover", "2 no-resuscitation-cover",
                "3 no-resuscitation-cover",
            ])
        try story.does(
            .planShift(
                Shift(
                    "second", "2026-01-05T08:00/2026-01-05T17:00",
                    roles: [.registeredNurse])))
        // Two begin at nine, which one nurse does not bear: each of them is named, and no other.
        let both = try day() + [visit(4, "chair-2", "2026-01-05T09:05")]
        #expect(
            try unfit(.withdrawShift("second", reason: .sickLeave), given: story, both)
                == ["1 nurse-starts", "4 nurse-starts"])
        #expect(
            try unfit(.withdrawShift("second", reason: .sickLeave), given: story, day()).isEmpty)
        let limits = CapacityLimits([.patientsPerNurse: 1])
        let six =
            try both + [
                visit(5, "chair-3", "2026-01-05T09:20"), visit(6, "chair-3", "2026-01-05T09:40"),
            ]
        #expect(
            try unfit(.setLimits(limits), given: story, six) == [
                "1 nurse-patients", "4 nurse-patients", "5 nurse-patients", "6 nurse-patients",
                "2 nurse-patients",
            ])
    }

    @Test func `the first shift tells that nobody is there on other dates`() throws {
        let story = try SiteStory.open("08:00-17:00")
        let visits = [
            try visit(1, "chair-1", "2026-01-05T09:00"),
            try visit(2, "chair-1", "2026-01-06T09:00"),
        ]
        let shift = Shift(
            "day", "2026-01-05T08:00/2026-01-05T17:00",
            roles: [.registeredNurse, .resuscitation])
        #expect(
            try unfit(.planShift(shift), given: story, visits) == ["2 no-resuscitation-cover"])
        let facts = [SiteFact.shiftPlanned(shift)]
        #expect(story.state.reach(of: facts)?.until == nil)
        #expect(story.state.reach(of: facts) != nil)
        // The next one only adds.
        #expect(try opened().state.reach(of: [.shiftPlanned(Shift("more", shift.period))]) == nil)
    }

    @Test func `a count that leaves too few names the visits that find none`() throws {
        var story = try opened()
        let item = StockItem(product: Self.product, vial: mg(750))
        func count(_ vials: Int, at time: LocalTime) -> SiteCommand {
            .countStock(StockCount(item: item, at: time, lots: [StockLot(vials: vials)]))
        }
        story.now = .utc("2026-01-05T06:00")
        try story.does(count(3, at: "2026-01-05T06:30"))
        let need = StockNeed(
            product: Self.product, vials: [StockNeed.Vials(size: mg(750), count: 1)])
        let visits = try day()
        let stocked = [
            Self.product: visits.map {
                StockedVisit($0.appointment, start: $0.slot.start, need: need)
            }
        ]
        #expect(
            try unfit(count(1, at: "2026-01-05T07:00"), given: story, visits, stocked: stocked)
                == ["2 stock-short", "3 stock-short"])
        #expect(
            try unfit(count(3, at: "2026-01-05T07:00"), given: story, visits, stocked: stocked)
                .isEmpty)
    }

    @Test func `the reasons are those that a booking is refused with`() {
        #expect(
            NurseLimit.allCases.map { UnfitReason($0).rawValue }
                == NurseLimit.allCases.map(\.rawValue))
        let codes = Set(UnfitReason.allCases.map(\.rawValue))
        let refusals: [Refusal] = [
            .siteClosed(SiteID("main"), at: Self.moment), .chairNotFound("1", accepted: []),
            .chairRetired("1", from: date("2026-01-05")), .chairOutOfService("1", at: Self.moment),
            .noResuscitationCover(at: Self.moment), .afterLastStart(last: nil),
            .stockShort(StockShortage(product: Self.product, vials: [])),
            .visitTooShort(minutes: 30, needed: 45), .gatesShut([]),
            .orderNotActive(OrderID(UUID()), status: "cancelled"),
            .orderFullyBooked(OrderID(UUID()), booked: 2, dosesLeft: 1),
        ]
        #expect(refusals.allSatisfy { codes.contains($0.code) })
        #expect(codes.count == refusals.count + NurseLimit.allCases.count)
    }
}
