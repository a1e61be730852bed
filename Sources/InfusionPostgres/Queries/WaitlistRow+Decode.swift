import EventStore
import Foundation
import Infusion
import InfusionProjections
import Postgres

extension WaitlistRow {
    /// The columns of `waitlist.sql`; with `closed`, one more.
    init(_ row: Row, closed: Position?) throws(PostgresError) {
        guard let status = WaitlistStatus(rawValue: try row.decode(String.self, at: 2)),
            let urgency = Urgency(rank: try row.decode(Int16.self, at: 5))
        else { throw PostgresError(.decoding) }
        let appointment = try row.decode(UUID?.self, at: 3)
        let until = try row.decode(PostgresTimestamp?.self, at: 4)
        let site = try row.decode(String.self, at: 8)
        self.init(
            patient: PatientID(try row.decode(UUID.self, at: 0)),
            request: WaitlistRequest(
                order: OrderID(try row.decode(UUID.self, at: 1)),
                site: site.isEmpty ? nil : SiteID(site),
                minutes: Int(try row.decode(Int32.self, at: 9)),
                earliest: try row.decode(PostgresDate?.self, at: 10).map { CalendarDate($0) },
                latest: try row.decode(PostgresDate?.self, at: 11).map { CalendarDate($0) },
                weekdays: WeekdayBits.days(of: try row.decode(Int16.self, at: 12)),
                hours: try Self.hours(row),
                noticeHours: Int(try row.decode(Int32.self, at: 15))),
            urgency: urgency, due: CalendarDate(try row.decode(PostgresDate.self, at: 6)),
            since: Instant(try row.decode(PostgresTimestamp.self, at: 7)), status: status,
            offer: appointment.flatMap { id in
                until.map { Offer(appointment: AppointmentID(id), until: Instant($0)) }
            }, opened: Position(try row.decode(Int64.self, at: 16)), closed: closed)
    }

    private static func hours(_ row: Row) throws(PostgresError) -> ClockSpan? {
        guard let from = try row.decode(Int16?.self, at: 13),
            let until = try row.decode(Int16?.self, at: 14)
        else { return nil }
        guard let from = ClockTime(minutes: Int(from)), let until = ClockTime(minutes: Int(until))
        else { throw PostgresError(.decoding) }
        return ClockSpan(from: from, until: until)
    }
}

/// A cursor as the statement's row comparison takes it; without one, what lies before every row.
struct WaitlistKey {
    let rank: Int16
    let due: PostgresDate
    let since: PostgresTimestamp
    let order: UUID
    let patient: UUID

    init(_ place: WaitlistPlace?) {
        let none = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
        rank = place?.urgency.rank ?? -1
        due = place.map { PostgresDate($0.due) } ?? .negativeInfinity
        since = PostgresTimestamp(place?.since ?? Instant(microsecondsSinceUnixEpoch: 0))
        order = place?.order.uuid ?? none
        patient = place?.patient.uuid ?? none
    }
}
