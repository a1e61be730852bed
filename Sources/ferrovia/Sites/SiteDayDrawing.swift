import Foundation
import Infusion
import InfusionApplication

/// A date of a site, drawn for people: a row for each chair, a column for every quarter of an hour or more,
/// the hours as the wall clock shows them, and in them who is kept a chair.
struct SiteDayDrawing {
    private let site: SiteID
    private let date: CalendarDate
    private let timeZone: TimeZone
    private let span: TimeSpan?
    /// `nil` for a site that nobody opened: only its appointments are known.
    private let day: SiteDay?
    private let entries: [CalendarEntry]
    private let style: DrawingStyle
    private let clock: ZoneClock
    /// The first instant of each column.
    private let columns: [Instant]
    private let columnMinutes: Int64

    /// A day without its appointments.
    init(_ day: SiteDay, style: DrawingStyle = DrawingStyle()) {
        self.init(
            day.site, day.date, day.timeZone, span: day.day, day: day, entries: [], style: style)
    }

    /// One of the days of a calendar.
    init(
        _ day: CalendarAnswer.Day, of answer: CalendarAnswer, style: DrawingStyle = DrawingStyle()
    ) {
        self.init(
            answer.site, day.date, answer.timeZone, span: day.span, day: day.site,
            entries: answer.entries(on: day), style: style)
    }

    private init(
        _ site: SiteID, _ date: CalendarDate, _ timeZone: TimeZone, span: TimeSpan?,
        day: SiteDay?, entries: [CalendarEntry], style: DrawingStyle
    ) {
        self.site = site
        self.date = date
        self.timeZone = timeZone
        self.span = span
        self.day = day
        self.entries = entries
        self.style = style
        let clock = ZoneClock(timeZone)
        self.clock = clock
        var spans = Self.hours(of: day)
        if let span {
            // What began the evening before is drawn from midnight on, what begins today to its end.
            spans += entries.compactMap {
                TimeSpan(from: max($0.slot.start, span.from), until: $0.slot.end)
            }
        }
        let first = spans.map(\.from).min()
        let last = spans.map(\.until).max()
        let names =
            Self.chairs(day, entries).map(\.name) + (day == nil ? [] : ["resuscitation"])
        (columns, columnMinutes) = style.columns(
            from: first, until: last, clock: clock,
            besides: (names.map(\.count).max() ?? 0) + 2)
    }

    /// Those of the date: a site that never closes is drawn to midnight, and what crosses it to its end.
    private static func hours(of day: SiteDay?) -> [TimeSpan] {
        guard let day, let closing = day.closing else { return [] }
        return day.open.all.compactMap {
            TimeSpan(from: $0.from, until: min($0.until, closing))
        }
    }

    var lines: [String] {
        [title] + closures + opening + staff + (columns.isEmpty ? [] : drawing + [legend])
    }

    private var title: String {
        let length = (span?.minutes ?? 0)
        let hours =
            length % 60 == 0 ? (length / 60).counted("hour") : "\(length / 60) 1/2 hours"
        let name = date.weekday.rawValue.capitalized
        return "\(site), \(name) \(date), \(timeZone.identifier), \(hours)"
    }

    private var closures: [String] {
        (day?.closures ?? []).map {
            "closure \($0.id) (\($0.reason.rawValue)): \($0.period.from) to \($0.period.until)"
        }
    }

    private var opening: [String] {
        guard let day else {
            return ["not opened: `ferrovia site apply` opens it from a file"]
                + (columns.isEmpty ? ["no appointments"] : [])
        }
        guard !day.open.all.isEmpty else { return ["closed"] }
        let spans = Self.hours(of: day).map { "\(text($0.from)) to \(text($0.until))" }
        return ["open \(spans.joined(separator: ", "))"]
    }

    private var staff: [String] {
        day.map { $0.plansStaff ? [] : ["no shift was ever planned: staff is not judged"] } ?? []
    }

    /// The time, and the date where it is another.
    private func text(_ instant: Instant) -> String {
        let local = clock.localTime(of: instant)
        return local.date == date ? "\(local.time)" : "\(local)"
    }

    // MARK: Rows

