import Foundation
import Testing

@testable import Infusion

/// All visits of an order at once.
@Suite("Openings for whole courses") struct CourseOpeningsTests {
    @Test func `both visits of a course of two go with each other`() throws {
        let found = try OpeningsTests.ask(.course(id(1)), OpeningsTests.ferumoxytol, limit: 10)
        #expect(found.openings.isEmpty)
        #expect(found.courses.count == 10)
        for course in found.courses {
            let days = course.visits[1].date.days(since: course.visits[0].date)
            #expect(course.visits.count == 2)
            #expect((3...8).contains(days), "\(days) days")
            #expect(course.points == course.visits.reduce(0) { $0 + $1.rank.points })
        }
        #expect(found.courses.map(\.points) == found.courses.map(\.points).sorted())
        #expect(found.courses[0].visits.map { $0.rank.daysFromDue } == [0, 0])
    }

    @Test func `five visits of a course go with each other, and can be booked one by one`() throws {
        var story = given { story in
            story.patient(.male, [.ckdNonDialysis], on: "2026-03-01")
            story.ordered(
                product: "venofer-us", row: "IS-US-NDD", indication: .ckdNonDialysis,
                prescribed: [200, 200, 200, 200, 200], on: "2026-03-02")
        }
        let wishes = PatientWishes(weekdays: [.monday, .wednesday, .friday])
        let found = try OpeningsTests.ask(.course(id(1)), story, wishes: wishes, limit: 3)
        let course = try #require(found.courses.first)
        #expect(course.visits.count == 5)
        let dates = course.visits.map(\.date)
        #expect(dates == dates.sorted() && Set(dates).count == 5)
        #expect(dates[4].days(since: dates[0]) <= 14)
        for (number, visit) in course.visits.enumerated() {
            story.does(
                .bookAppointment(id(UInt64(number + 1)), order: id(1), slot: visit.slot),
                at: OpeningsTests.now)
        }
        #expect(story.state.appointments.count == 5)
    }

    @Test func `what is booked of a course is kept, and the rest goes with it`() throws {
        var story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
        }
        story.does(
            .bookAppointment(
                id(1), order: id(1), slot: Act.slot(Clinic.newYork.at("2026-03-10 10:00"))),
            at: OpeningsTests.now)
        let found = try OpeningsTests.ask(.course(id(1)), story, limit: 50)
        for course in found.courses {
            #expect(course.visits.count == 1)
            let days = course.visits[0].date.days(since: date("2026-03-10"))
            #expect(abs(days) >= 7, "\(days) days")
        }
        #expect(!found.courses.isEmpty)
    }

    @Test func `a first date after which the rest finds none is said to be ruled out by it`() throws
    {
        // The second dose would be three to eight dates later: after the last one asked about.
        let found = try OpeningsTests.ask(.course(id(1)), OpeningsTests.ferumoxytol, days: 5)
        #expect(
            found.courses.map { $0.visits[0].date }.sorted() == [
                date("2026-03-02"), date("2026-03-03"),
            ])
        #expect(
            found.days.map(\.constraint) == [nil, nil, .restOfCourse, .restOfCourse, .restOfCourse])
    }
}
