import Foundation
import Infusion
public import InfusionApplication
import InfusionProjections

/// A site's statistics as CSV: a line for the whole, each date and each chair, with the numerators and the
/// denominators that rates are made of. Columns are added at the end and never changed.
public struct UtilizationTable {
    public static let mediaType = CSVText.mediaType

    /// What each column is called, in order. `part` is `total`, `date` or `chair`; an empty cell is not known.
    public static let columns = [
        "site", "from", "to", "part", "name", "open_chair_minutes", "scheduled_minutes",
        "scheduled_open_minutes", "actual_minutes", "actual_open_minutes", "untimed_visits",
        "visits", "booked", "arrived", "checked_in", "fulfilled", "cancelled", "noshow",
        "cancelled_on_the_day", "no_show_denominator", "late", "late_denominator",
        "started_as_planned", "started_denominator", "lead_time_visits",
        "lead_time_median_minutes", "lead_time_percentile_90_minutes", "holds_pending",
        "holds_lapsed",
    ]

    private let answer: UtilizationAnswer

    public init(_ answer: UtilizationAnswer) { self.answer = answer }

    public var bytes: [UInt8] {
        let use = answer.utilization
        return CSVText(
            header: Self.columns,
            rows: [row("total", "", use.total)]
                + use.days.map { row("date", "\($0.date)", $0.figures) }
                + use.chairs.map { row("chair", $0.chair.name, $0.figures) }
        ).bytes
    }

    private func row(_ part: String, _ name: String, _ figures: UtilizationFigures) -> [String] {
        let question = answer.question
        let place = [
            question.site.name, "\(question.period.first)", "\(question.period.last)", part, name,
        ]
        let isKnown = figures.openSeconds != nil
        var numbers: [Int64?] = [
            minutes(figures.openSeconds), minutes(figures.scheduledSeconds),
            minutes(isKnown ? figures.scheduledOpenSeconds : nil),
            minutes(figures.actualSeconds),
            minutes(isKnown ? figures.actualOpenSeconds : nil),
        ]
        let visits = [
            figures.untimed, figures.allVisits, figures[.booked], figures[.arrived],
            figures[.checkedIn], figures[.fulfilled], figures[.cancelled], figures[.noshow],
            figures.cancelledOnTheDay,
        ]
        for count in visits { numbers.append(Int64(count)) }
        numbers += [
            figures.noShow.denominator, figures.lateArrivals.numerator,
            figures.lateArrivals.denominator, figures.templateAdherence.numerator,
            figures.templateAdherence.denominator, Int64(figures.leadTimes.minutes.count),
            figures.leadTimes.percentile(50), figures.leadTimes.percentile(90),
            Int64(figures.holdsPending), Int64(figures.holdsLapsed),
        ]
        return place + numbers.map { number in number.map { "\($0)" } ?? "" }
    }

    private func minutes(_ seconds: Int64?) -> Int64? { seconds.map { $0 / 60 } }
}
