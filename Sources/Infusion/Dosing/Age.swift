/// An age in completed months.
public struct Age: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let months: Int
    public init(months: Int) { self.months = months }
    public static func years(_ years: Int) -> Age { Age(months: years * 12) }
    public static func months(_ months: Int) -> Age { Age(months: months) }
    public static let adult = Age.years(18)

    /// The age on `date`; a monthly birthday that a short month lacks is reached on the first of the next.
    public init(birth: CalendarDate, on date: CalendarDate) {
        let (year, month, day) = date.components
        let (birthYear, birthMonth, birthDay) = birth.components
        months = (year - birthYear) * 12 + month - birthMonth - (day < birthDay ? 1 : 0)
    }

    public var years: Int { months / 12 }
    public static func < (left: Age, right: Age) -> Bool { left.months < right.months }
    public var description: String {
        months % 12 == 0 ? "\(years) years" : "\(months) months"
    }
}
