import Foundation
import Infusion

/// A line of `appointments.csv`: what was booked, and what became of it, in the practice's local time.
struct ReplayedAppointment: Sendable {
    enum Outcome: Sendable {
        /// Came, and was seen.
        case attended(checkIn: Instant, start: Instant, end: Instant)
        case cancelled, didNotAttend
        /// Still to come, or nobody knows.
        case open
    }

    struct Problem: Error, CustomStringConvertible {
        let line: Int
        let description: String
    }

    /// The file's number of the appointment.
    let number: Int
    /// The file's number of the quarter of an hour; an appointment that takes another's place has the same.
    let slot: Int
    let bookedOn: CalendarDate
    let date: CalendarDate
    let start: Instant
    let isFemale: Bool
    let age: Int
    let outcome: Outcome

    /// The lines of a file, which quotes nothing and whose first line names the columns.
    static func read(_ text: String, by clock: ZoneClock) throws -> [ReplayedAppointment] {
        let lines = text.split(whereSeparator: \.isNewline)
        let names = (lines.first ?? "").split(separator: ",").map(String.init)
        return try lines.dropFirst().enumerated().map { index, line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            guard cells.count == names.count else {
                throw Problem(line: index + 2, description: "has \(cells.count) cells")
            }
            let row = Row(
                line: index + 2,
                cells: Dictionary(uniqueKeysWithValues: zip(names, cells.map(String.init))),
                clock: clock)
            return try ReplayedAppointment(row)
        }
    }

    private init(_ row: Row) throws {
        number = try row.value("appointment_id") { Int($0) }
        slot = try row.value("slot_id") { Int($0) }
        bookedOn = try row.value("scheduling_date") { CalendarDate($0) }
        date = try row.value("appointment_date") { CalendarDate($0) }
        start = try row.instant("appointment_time", on: date)
        isFemale = try row.value("sex") { ["Female": true, "Male": false][$0] }
        age = try row.value("age") { Int($0) }
        switch try row.value("status", { $0 }) {
        case "attended":
            outcome = .attended(
                checkIn: try row.instant("check_in_time", on: date),
                start: try row.instant("start_time", on: date),
                end: try row.instant("end_time", on: date))
        case "cancelled": outcome = .cancelled
        case "did not attend": outcome = .didNotAttend
        case "scheduled", "unknown": outcome = .open
        case let other: throw Problem(line: row.line, description: "status is '\(other)'")
        }
    }
}

private struct Row {
    let line: Int
    let cells: [String: String]
    let clock: ZoneClock

    func value<Value>(_ name: String, _ read: (String) -> Value?) throws -> Value {
        guard let value = cells[name].flatMap(read) else {
            throw ReplayedAppointment.Problem(
                line: line, description: "\(name) is '\(cells[name] ?? "")'")
        }
        return value
    }

    /// `HH:MM:SS` on the wall of the practice.
    func instant(_ name: String, on date: CalendarDate) throws -> Instant {
        try value(name) { text in
            let parts = text.split(separator: ":").compactMap { Int($0) }
            guard parts.count == 3, let time = ClockTime(minutes: parts[0] * 60 + parts[1]) else {
                return nil
            }
            return clock.instant(of: LocalTime(date, time)).adding(seconds: Int64(parts[2]))
        }
    }
}
