import Foundation
import Infusion

extension GoldenEvents {
    private static let entry = WaitlistEntry(
        request: WaitlistRequest(
            order: id(4), site: SiteID("milano-1"), minutes: 90, earliest: date("2026-11-23"),
            latest: date("2026-12-04"), weekdays: [.thursday, .monday],
            hours: ClockSpan(from: time("08:00"), until: time("12:30")), noticeHours: 24),
        priority: WaitlistPriority(
            ruleVersion: 1, urgency: .urgent, due: date("2026-11-23"),
            predicates: findings[0].predicates, evidence: [EventVersion(4), EventVersion(5)]))

    private static let dateless = WaitlistEntry(
        request: WaitlistRequest(
            order: id(4), site: nil, minutes: 90, earliest: nil, latest: nil,
            weekdays: Set(Weekday.allCases), hours: nil, noticeHours: 0),
        priority: WaitlistPriority(
            ruleVersion: 1, urgency: .routine, due: date("2027-01-01"), predicates: [],
            evidence: []))

    static let waitlist: [(name: String, fact: PatientFact)] = [
        ("waitlist-entered.v1", .waitlistEntered(entry)),
        ("waitlist-entered.v1-dateless", .waitlistEntered(dateless)),
        ("waitlist-changed.v1", .waitlistChanged(entry)),
        (
            "waitlist-offered.v1",
            .waitlistOffered(WaitlistOffer(order: id(4), appointment: id(6), freed: id(5)))
        ),
        (
            "waitlist-offered.v1-unfreed",
            .waitlistOffered(WaitlistOffer(order: id(4), appointment: id(6), freed: nil))
        ),
        ("waitlist-left.v1", left(.booked(id(6)))),
        ("waitlist-left.v1-order-ended", left(.orderEnded)),
        ("waitlist-left.v1-deceased", left(.patientDeceased)),
        ("waitlist-left.v1-erased", left(.patientErased)),
        ("waitlist-left.v1-withdrawn", left(.withdrawnByPerson(.patientRequest))),
    ]

    private static func left(_ reason: WaitlistLeft.Reason) -> PatientFact {
        .waitlistLeft(WaitlistLeft(order: id(4), reason: reason))
    }

    private static func time(_ text: String) -> ClockTime {
        guard let time = ClockTime(text) else { preconditionFailure("not a time: \(text)") }
        return time
    }
}
