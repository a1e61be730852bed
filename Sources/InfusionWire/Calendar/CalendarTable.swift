import EventStore
import Foundation
import Infusion
public import InfusionApplication
import InfusionProjections

/// Scheduled and actual times as RFC 4180: a header, then a line for each appointment that begins on one of
/// the dates, by start and chair. Columns are added at the end and never changed.
public struct CalendarTable {
    public static let mediaType = CSVText.mediaType

    /// What each column is called, in order.
    public static let columns = [
        "site", "chair", "date", "scheduled_start_local", "scheduled_start", "scheduled_end",
        "scheduled_minutes", "kind", "status", "expired", "arrived", "started", "discharged",
        "appointment", "patient", "order", "changes", "changed_at", "override_rules",
        "override_reason",
    ]

    private let answer: CalendarAnswer

    public init(_ answer: CalendarAnswer) { self.answer = answer }

    public var bytes: [UInt8] {
        let clock = ZoneClock(answer.timeZone)
        return CSVText(
            header: Self.columns, rows: answer.beginning.map { Self.cells($0, clock) }
        ).bytes
    }

    private static func cells(_ entry: CalendarEntry, _ clock: ZoneClock) -> [String] {
        let start = clock.localTime(of: entry.slot.start)
        let changed = Instant(
            microsecondsSinceUnixEpoch: entry.changedAt.microsecondsSinceUnixEpoch)
        return [
            entry.slot.site.name, entry.slot.chair.name, "\(start.date)", "\(start)",
            entry.slot.start.iso8601, entry.slot.end.iso8601, "\(entry.minutes)",
            entry.kind?.rawValue ?? "", entry.status.rawValue, "\(entry.isExpired)",
            entry.arrived?.iso8601 ?? "", entry.started?.iso8601 ?? "",
            entry.discharged?.iso8601 ?? "", entry.appointment.description,
            entry.patient.description, entry.order.description, "\(entry.changes)",
            changed.iso8601,
            (entry.capacityOverride?.rules ?? []).map(\.rawValue).sorted().joined(separator: " "),
            entry.capacityOverride?.reason.rawValue ?? "",
        ]
    }
}
