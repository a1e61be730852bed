/// A day of the week, Monday first (ISO 8601).
public enum Weekday: String, Hashable, Sendable, CaseIterable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    /// From Monday, 0 to 6.
    var number: Int {
        switch self {
        case .monday: 0
        case .tuesday: 1
        case .wednesday: 2
        case .thursday: 3
        case .friday: 4
        case .saturday: 5
        case .sunday: 6
        }
    }
}

extension CalendarDate {
    public var weekday: Weekday {
        // 1970-01-01 was a Thursday.
        let number = (dayNumber % 7 + 7 + 3) % 7
        return Weekday.allCases[number]
    }
}
