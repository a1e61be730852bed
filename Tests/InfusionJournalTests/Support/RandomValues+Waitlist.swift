import Infusion

extension RandomValues {
    mutating func waitlistEntry() -> WaitlistEntry {
        WaitlistEntry(
            request: WaitlistRequest(
                order: identifier(), site: optional { SiteID($0.text()) }, minutes: integer(),
                earliest: optional { $0.date() }, latest: optional { $0.date() }, weekdays: set(),
                hours: optional { ClockSpan(from: $0.clockTime(), until: $0.clockTime()) },
                noticeHours: integer()),
            priority: WaitlistPriority(
                ruleVersion: integer(), urgency: code(), due: date(),
                predicates: array(2) { $0.finding() }.flatMap(\.predicates),
                evidence: array(3) { $0.version() }))
    }

    mutating func clockTime() -> ClockTime {
        ClockTime(minutes: generator.below(ClockTime.minutesPerDay)) ?? .midnight
    }

    /// Why an entry of the wait list ended.
    mutating func ending() -> WaitlistLeft.Reason {
        let reasons: [WaitlistLeft.Reason] = [
            .booked(identifier()), .orderEnded, .patientDeceased, .patientErased,
            .withdrawnByPerson(code()),
        ]
        return generator.pick(reasons)
    }
}
