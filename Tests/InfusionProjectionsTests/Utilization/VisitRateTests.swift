import Foundation
import Infusion
import InfusionJournal
import InfusionProjections
import Testing

/// How visits went: who came, when, and how long before it was agreed.
@Suite struct VisitRateTests {
    private let booked = "2026-02-20T08:00"

    @Test func `a no-show is one of those who came and those who did not`() throws {
        var story = try VisitStory(open: "08:00-16:00")
        story.visit(.noshow, from: "2026-03-02T08:00", (.appointmentBooked, booked))
        story.visit(.arrived, from: "2026-03-02T09:00", (.appointmentBooked, booked))
        story.visit(.fulfilled, from: "2026-03-02T10:00", (.appointmentBooked, booked))
        story.visit(
            .cancelled, from: "2026-03-02T11:00", (.appointmentBooked, booked),
            (.appointmentCancelled, "2026-03-01T22:59"))
        story.visit(.booked, from: "2026-03-02T12:00", (.appointmentBooked, booked))
        let total = try story.utilization("2026-03-02").total
        #expect(total.noShow == Share(1, of: 3))
        #expect(
            total.visits == [.noshow: 1, .arrived: 1, .fulfilled: 1, .cancelled: 1, .booked: 1])
        #expect(total.allVisits == 5)
    }

    @Test func `on the day is from the first instant of the visit's date by the site's clocks`()
        throws
    {
        var story = try VisitStory(open: "08:00-16:00")
        for time in ["2026-03-01T22:59", "2026-03-01T23:00", "2026-03-02T12:30"] {
            story.visit(
                .cancelled, from: "2026-03-02T11:00", (.appointmentBooked, booked),
                (.appointmentCancelled, time))
        }
        let total = try story.utilization("2026-03-02").total
        #expect(total.cancelled == Share(3, of: 3))
        #expect(total.cancelledSameDay == Share(2, of: 3))
    }

    @Test(arguments: [
        (arrival: "2026-03-02T08:00", after: 0, late: 0),
        (arrival: "2026-03-02T08:01", after: 0, late: 1),
        (arrival: "2026-03-02T08:10", after: 10, late: 0),
        (arrival: "2026-03-02T08:11", after: 10, late: 1),
        (arrival: "2026-03-02T07:00", after: 0, late: 0),
    ])
    func `late is after the agreed start, and the minutes that are overlooked`(
        _ sample: (arrival: String, after: Int, late: Int)
    ) throws {
        var story = try VisitStory(open: "08:00-16:00")
        story.visit(
            .arrived, from: "2026-03-02T08:00", (.appointmentBooked, booked),
            (.patientArrived, sample.arrival))
        // Who came without anybody's telling is not known to be late.
        story.visit(.fulfilled, from: "2026-03-02T10:00", (.appointmentBooked, booked))
        let total = try story.utilization("2026-03-02", nil, [.lateAfter: sample.after]).total
        #expect(total.lateArrivals == Share(sample.late, of: 1))
    }

    @Test func `who came late is late, whatever start they were given then`() throws {
        var story = try VisitStory(open: "08:00-16:00")
        story.visit(
            .arrived, from: "2026-03-02T10:00", agreed: "2026-03-02T08:00",
            (.appointmentBooked, booked), (.patientArrived, "2026-03-02T08:20"),
            (.appointmentMoved, "2026-03-02T08:21"))
        #expect(try story.utilization("2026-03-02").total.lateArrivals == Share(1, of: 1))
    }

    @Test(arguments: [
        ("2026-03-02T08:05", 1), ("2026-03-02T08:04", 0), ("2026-03-02T08:35", 1),
        ("2026-03-02T08:36", 0), ("2026-03-02T08:20", 1),
    ])
    func `on time is within a quarter of an hour of when the infusion was to begin`(
        _ begun: String, _ onTime: Int
    ) throws {
        var story = try VisitStory(open: "08:00-16:00")
        story.visit(
            .checkedIn, from: "2026-03-02T08:00", (.appointmentBooked, booked),
            (.doseStarted, begun))
        let total = try story.utilization("2026-03-02").total
        #expect(total.templateAdherence == Share(onTime, of: 1))
    }

    @Test func `a site may plan the beginning otherwise`() throws {
        var story = try VisitStory(open: "08:00-16:00")
        story.visit(
            .checkedIn, from: "2026-03-02T08:00", (.appointmentBooked, booked),
            (.doseStarted, "2026-03-02T08:06"))
        func adherence(_ terms: [UtilizationTerm: Int]) throws -> Share {
            try story.utilization("2026-03-02", nil, terms).total.templateAdherence
        }
        #expect(try adherence([.preparation: 0, .startWithin: 5]) == Share(0, of: 1))
        #expect(try adherence([.preparation: 0, .startWithin: 6]) == Share(1, of: 1))
        #expect(try adherence([.preparation: 6, .startWithin: 0]) == Share(1, of: 1))
    }

    @Test func `a hold is no visit, whether it waits, was given up or ran out`() throws {
        var story = try VisitStory(open: "08:00-16:00")
        story.visit(
            .pending, from: "2026-03-02T08:00", (.appointmentHeld, "2026-03-01T08:00"))
        story.visit(
            .cancelled, from: "2026-03-02T09:00", (.appointmentHeld, "2026-03-01T08:00"),
            (.holdExpired, "2026-03-01T09:00"))
        story.visit(
            .cancelled, from: "2026-03-02T10:00", (.appointmentHeld, "2026-03-01T08:00"),
            (.appointmentCancelled, "2026-03-02T07:00"))
        let total = try story.utilization("2026-03-02").total
        #expect(total.holdsPending == 1)
        #expect(total.holdsLapsed == 2)
        #expect(total.allVisits == 0)
        #expect(total.cancelled == Share(0, of: 0))
        #expect(total.cancelledSameDay == Share(0, of: 0))
        #expect(total.scheduledSeconds == 0)
    }

    @Test func `a held visit is booked when it is confirmed`() throws {
        var story = try VisitStory(open: "08:00-16:00")
        story.visit(
            .booked, from: "2026-03-02T08:00", (.appointmentHeld, "2026-03-01T07:00"),
            (.appointmentConfirmed, "2026-03-01T08:00"))
        #expect(try story.utilization("2026-03-02").total.leadTimes.minutes == [24 * 60])
    }

    @Test func `a moved visit was booked when it was first, for the start that it has now`() throws
    {
        var story = try VisitStory(open: "08:00-16:00")
        story.visit(
            .booked, from: "2026-03-05T08:00", (.appointmentBooked, "2026-03-01T08:00"),
            (.appointmentMoved, "2026-03-04T08:00"))
        #expect(try story.utilization("2026-03-05").total.leadTimes.minutes == [4 * 24 * 60])
        #expect(try story.utilization("2026-03-02").total.allVisits == 0)
    }

    @Test func `a lead time is of minutes that pass, and less than zero after the start`() throws {
        var story = try VisitStory(open: "08:00-16:00")
        // From 09:00 to 09:00, and an hour was skipped.
        story.visit(
            .booked, from: "2026-03-29T07:00", (.appointmentBooked, "2026-03-28T08:00"))
        story.visit(
            .booked, in: "chair-2", from: "2026-03-29T07:00",
            (.appointmentBooked, "2026-03-29T07:10"))
        #expect(try story.utilization("2026-03-29").total.leadTimes.minutes == [-10, 23 * 60])
    }

    @Test func `red cells, and who is still in the chair, have no minutes yet`() throws {
        var story = try VisitStory(open: "08:00-16:00")
        story.visit(
            .fulfilled, from: "2026-03-02T08:00", minutes: 180, (.appointmentBooked, booked),
            (.transfusionOrderFilled, "2026-03-02T10:00"))
        story.visit(
            .checkedIn, in: "chair-2", from: "2026-03-02T08:00", (.appointmentBooked, booked),
            (.doseStarted, "2026-03-02T08:20"))
        let total = try story.utilization("2026-03-02").total
        #expect(total.untimed == 2)
        #expect(total.actualSeconds == 0)
        #expect(total.templateAdherence == Share(1, of: 1))
        #expect(total.noShow == Share(0, of: 2))
    }

    // MARK: Numbers

    @Test func `a percentile is a value that occurred`() {
        #expect(LeadTimes().percentile(50) == nil)
        #expect(LeadTimes([7]).percentile(90) == 7)
        let ten = LeadTimes((1...10).map { Int64($0) * 10 }.reversed())
        #expect(ten.percentile(50) == 50)
        #expect(ten.percentile(90) == 90)
        #expect(ten.percentile(91) == 100)
        #expect(LeadTimes([1, 2, 3, 4]).percentile(50) == 2)
        #expect(LeadTimes([1, 2, 3]).percentile(50) == 2)
    }

    @Test(arguments: [
        (0, 3, "0"), (1, 3, "33.3"), (2, 3, "66.7"), (1, 8, "12.5"), (1, 16, "6.3"), (5, 5, "100"),
    ])
    func `a share is told to one decimal place`(
        _ numerator: Int, _ denominator: Int, _ percent: String
    ) {
        #expect(Share(numerator, of: denominator).percent == Decimal(string: percent))
    }

    @Test func `of nothing there is no share`() { #expect(Share(0, of: 0).percent == nil) }

    @Test func `every term has a default within what is accepted`() {
        for term in UtilizationTerm.allCases {
            #expect(term.accepted.contains(term.standard))
            #expect(UtilizationTerms()[term] == term.standard)
        }
        #expect(UtilizationTerm.preparation.standard == 20)
    }
}
