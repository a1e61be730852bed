import Faults
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
        let named: [Weekday]?
        let notice: Int?
        (site, minutes, earliest, latest, named, hours, notice) = try allRead(
            reading(try reader.optional("site", .site)),
            reading(
                try reader.required(
                    "minutes", .integer(Int(accepted.lowerBound)...Int(accepted.upperBound)))),
            reading(try reader.optional("earliest", .date)),
            reading(try reader.optional("latest", .date)),
            reading(
                try reader.optional(
                    "weekdays",
                    Field<[Weekday]>.array(of: Field<Weekday>.oneOf(Weekday.self), count: 1...7))),
            reading(
                try reader.optional("hours", Field<WaitlistHours>.object(WaitlistHours.self))?.span
            ),
            reading(
                try reader.optional("noticeHours", .integer(InfusionLimits.waitlistNoticeHours))))
        weekdays = Set(named ?? Weekday.allCases)
        noticeHours = notice ?? 0
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
        let (from, until) = try allRead(
            reading(try reader.required("from", .clockTime)),
            reading(try reader.required("until", .clockEnd)))
        span = ClockSpan(from: from, until: until)
    }
}

/// `POST /v1/orders/{id}/offers`: a hold, and whose time it was.
struct VisitOfferBody: WireBody {
    static let members: BodyMembers = SlotHoldBody.members
    let hold: SlotHoldBody
    let freed: AppointmentID?

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        (hold, freed) = try allRead(
            reading(try SlotHoldBody(from: &reader)),
            reading(try reader.optional("freed", .id())))
    }
}

extension Field where Value == ClockTime {
    static let clockTime = string("a time of the day, HH:MM") { ClockTime($0) }
    static let clockEnd = string("a time of the day, HH:MM, up to 24:00") { text in
        text == "24:00" ? .midnight : ClockTime(text)
    }
}
