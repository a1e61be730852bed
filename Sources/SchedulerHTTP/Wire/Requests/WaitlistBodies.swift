import Infusion
import InfusionWire

/// `POST /v1/orders/{id}/waitlist` and its change: the whole of the request.
struct WaitlistBody: WireBody {
    let site: SiteID?
    let minutes: Int
    let earliest: CalendarDate?
    let latest: CalendarDate?
    let weekdays: Set<Weekday>
    let hours: ClockSpan?
    let noticeHours: Int

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        let accepted = InfusionLimits.appointmentMinutes
        site = try reader.optional("site", .site)
        minutes = try reader.required(
            "minutes", .integer(Int(accepted.lowerBound)...Int(accepted.upperBound)))
        earliest = try reader.optional("earliest", .date)
        latest = try reader.optional("latest", .date)
        let named = try reader.optional(
            "weekdays",
            Field<[Weekday]>.array(of: Field<Weekday>.oneOf(Weekday.self), count: 1...7))
        weekdays = Set(named ?? Weekday.allCases)
        hours = try reader.optional("hours", Field<WaitlistHours>.object(WaitlistHours.self))?.span
        noticeHours =
            try reader.optional("noticeHours", .integer(InfusionLimits.waitlistNoticeHours)) ?? 0
    }

    func request(of order: OrderID) -> WaitlistRequest {
        WaitlistRequest(
            order: order, site: site, minutes: minutes, earliest: earliest, latest: latest,
            weekdays: weekdays, hours: hours, noticeHours: noticeHours)
    }
}

/// `from` and `until` on the site's wall; a day's end is `24:00`.
struct WaitlistHours: WireBody {
    let span: ClockSpan

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        span = ClockSpan(
            from: try reader.required("from", .clockTime),
            until: try reader.required("until", .clockEnd))
    }
}

/// `POST /v1/orders/{id}/offers`: a hold, and whose time it was.
struct VisitOfferBody: WireBody {
    static let members: BodyMembers = SlotHoldBody.members
    let hold: SlotHoldBody
    let freed: AppointmentID?

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        hold = try SlotHoldBody(from: &reader)
        freed = try reader.optional("freed", .id())
    }
}

extension Field where Value == ClockTime {
    static let clockTime = string("a time of the day, HH:MM") { ClockTime($0) }
    static let clockEnd = string("a time of the day, HH:MM, up to 24:00") { text in
        text == "24:00" ? .midnight : ClockTime(text)
    }
}
