import Foundation
import Infusion
import Testing

/// Bookings at a site that keeps account of its vials.
@Suite("Bookings and the vials of their site") struct StockBookingTests {
    private static let now = "2026-03-02 12:00"
    private static let product = ProductKey("injectafer")
    private static let need = StockNeed(
        product: product, vials: [StockNeed.Vials(size: mg(750), count: 1)])

    /// The same where none is left.
    private static let short = StockShortage(
        product: product, vials: [StockShortage.Vials(size: mg(750), count: 1, left: 0)])

    /// Open in New York; so many vials, and others that are kept for visits of the same day.
    private func story(vials: Int, kept: Int = 0) throws -> Story {
        var site = try SiteStory.open("08:00-17:00", in: "America/New_York")
        site.now = Clinic.newYork.at("2026-03-01 12:00")
        try site.does(
            .countStock(
                StockCount(
                    item: StockItem(product: Self.product, vial: mg(750)), at: "2026-03-01T12:00",
                    lots: [StockLot(vials: vials)])))
        var story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
        }
        story.clinic.visitSite = VisitSite(at: slot().start, given: site.state)
        story.clinic.stock = SiteStock(
            of: Self.product, given: site.state,
            visits: (0..<kept).map {
                StockedVisit(id(100 + UInt64($0)), start: slot().start, need: Self.need)
            })
        return story
    }

    private func slot(
        _ time: String = "2026-03-04 09:00", chair: ChairID = "chair-1",
        site: SiteID = SiteID("main")
    ) -> AppointmentSlot {
        let start = Clinic.newYork.at(time)
        return AppointmentSlot(
            site: site, chair: chair, start: start, end: start.adding(minutes: 60))
    }

    private let stays = CapacityOverride(rules: [.stock], reason: .extraStock, role: .nurse)

    @Test func `a visit keeps the vials of its dose`() throws {
        let outcome = try story(vials: 1).when(
            .bookAppointment(id(1), order: id(1), slot: slot()), at: Self.now)
        outcome.accepted()
        #expect(outcome.facts.last == .stockReserved(id(1), Self.need))
        #expect(outcome.after.appointment(id(1))?.stock == Self.need)
    }

    @Test func `where they do not go round it is refused, unless somebody answers for it`() throws {
        let story = try story(vials: 1, kept: 1)
        story.when(.bookAppointment(id(1), order: id(1), slot: slot()), at: Self.now)
            .refused(.stockShort(Self.short))
        story.when(
            .holdAppointment(id(1), order: id(1), slot: slot(), minutes: 30), at: Self.now
        ).refused(.stockShort(Self.short))
        let other = CapacityOverride(rules: [.nurseStarts], reason: .extraStaff, role: .nurse)
        story.when(
            .bookAppointment(id(1), order: id(1), slot: slot(), override: other), at: Self.now
        ).refused(.stockShort(Self.short))
        let outcome = story.when(
            .bookAppointment(id(1), order: id(1), slot: slot(), override: stays), at: Self.now)
        outcome.accepted()
        #expect(
            outcome.facts.suffix(2) == [
                .capacityOverridden(id(1), stays), .stockReserved(id(1), Self.need),
            ])
    }

    @Test func `a site that keeps no account of the product judges nothing by it`() throws {
        var story = try story(vials: 0)
        story.clinic.stock = nil
        let outcome = story.when(
            .bookAppointment(id(1), order: id(1), slot: slot()), at: Self.now)
        outcome.accepted()
        #expect(outcome.after.appointment(id(1))?.stock == nil)
    }

    @Test func `what is held is confirmed without asking again`() throws {
        var story = try story(vials: 1)
        story.does(
            .holdAppointment(id(1), order: id(1), slot: slot(), minutes: 30), at: Self.now)
        story.clinic.stock = try self.story(vials: 0).clinic.stock
        let outcome = story.when(.confirmAppointment(id(1)), at: Self.now)
        outcome.accepted()
        #expect(!outcome.facts.contains(.stockReserved(id(1), Self.need)))
        #expect(outcome.after.appointment(id(1))?.stock == Self.need)
    }

    @Test func `a hold of before the account keeps its vials when it is confirmed`() throws {
        var story = try story(vials: 1)
        let stock = story.clinic.stock
        story.clinic.stock = nil
        story.does(
            .holdAppointment(id(1), order: id(1), slot: slot(), minutes: 30), at: Self.now)
        story.clinic.stock = stock
        let outcome = story.when(.confirmAppointment(id(1)), at: Self.now)
        #expect(outcome.facts.last == .stockReserved(id(1), Self.need))
    }

    @Test func `a move asks for the vials at its new time, and not for another chair`() throws {
        var story = try story(vials: 1)
        story.does(.bookAppointment(id(1), order: id(1), slot: slot()), at: Self.now)
        story.clinic.stock = try self.story(vials: 0).clinic.stock
        story.when(.moveAppointment(id(1), to: slot(chair: "chair-2")), at: Self.now).accepted()
        story.when(.moveAppointment(id(1), to: slot("2026-03-04 10:00")), at: Self.now)
            .refused(.stockShort(Self.short))
        story.clinic.stock = try self.story(vials: 1).clinic.stock
        let moved = story.when(.moveAppointment(id(1), to: slot("2026-03-04 10:00")), at: Self.now)
        moved.accepted()
        #expect(moved.facts == [.appointmentMoved(id(1), to: slot("2026-03-04 10:00"))])
        #expect(moved.after.appointment(id(1))?.stock == Self.need)
    }

    @Test func `vials are those of one site`() throws {
        var story = try story(vials: 1)
        story.does(.bookAppointment(id(1), order: id(1), slot: slot()), at: Self.now)
        story.clinic.visitSite = nil
        story.clinic.stock = nil
        let moved = story.when(
            .moveAppointment(id(1), to: slot(site: SiteID("other"))), at: Self.now)
        moved.accepted()
        #expect(moved.after.appointment(id(1))?.stock == nil)
    }
}
