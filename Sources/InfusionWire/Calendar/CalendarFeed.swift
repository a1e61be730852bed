import EventStore
import Foundation
public import Infusion
public import InfusionApplication
import InfusionProjections

/// A site's appointments, or one chair's, as iCalendar (RFC 5545), for whatever people look at their days in.
/// It says who is where by chair and time alone: no patient, no order, no name.
///
/// Times are instants in UTC, so that no client has to know the zone's rules. The same calendar is the same
/// bytes.
public struct CalendarFeed {
    public static let mediaType = "text/calendar; charset=utf-8"

    /// How often clients are asked to look again; minutes.
    private static let refreshMinutes = 15

    private let answer: CalendarAnswer
    private let chair: ChairID?

    /// - Parameter chair: whose appointments these are; `nil` for a whole site.
    public init(_ answer: CalendarAnswer, of chair: ChairID?) {
        self.answer = answer
        self.chair = chair
    }

    public var bytes: [UInt8] {
        var text = ICalendarText()
        let name = [answer.site.name, chair?.name].compactMap(\.self).joined(separator: ", ")
        text.add("BEGIN", "VCALENDAR")
        text.add("VERSION", "2.0")
        text.add("PRODID", "-//Ferrovia//Chair calendar//EN")
        text.add("CALSCALE", "GREGORIAN")
        text.add("NAME", text: name)
        text.add("X-WR-CALNAME", text: name)
        text.add("REFRESH-INTERVAL;VALUE=DURATION", "PT\(Self.refreshMinutes)M")
        text.add("X-PUBLISHED-TTL", "PT\(Self.refreshMinutes)M")
        if answer.entries.isEmpty { Self.addZone(to: &text) }
        for entry in answer.entries { Self.add(entry, to: &text) }
        text.add("END", "VCALENDAR")
        return text.bytes
    }

    /// A calendar has at least one component (RFC 5545 §3.6); one without appointments has this.
    private static func addZone(to text: inout ICalendarText) {
        text.add("BEGIN", "VTIMEZONE")
        text.add("TZID", "Etc/UTC")
        text.add("BEGIN", "STANDARD")
        text.add("DTSTART", "19700101T000000")
        text.add("TZOFFSETFROM", "+0000")
        text.add("TZOFFSETTO", "+0000")
        text.add("END", "STANDARD")
        text.add("END", "VTIMEZONE")
    }

    private static func add(_ entry: CalendarEntry, to text: inout ICalendarText) {
        let changed = utc(
            Instant(microsecondsSinceUnixEpoch: entry.changedAt.microsecondsSinceUnixEpoch))
        let standing = entry.standing
        text.add("BEGIN", "VEVENT")
        text.add("UID", entry.appointment.description)
        // Without a METHOD, DTSTAMP is the last change (RFC 5545 §3.8.7.2).
        text.add("DTSTAMP", changed)
        text.add("LAST-MODIFIED", changed)
        text.add("DTSTART", utc(entry.slot.start))
        text.add("DTEND", utc(entry.slot.end))
        text.add("SEQUENCE", "\(entry.changes)")
        text.add("STATUS", standing.rawValue)
        text.add("TRANSP", standing.takesTime ? "OPAQUE" : "TRANSPARENT")
        text.add(
            "SUMMARY", text: "\(entry.kind.title), \(entry.slot.chair.name), \(entry.statusText)")
        text.add("LOCATION", text: "\(entry.slot.site.name), \(entry.slot.chair.name)")
        text.add("END", "VEVENT")
    }

    /// `20260310T070000Z`, fractions cut off.
    private static func utc(_ instant: Instant) -> String {
        instant.iso8601.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
    }
}

/// The status of a VEVENT.
private enum EventStanding: String {
    case tentative = "TENTATIVE"
    case confirmed = "CONFIRMED"
    case cancelled = "CANCELLED"

    var takesTime: Bool {
        switch self {
        case .tentative, .confirmed: true
        case .cancelled: false
        }
    }
}

extension CalendarEntry {
    fileprivate var standing: EventStanding {
        switch status {
        case .pending: isExpired ? .cancelled : .tentative
        case .booked, .arrived, .checkedIn, .fulfilled: .confirmed
        // Nobody sat in the chair.
        case .cancelled, .noshow: .cancelled
        }
    }

    fileprivate var statusText: String { isExpired ? "hold expired" : status.rawValue }
}

extension CalendarEntry.Kind? {
    fileprivate var title: String {
        switch self {
        case .iron: "Infusion"
        case .redCells: "Transfusion"
        case nil: "Visit"
        }
    }
}
