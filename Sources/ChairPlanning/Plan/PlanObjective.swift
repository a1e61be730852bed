/// What a plan costs, compared member by member in this order; less is better.
public struct PlanObjective: Hashable, Sendable, Comparable {
    /// Of the visits that get no booking. A promise weighs more than all requests together.
    public var unservedWeight: Int
    /// Minutes from the end of regular hours to when a patient leaves, summed over those who leave later.
    public var overtimeMinutes: Int
    /// Minutes from ready or promised to the start, summed over patients.
    public var waitingMinutes: Int
    /// The most nurses whose hands are needed in the same minute.
    public var peakNurses: Int

    public init(
        unservedWeight: Int, overtimeMinutes: Int, waitingMinutes: Int, peakNurses: Int
    ) {
        self.unservedWeight = unservedWeight
        self.overtimeMinutes = overtimeMinutes
        self.waitingMinutes = waitingMinutes
        self.peakNurses = peakNurses
    }

    private var levels: (Int, Int, Int, Int) {
        (unservedWeight, overtimeMinutes, waitingMinutes, peakNurses)
    }

    public static func < (left: Self, right: Self) -> Bool { left.levels < right.levels }
}
