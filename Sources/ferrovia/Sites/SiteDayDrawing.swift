import Foundation
import Infusion

/// A date of a site, drawn for people: a column for every quarter of an hour, the hours as the wall clock
/// shows them.
struct SiteDayDrawing {
    private let day: SiteDay
    private let clock: ZoneClock
    /// The first instant of each column.
    private let columns: [Instant]

    private static let columnMinutes: Int64 = 15

    init(_ day: SiteDay) {
        self.day = day
        clock = ZoneClock(day.timeZone)
        var columns: [Instant] = []
        if let first = day.open.all.first, let last = day.open.all.last {
            // From a full hour of the wall clock on.
            let past = clock.localTime(of: first.from).time.minutes % 60
            var column = first.from.adding(minutes: -Int64(past))
            while column < last.until {
                columns.append(column)
                column = column.adding(minutes: Self.columnMinutes)
            }
        }
        self.columns = columns
    }

    var lines: [String] {
        [title] + closures + (columns.isEmpty ? ["closed"] : ["open \(spans)"] + drawing + [legend])
    }

    private var title: String {
        let length = (day.day?.minutes ?? 0)
        let hours = length % 60 == 0 ? "\(length / 60)" : "\(length / 60) 1/2"
        let name = day.date.weekday.rawValue.capitalized
        return "\(day.site), \(name) \(day.date), \(day.timeZone.identifier), \(hours) hours"
    }

    private var closures: [String] {
        day.closures.map {
            "closure \($0.id) (\($0.reason.rawValue)): \($0.period.from) to \($0.period.until)"
        }
    }

    private var spans: String {
        day.open.all.map { "\(text($0.from)) to \(text($0.until))" }.joined(separator: ", ")
    }

    /// The time, and the date where it is another.
    private func text(_ instant: Instant) -> String {
        let local = clock.localTime(of: instant)
        return local.date == day.date ? "\(local.time)" : "\(local)"
    }

    private var drawing: [String] {
        let rows =
            [("", hours)] + day.chairs.map { ("\($0.chair.id)", row(of: $0)) }
            + [("nurses", row(\.nurses)), ("resuscitation", row(\.resuscitation))]
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { name, cells in
            name + String(repeating: " ", count: width - name.count + 2) + cells
        }
    }

    /// Two digits over the first two columns of each hour.
    private var hours: String {
        var cells = [Character](repeating: " ", count: columns.count + 1)
        for (index, column) in columns.enumerated() {
            let time = clock.localTime(of: column).time
            guard time.minutes % 60 == 0 else { continue }
            cells.replaceSubrange(index...index + 1, with: time.description.prefix(2))
        }
        return String(cells)
    }

    private func row(of chair: SiteDay.Chair) -> String {
        String(
            columns.map { column -> Character in
                let last = column.adding(minutes: Self.columnMinutes).adding(seconds: -1)
                if chair.usable.contains(column), chair.usable.contains(last) { return "█" }
                return day.open.contains(column) ? "░" : "·"
            })
    }

    /// The fewest within each column; `+` is more than nine.
    private func row(_ count: (SiteDay.Staffing) -> Int) -> String {
        String(
            columns.map { column -> Character in
                let end = column.adding(minutes: Self.columnMinutes)
                guard let span = TimeSpan(from: column, until: end) else { return " " }
                let fewest =
                    day.staffing.filter { $0.span.from < span.until && span.from < $0.span.until }
                    .map(count).min() ?? 0
                return fewest > 9 ? "+" : Character("\(fewest)")
            })
    }

    private var legend: String { "█ can be used   ░ out of service   · closed" }
}
