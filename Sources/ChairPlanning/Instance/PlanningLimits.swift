/// What an instance may hold. Anything beyond is refused by name when it is read.
public enum PlanningLimits {
    /// Days that are planned at once.
    public static let days = 1...7
    public static let minutesPerDay = 1_440
    /// Minutes from the first day's midnight.
    public static let minutes = 0...(7 * 1_440)
    public static let chairs = 1...200
    public static let nurses = 0...200
    public static let visits = 0...1_000
    /// Times of availability, of shifts or of cover, for each chair, nurse or centre.
    public static let intervals = 0...64
    public static let phases = 1...12
    public static let phaseMinutes = 1...720
    /// From the first phase to the last, minutes.
    public static let chairMinutes = 1...900
    public static let turnoverMinutes = 0...120
    public static let bufferMinutes = 0...120
    /// Whole divisors of an hour, so that the grid is the same in each.
    public static let startGridMinutes = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60]
    /// Starts are counted in quarters of the clock's hour.
    public static let quarterMinutes = 15
    public static let startsPerNurse = 1...10
    public static let patientsPerNurse = 1...20
    public static let weight = 1...1_000
    public static let tags = 0...8
    public static let products = 0...64
    public static let stockUnits = 0...10_000
    /// An id's or tag's length, UTF-8 bytes.
    public static let nameBytes = 1...64
    /// What ``isName(_:)`` accepts, in words.
    public static let name =
        "text of \(nameBytes.lowerBound) to \(nameBytes.upperBound) bytes without control characters"
    /// The largest value of the combined objective that can be compared exactly.
    public static let combinedObjective = 1 << 62

    /// Whether a text can be an id or a tag. Names stand in drawings, in which a line break or an escape
    /// would tell of a day that is not so.
    public static func isName(_ text: String) -> Bool {
        nameBytes.contains(text.utf8.count)
            && !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
}
