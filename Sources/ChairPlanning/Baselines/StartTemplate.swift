/// How many visits of each length start in each hour of a day: the template that a centre books by.
public struct StartTemplate: Hashable, Sendable {
    public struct Row: Hashable, Sendable {
        /// The hour's first minute, from the first day's midnight.
        public let hour: Int
        /// Up to 90 minutes in the chair, up to 180, and longer.
        public let short: Int
        public let medium: Int
        public let long: Int
    }

    public let rows: [Row]

    public init(_ plan: ChairPlan, of instance: PlanInstance, day: DayHours) {
        let first = day.opens / 60 * 60
        rows = stride(from: first, to: day.closes, by: 60).map { hour in
            var counts: [VisitLength: Int] = [:]
            for (visit, booking) in zip(instance.visits, plan.bookings) {
                guard let start = booking?.start, (hour..<(hour + 60)).contains(start) else {
                    continue
                }
                counts[VisitLength(minutes: visit.chairMinutes), default: 0] += 1
            }
            return Row(
                hour: hour, short: counts[.short] ?? 0, medium: counts[.medium] ?? 0,
                long: counts[.long] ?? 0)
        }
    }
}
