import Foundation
import Infusion
import InfusionJournal
import InfusionProjections
import Testing

/// The use of a site's chairs, minute by minute.
@Suite struct UtilizationTests {
    @Test func `minutes that were promised and sat are told with those that were there`() throws {
        var story = try VisitStory(open: "08:00-16:00")
        story.visit(
            .fulfilled, from: "2026-03-02T08:00", minutes: 90,
            (.appointmentBooked, "2026-02-27T08:00"), (.patientArrived, "2026-03-02T07:50"),
            (.doseStarted, "2026-03-02T08:20"), (.patientDischarged, "2026-03-02T09:10"))
        story.visit(
            .noshow, in: "chair-2", from: "2026-03-02T10:00",
            (.appointmentBooked, "2026-03-01T10:00"), (.appointmentMissed, "2026-03-02T10:00"))
        let use = try story.utilization("2026-03-02")
        #expect(use.total.openSeconds == 57_600)
        #expect(use.total.scheduledUtilization == Share(150, of: 960))
        #expect(use.total.actualUtilization == Share(50, of: 960))
        #expect(use.chairs.map(\.chair.name) == ["chair-1", "chair-2"])
        #expect(use.chairs[0].figures.scheduledUtilization == Share(90, of: 480))
        #expect(use.chairs[1].figures.actualUtilization == Share(0, of: 480))
    }

    @Test func `a cancelled visit gives its minutes back, and whoever is booked instead has them`()
        throws
    {
        var story = try VisitStory(open: "08:00-16:00")
        story.visit(
            .cancelled, from: "2026-03-02T08:00", (.appointmentBooked, "2026-02-20T08:00"),
            (.appointmentCancelled, "2026-03-01T08:00"))
        story.visit(
            .booked, from: "2026-03-02T08:00", (.appointmentBooked, "2026-03-01T09:00"))
        let total = try story.utilization("2026-03-02").total
        #expect(total.scheduledSeconds == 3_600)
        #expect(total.cancelled == Share(1, of: 2))
        #expect(total.cancelledSameDay == Share(0, of: 2))
        // The cancelled one has no start that anybody waited for.
        #expect(total.leadTimes.minutes == [23 * 60])
    }

    @Test func `a minute of a chair counts once, however many were promised it`() throws {
        var story = try VisitStory(open: "08:00-16:00")
        story.visit(
            .fulfilled, from: "2026-03-02T08:00", minutes: 120,
            (.appointmentBooked, "2026-02-27T08:00"), (.doseStarted, "2026-03-02T08:00"),
            (.patientDischarged, "2026-03-02T08:45"))
        // Left early, and the rest was given away.
        story.visit(
            .fulfilled, from: "2026-03-02T09:00", minutes: 120,
            (.appointmentBooked, "2026-03-02T08:50"), (.doseStarted, "2026-03-02T09:10"),
            (.patientDischarged, "2026-03-02T10:00"))
        let total = try story.utilization("2026-03-02").total
        #expect(total.scheduledSeconds == 180 * 60)
        #expect(total.actualSeconds == 95 * 60)
    }

    @Test func `minutes beyond closing are told and are no use of open minutes`() throws {
        var story = try VisitStory(open: "08:00-16:00")
        story.visit(
            .fulfilled, from: "2026-03-02T14:30", minutes: 60,
            (.appointmentBooked, "2026-02-27T08:00"), (.doseStarted, "2026-03-02T14:45"),
            (.patientDischarged, "2026-03-02T15:40"))
        let total = try story.utilization("2026-03-02").total
        #expect(total.scheduledSeconds == 60 * 60)
        #expect(total.scheduledUtilization == Share(30, of: 960))
        #expect(total.actualSeconds == 55 * 60)
        #expect(total.actualUtilization == Share(15, of: 960))
    }

