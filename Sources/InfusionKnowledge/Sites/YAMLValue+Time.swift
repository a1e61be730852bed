public import Faults
public import Infusion
public import YAMLReader

/// Dates and times of the wall clock, as files say them.
extension YAMLValue {
    public func date() throws(YAMLProblems) -> CalendarDate {
        let accepted = "a date, such as 2026-11-20"
        guard let date = CalendarDate(try text(accepted: accepted)) else {
            throw invalid(accepted: accepted)
        }
        return date
    }

    public func localTime() throws(YAMLProblems) -> LocalTime {
        let accepted = "a local time, such as 2026-11-20T08:30"
        guard let time = LocalTime(try text(accepted: accepted)) else {
            throw invalid(accepted: accepted)
        }
        return time
    }

    /// `08:00-16:00`; a day's end is `24:00`.
    public func clockSpan() throws(YAMLProblems) -> ClockSpan {
        let accepted = "times of the clock, such as 08:00-16:00"
        guard let span = ClockSpan(try text(accepted: accepted)) else {
            throw invalid(accepted: accepted)
        }
        return span
    }
}
