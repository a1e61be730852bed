import Foundation
import Infusion
import Testing

/// What tests of the wait list tell.
protocol WaitlistTelling {}

extension WaitlistTelling {
    /// Ordered two doses of 750 mg on Monday, 2 March 2026; haemoglobin 9 g/dL.
    var ordered: Story {
        given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
        }
    }
    var now: String { "2026-03-02 12:00" }

    func request(
        site: String? = "north", minutes: Int = 90, earliest: String? = nil, latest: String? = nil,
        weekdays: Set<Weekday> = Set(Weekday.allCases), hours: ClockSpan? = nil, notice: Int = 0
    ) -> WaitlistRequest {
        WaitlistRequest(
            order: id(1), site: site.map { SiteID($0) }, minutes: minutes,
            earliest: earliest.map { date($0) }, latest: latest.map { date($0) },
            weekdays: weekdays, hours: hours, noticeHours: notice)
    }

    func hours(_ from: Int, _ until: Int) -> ClockSpan? {
        guard let from = ClockTime(minutes: from * 60),
            let until = ClockTime(minutes: until % 24 * 60)
        else { return nil }
        return ClockSpan(from: from, until: until)
    }

    func slot(_ text: String, minutes: Int64 = 90) -> AppointmentSlot {
        Act.slot(Clinic.newYork.at(text), minutes: minutes)
    }

    func offer(
        _ number: UInt64 = 1, _ time: String = "2026-03-04 10:00", minutes: Int = 60,
        freed: UInt64? = 99
    ) -> PatientCommand {
        .offerVisit(
            OfferVisit(
                id: id(number), order: id(1), slot: slot(time), minutes: minutes,
                freed: freed.map { id($0) }))
    }

    var waiting: Story {
        var story = ordered
        story.does(.enterWaitlist(request()), at: now)
        return story
    }

    var offered: Story {
        var story = waiting
        story.does(offer(), at: "2026-03-02 13:00")
        return story
    }

    func left(_ reason: WaitlistLeft.Reason) -> PatientFact {
        .waitlistLeft(WaitlistLeft(order: id(1), reason: reason))
    }
}
