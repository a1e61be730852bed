import Foundation
import Infusion
import Testing

/// Visits of a patient that stay booked after another of theirs was given back, missed or moved.
@Suite("Visits that no longer fit their patient's others") struct UnfitCourseTests {
    private static let now = "2026-03-02 12:00"

    private func slot(_ time: String, minutes: Int64) -> AppointmentSlot {
        Act.slot(Clinic.newYork.at(time), minutes: minutes)
    }

    /// Iron dextran, whose first dose has its test dose and an hour's wait: the first visit, and a short second.
    private var dextran: Story {
        given { story in
            story.patient(on: "2026-03-01")
            story.ordered(
                product: "infed", row: "LMWID-US", prescribed: [100, 100, 100], method: .ganzoni,
                on: "2026-03-02")
            for (number, day, minutes) in [
                (1, "2026-03-11", 240), (2, "2026-03-12", 45), (3, "2026-03-13", 240),
            ] as [(UInt64, String, Int64)] {
                story.does(
                    .bookAppointment(
                        id(number), order: id(1), slot: slot("\(day) 09:00", minutes: minutes)),
                    at: Self.now)
            }
        }
    }

    private func unfit(
        _ command: PatientCommand, given story: Story, at time: String = now,
        isOpened: Bool = true, sourceLocation: SourceLocation = #_sourceLocation
    ) -> [String] {
        story.unfit(by: command, at: time, isOpened: isOpened, sourceLocation: sourceLocation)
    }

    @Test func `the visit that is the first of its product now is too short for it`() {
        #expect(
            unfit(.cancelAppointment(id(1), reason: .patientRequest), given: dextran)
                == ["2 visit-too-short"])
        #expect(
            unfit(.recordNoShow(id(1)), given: dextran, at: "2026-03-11 14:00")
                == ["2 visit-too-short"])
        #expect(
            unfit(
                .moveAppointment(id(1), to: slot("2026-03-16 09:00", minutes: 240)), given: dextran)
                == ["2 visit-too-short"])
    }

    @Test func `a visit that is booked before it may make it another dose's`() {
        // 200 mg have no time of their own and 1,000 mg take 15 minutes, before half an hour of observation.
        let story = given(.rome) { story in
            story.patient(on: "2026-03-01")
            story.ordered(
                product: "ferinject", row: "FCM-EU-inf", prescribed: [200, 1000],
                method: .simplifiedTable, on: "2026-03-02")
            story.does(
                .bookAppointment(
                    id(1), order: id(1),
                    slot: Act.slot(Clinic.rome.at("2026-03-17 09:00"), minutes: 40)), at: Self.now)
        }
        for (day, told) in [("2026-03-10", ["1 visit-too-short"]), ("2026-03-24", [])] {
            let book = PatientCommand.bookAppointment(
                id(2), order: id(1), slot: Act.slot(Clinic.rome.at("\(day) 09:00")))
            #expect(unfit(book, given: story) == told, "\(day)")
        }
    }

    @Test func `a visit after the others takes nothing from them, nor one that moves before them`()
    {
        #expect(
            unfit(.cancelAppointment(id(3), reason: .patientRequest), given: dextran).isEmpty)
        #expect(
            unfit(
                .moveAppointment(id(1), to: slot("2026-03-10 09:00", minutes: 240)), given: dextran
            ).isEmpty)
    }

    @Test func `what was known before is not named again`() {
        var story = dextran
        story.does(.cancelAppointment(id(1), reason: .patientRequest), at: Self.now)
        #expect(
            unfit(.cancelAppointment(id(3), reason: .patientRequest), given: story).isEmpty)
    }

    @Test func `where nothing was decided about the site no visit is judged by its length`() {
        #expect(
            unfit(
                .cancelAppointment(id(1), reason: .patientRequest), given: dextran, isOpened: false
            ).isEmpty)
    }

    @Test func `where somebody answers for the length it stays answered for`() throws {
        var site = try SiteStory.open("08:00-17:00", in: "America/New_York")
        site.now = Clinic.newYork.at("2026-03-01 12:00")
        let start = Clinic.newYork.at("2026-03-12 09:00")
        let wanted = AppointmentSlot(
            site: SiteID("main"), chair: "chair-1", start: start, end: start.adding(minutes: 45))
        var story = dextran
        story.does(.cancelAppointment(id(2), reason: .patientRequest), at: Self.now)
        story.clinic.visitSite = VisitSite(at: start, given: site.state)
        let answered = CapacityOverride(
            rules: [.visitLength], reason: .staffAgreed, role: .nurse)
        story.does(
            .bookAppointment(id(4), order: id(1), slot: wanted, override: answered), at: Self.now)
        var after = story
        after.does(.cancelAppointment(id(1), reason: .patientRequest), at: Self.now)
        let course = UnfitCourse(
            before: story.state, after: after.state,
            in: story.clinic.context(now: story.clinic.at(Self.now)))
        let place = UnfitCourse.Place(timeZone: Clinic.newYork.zone, isOpened: true)
        #expect(course.unfit(at: [SiteID("main"): place, SiteID("north"): place]).isEmpty)
    }

    @Test func `the vials of a smaller dose do not make the larger one`() throws {
        let product = ProductKey("injectafer")
        var site = try SiteStory.open("08:00-17:00", in: "America/New_York")
        site.now = Clinic.newYork.at("2026-03-01 12:00")
        try site.does(
            .countStock(
                StockCount(
                    item: StockItem(product: product, vial: mg(100)), at: "2026-03-01T12:00",
                    lots: [StockLot(vials: 40)])))
        func story(_ doses: [Decimal]) -> Story {
            given { story in
                story.patient(on: "2026-03-01")
                story.ordered(prescribed: doses, on: "2026-03-02")
                story.clinic.stock = SiteStock(of: product, given: site.state, visits: [])
                for (number, day) in [(1, "2026-03-04"), (2, "2026-03-12")] as [(UInt64, String)] {
                    story.does(
                        .bookAppointment(
                            id(number), order: id(1), slot: slot("\(day) 09:00", minutes: 90)),
                        at: Self.now)
                }
            }
        }
        let cancelled = PatientCommand.cancelAppointment(id(1), reason: .patientRequest)
        #expect(unfit(cancelled, given: story([750, 500])) == ["2 stock-short"])
        // More than enough is no reason to move anybody.
        #expect(unfit(cancelled, given: story([500, 750])).isEmpty)
    }
}
