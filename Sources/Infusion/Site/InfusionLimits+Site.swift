/// What a site may be told.
extension InfusionLimits {
    public static let chairsPerSite = 200
    public static let spansPerWeekday = 8
    public static let entryNameCharacters = 64
    public static let staffCodeCharacters = 16
    public static let peoplePerShift = 1...50
    /// The shortest shift is one nobody mistypes, the longest one of a day and a night.
    public static let shiftMinutes = 15...1_440
    public static let closureDays = 366
    public static let openingDays = 31
    /// Of one item, in one count or delivery.
    public static let vialsPerLot = 0...10_000
    public static let lotsPerCount = 50
    public static let productNameCharacters = 64
    /// So far ahead something may be announced.
    public static let siteHorizonDays = 1_096
    /// What one command may change, as events.
    public static let siteChangesPerCommand = 1_000
}
