/// Results that have to be drawn anew before a visit, and when.
public struct FreshLabs: Hashable, Sendable {
    public let analytes: [Analyte]
    /// The first date on which they can be drawn to be still good on the visit's.
    public let from: CalendarDate
    /// The visit's own date: by then they must be there.
    public let by: CalendarDate
    /// The recheck, open now, for which they are drawn; `nil` where somebody has to ask for them.
    public let recheck: RecheckID?

    public init(
        analytes: [Analyte], from: CalendarDate, by: CalendarDate, recheck: RecheckID?
    ) {
        self.analytes = analytes
        self.from = from
        self.by = by
        self.recheck = recheck
    }
}
