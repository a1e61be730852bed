/// One date of the period that was asked about.
public struct OpeningDay: Hashable, Sendable {
    public let date: CalendarDate
    /// How many quarter hours of the date a visit can begin in.
    public let starts: Int
    /// What ruled them all out; `nil` where there are some.
    public let constraint: OpeningConstraint?
    /// Gates that refuse the date.
    public let gates: [Gate]
    /// What would have to be drawn for the date.
    public let freshLabs: FreshLabs?

    public init(
        _ date: CalendarDate, starts: Int = 0, constraint: OpeningConstraint? = nil,
        gates: [Gate] = [], freshLabs: FreshLabs? = nil
    ) {
        self.date = date
        self.starts = starts
        self.constraint = constraint
        self.gates = gates
        self.freshLabs = freshLabs
    }
}
