/// How old something may be on the day of a dose, and who says so.
struct MaximumAge {
    let days: Int
    let because: String

    /// The one that asks for the newest; the first of two that ask for the same.
    static func shortest(_ first: MaximumAge, _ others: [MaximumAge]) -> MaximumAge {
        others.reduce(first) { $1.days < $0.days ? $1 : $0 }
    }
}