    private struct DrawnChair {
        let name: String
        /// `nil` where nothing is known of it but its appointments.
        let usable: TimeSpans?
    }

    /// The site's, by name, and behind them others that somebody is kept.
    private static func chairs(_ day: SiteDay?, _ entries: [CalendarEntry]) -> [DrawnChair] {
        let known = (day?.chairs ?? []).map {
            DrawnChair(name: $0.chair.id.name, usable: $0.usable)
        }
        let others = Set(entries.map(\.slot.chair.name)).subtracting(known.map(\.name))
        return known + others.sorted().map { DrawnChair(name: $0, usable: nil) }
    }

    private var drawing: [String] {
        var rows = [("", hours)]
        rows += Self.chairs(day, entries).map { ($0.name, row(of: $0)) }
        if let day, day.plansStaff {
            rows.append(("nurses", row(of: day, \.nurses)))
            rows.append(("resuscitation", row(of: day, \.resuscitation)))
        }
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { name, cells in
            name + String(repeating: " ", count: width - name.count + 2) + style.text(cells)
        }
    }

    /// Two digits over the first two columns of an hour: of each, or of as many as there is room for.
    private var hours: [DrawnCell] {
        var cells = [DrawnCell](repeating: DrawnCell(" "), count: columns.count + 1)
        let minutesApart = columnMinutes == 15 ? 60 : Int(columnMinutes) * 4
        for (index, column) in columns.enumerated() {
            let time = clock.localTime(of: column).time
            guard time.minutes % minutesApart == 0 else { continue }
            cells.replaceSubrange(
                index...index + 1, with: time.description.prefix(2).map { DrawnCell($0) })
        }
        return cells
    }

    private func row(of chair: DrawnChair) -> [DrawnCell] {
        var cells = columns.map { column -> DrawnCell in
            guard let usable = chair.usable else { return DrawnCell(" ") }
            let last = column.adding(minutes: columnMinutes).adding(seconds: -1)
            if usable.contains(column), usable.contains(last) { return DrawnCell("█") }
            return DrawnCell(day?.open.contains(column) ?? false ? "░" : "·")
        }
        let here = entries.filter { $0.slot.chair.name == chair.name }
        // Whoever sits there is drawn over who did not come.
        for entry in here.filter({ !$0.drawn.takesChair }) + here.filter(\.drawn.takesChair) {
            draw(entry, in: &cells)
        }
        return cells
    }

    /// The sign of a visit beyond what its site plans for.
    private static let overridden: Character = "!"

    private func draw(_ entry: CalendarEntry, in cells: inout [DrawnCell]) {
        let taken = columns.indices.filter { index in
            columns[index] < entry.slot.end
                && entry.slot.start < columns[index].adding(minutes: columnMinutes)
        }
        let drawn = entry.drawn
        for index in taken {
            cells[index] = DrawnCell(
                index == taken.first ? drawn.letter : drawn.rest, drawn.color)
        }
        // Behind the letter; where there is room for one sign, it is this one.
        if entry.capacityOverride != nil, let place = taken.prefix(2).last {
            cells[place] = DrawnCell(Self.overridden, drawn.color)
        }
    }

    /// The fewest within each column; `+` is more than nine.
    private func row(of day: SiteDay, _ count: (SiteDay.Staffing) -> Int) -> [DrawnCell] {
        columns.map { column in
            let end = column.adding(minutes: columnMinutes)
            guard let span = TimeSpan(from: column, until: end) else { return DrawnCell(" ") }
            let fewest =
                day.staffing.filter { $0.span.from < span.until && span.from < $0.span.until }
                .map(count).min() ?? 0
            return DrawnCell(fewest > 9 ? "+" : Character("\(fewest)"))
        }
    }

    private var legend: String {
        let shown = Set(entries.map(\.drawn))
        let statuses = DrawnStatus.allCases.filter(shown.contains).map {
            "\($0.letter) \($0.meaning)"
        }
        let overridden =
            entries.contains { $0.capacityOverride != nil } ? ["\(Self.overridden) overridden"] : []
        let chairs =
            day == nil
            ? [] : ["█ can be used", "░ out of service", "· closed"].map(style.plain)
        return (statuses + overridden + chairs).joined(separator: "   ")
    }
}
