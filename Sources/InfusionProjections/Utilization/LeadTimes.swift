/// Minutes from booking to the scheduled start, of several visits. Less than zero where a visit was booked
/// when its start was past.
public struct LeadTimes: Hashable, Sendable {
    /// In ascending order.
    public private(set) var minutes: [Int64]

    public init(_ minutes: [Int64] = []) { self.minutes = minutes.sorted() }

    /// The least value that at least so many per cent of the visits do not exceed (nearest rank): a value
    /// that occurred, never one between two. `nil` of nothing.
    /// - Parameter percent: 1 to 100.
    public func percentile(_ percent: Int) -> Int64? {
        guard !minutes.isEmpty else { return nil }
        return minutes[(percent * minutes.count + 99) / 100 - 1]
    }

    public static func += (left: inout LeadTimes, right: LeadTimes) {
        left = LeadTimes(left.minutes + right.minutes)
    }
}
