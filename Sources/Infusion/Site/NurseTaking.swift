/// What a visit takes of the nurses in one quarter hour, and how much of it there is by the site's plan.
public struct NurseTaking: Hashable, Sendable {
    public let limit: NurseLimit
    public let quarter: QuarterHour
    /// How many visits the quarter hour bears, this one among them.
    public let allowed: Int

    public init(limit: NurseLimit, quarter: QuarterHour, allowed: Int) {
        self.limit = limit
        self.quarter = quarter
        self.allowed = allowed
    }

    /// Whether a visit of the slot counts against it: it begins in the quarter hour, or takes any of it.
    public func isShared(by slot: AppointmentSlot) -> Bool {
        switch limit {
        case .starts: QuarterHour(holding: slot.start) == quarter
        case .patients: slot.start < quarter.end && slot.end > quarter.start
        }
    }
}