    @Test func `what is closed or out of service is not open, and a closed day is 0 min`() throws {
        var story = try VisitStory(open: "08:00-16:00")
        let noon = try #require(LocalTime("2026-03-02T12:00"))
        story.decided(
            .chairTakenOut(
                ChairOutage(
                    id: SiteEntryID("pump"), chair: ChairID("chair-2"), from: noon, until: nil,
                    reason: .equipmentFault)))
        let holiday = try #require(
            LocalPeriod(
                from: LocalTime(date("2026-03-03"), .midnight),
                until: LocalTime(date("2026-03-04"), .midnight)))
        story.decided(
            .closureAnnounced(
                SiteClosure(id: SiteEntryID("holiday"), period: holiday, reason: .publicHoliday)))
        let use = try story.utilization("2026-03-02", "2026-03-03")
        #expect(use.days.map(\.figures.openSeconds) == [12 * 3_600, 0])
        #expect(use.days[1].figures.scheduledUtilization?.percent == nil)
        #expect(use.chairs.map(\.figures.openSeconds) == [8 * 3_600, 4 * 3_600])
    }

    @Test func `a site that nobody told the hours of has minutes and no share`() throws {
        var story = try VisitStory()
        story.visit(
            .booked, in: "chair-7", from: "2026-03-02T08:00",
            (.appointmentBooked, "2026-03-01T08:00"))
        let use = try story.utilization("2026-03-02", "2026-03-03")
        #expect(use.total.openSeconds == nil)
        #expect(use.total.scheduledUtilization == nil)
        #expect(use.total.scheduledSeconds == 3_600)
        #expect(use.chairs.map(\.chair.name) == ["chair-7"])
        #expect(use.days.map(\.figures.allVisits) == [1, 0])
    }

    @Test func `a chair that the site does not have was open for no minute`() throws {
        var story = try VisitStory(open: "08:00-16:00")
        story.visit(
            .booked, in: "chair-9", from: "2026-03-02T08:00",
            (.appointmentBooked, "2026-03-01T08:00"))
        let chair = try #require(try story.utilization("2026-03-02").chairs.last)
        #expect(chair.chair == ChairID("chair-9"))
        #expect(chair.figures.scheduledSeconds == 3_600)
        #expect(chair.figures.scheduledUtilization == Share(0, of: 0))
    }

    // MARK: Midnight and the clocks

    @Test func `a visit over midnight counts on its date, and its minutes where they pass`() throws
    {
        var story = try VisitStory(open: "18:00-02:00", chairs: ["chair-1"])
        // 23:00 to 01:00 in Rome, begun and ended half an hour late.
        story.visit(
            .fulfilled, from: "2026-03-02T22:00", minutes: 120,
            (.appointmentBooked, "2026-03-01T08:00"), (.patientArrived, "2026-03-02T22:00"),
            (.doseStarted, "2026-03-02T22:30"), (.patientDischarged, "2026-03-03T00:30"))
        let use = try story.utilization("2026-03-02", "2026-03-03")
        #expect(use.days.map(\.figures.allVisits) == [1, 0])
        #expect(use.days.map(\.figures.openSeconds) == [8 * 3_600, 8 * 3_600])
        #expect(use.days.map(\.figures.scheduledSeconds) == [3_600, 3_600])
        #expect(use.days.map(\.figures.actualSeconds) == [1_800, 5_400])
        // The period that begins on the later date has its minutes and not the visit.
        let later = try story.utilization("2026-03-03").total
        #expect(later.allVisits == 0)
        #expect(later.scheduledUtilization == Share(60, of: 480))
        #expect(later.actualUtilization == Share(90, of: 480))
        #expect(later.leadTimes.minutes.isEmpty)
    }

    @Test func `a discharge that was told days later frees the chair at the end of the next date`()
        throws
    {
        var story = try VisitStory(open: "00:00-24:00", chairs: ["chair-1"])
        story.visit(
            .fulfilled, from: "2026-03-02T22:00", (.appointmentBooked, "2026-03-01T08:00"),
            (.doseStarted, "2026-03-02T22:30"), (.patientDischarged, "2026-03-06T10:00"))
        let use = try story.utilization("2026-03-02", "2026-03-05")
        #expect(use.days.map(\.figures.actualSeconds) == [1_800, 24 * 3_600, 0, 0])
    }

    @Test func `a day of 23 hours is open for 23, and one of 25 for 25`() throws {
        let story = try VisitStory(open: "00:00-24:00")
        #expect(try story.utilization("2026-03-29").total.openSeconds == 2 * 23 * 3_600)
        #expect(try story.utilization("2026-10-25").total.openSeconds == 2 * 25 * 3_600)
    }

    @Test func `minutes on the days of the change are those that pass`() throws {
        var story = try VisitStory(open: "00:00-24:00", chairs: ["chair-1"])
        // 01:30 to 03:30 on the wall, an hour in all.
        story.visit(
            .booked, from: "2026-03-29T00:30", minutes: 60,
            (.appointmentBooked, "2026-03-28T00:30"))
        // From the first 02:30 to the second.
        story.visit(
            .booked, from: "2026-10-25T00:30", minutes: 60,
            (.appointmentBooked, "2026-10-24T07:00"))
        #expect(
            try story.utilization("2026-03-29").total.scheduledUtilization == Share(60, of: 1_380))
        #expect(
            try story.utilization("2026-10-25").total.scheduledUtilization == Share(60, of: 1_500))
    }

    @Test func `the last minutes of a year belong to its last date`() throws {
        var story = try VisitStory(open: "00:00-24:00", chairs: ["chair-1"])
        story.visit(
            .booked, from: "2026-12-31T22:30", (.appointmentBooked, "2026-12-30T08:00"))
        let use = try story.utilization("2026-12-31", "2027-01-01")
        #expect(use.days.map(\.figures.allVisits) == [1, 0])
        #expect(use.days.map(\.figures.scheduledSeconds) == [1_800, 1_800])
    }

    @Test func `what the dates add up to is what the chairs add up to`() throws {
        var story = try VisitStory(open: "18:00-02:00")
        for (index, day) in ["02", "03", "04", "05"].enumerated() {
            story.visit(
                .fulfilled, in: "chair-\(index % 3 + 1)", from: "2026-03-\(day)T22:15",
                minutes: 100, (.appointmentBooked, "2026-02-1\(index)T08:00"),
                (.patientArrived, "2026-03-\(day)T22:1\(index * 2)"),
                (.doseStarted, "2026-03-\(day)T22:4\(index)"),
                (.patientDischarged, "2026-03-\(day)T23:50"))
        }
        let use = try story.utilization("2026-03-02", "2026-03-06")
        let total = use.total
        #expect(use.chairs.map(\.chair.name) == ["chair-1", "chair-2", "chair-3"])
        for sum in [use.days.map(\.figures), use.chairs.map(\.figures)] {
            #expect(sum.map(\.allVisits).reduce(0, +) == total.allVisits)
            #expect(sum.compactMap(\.openSeconds).reduce(0, +) == total.openSeconds)
            #expect(sum.map(\.scheduledSeconds).reduce(0, +) == total.scheduledSeconds)
            #expect(sum.map(\.scheduledOpenSeconds).reduce(0, +) == total.scheduledOpenSeconds)
            #expect(sum.map(\.actualOpenSeconds).reduce(0, +) == total.actualOpenSeconds)
            #expect(sum.map(\.late).reduce(0, +) == total.late)
            #expect(sum.flatMap(\.leadTimes.minutes).sorted() == total.leadTimes.minutes)
        }
    }
}
