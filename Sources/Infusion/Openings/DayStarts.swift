/// The times of one date at which a visit can begin, and of every other time why not.
struct DayStarts {
    /// A time at which the visit can begin, with the chair that is best for it.
    struct Start: Hashable {
        /// Of the day's quarters.
        let quarter: Int
        /// Since 1970-01-01T00:00Z: that of the quarter, but for a time that was asked for.
        let second: Int
        let chair: ChairID
        let chairsFree: Int
        let loadPercent: Int?
    }

    /// What is asked of a date.
    struct Visit {
        let minutes: Int
        let needs: ChairNeeds
        /// When the patient is somewhere else.
        let busy: [TimeSpan]
        /// Nothing begins before it.
        let notBefore: Instant

        var seconds: Int { minutes * 60 }
    }

    let starts: [Start]
    /// Of each quarter of the date, in order; `nil` where the visit can begin.
    let constraints: [OpeningConstraint?]

    /// - Parameter wished: A second at which the visit may begin as well, though no quarter does.
    init(on day: DayCapacity, for visit: Visit, at wished: Int? = nil) {
        let chairs = Self.chairs(on: day, for: visit)
        var starts: [Start] = []
        var constraints: [OpeningConstraint?] = []
        constraints.reserveCapacity(day.plan.startCount)
        for quarter in 0..<day.plan.startCount {
            let second = (day.plan.firstQuarter + quarter) * QuarterHours.seconds
            let end = QuarterHours.from(second + visit.seconds) - day.plan.firstQuarter
            let against = Self.constraint(
                on: day, quarter: quarter, second: second, end: end, visit,
                hasChair: chairs[quarter].best != nil)
            constraints.append(against)
            guard against == nil, let best = chairs[quarter].best else { continue }
            starts.append(
                Start(
                    quarter: quarter, second: second,
                    chair: day.plan.chairs[day.pieces[best].chair].chair.id,
                    chairsFree: chairs[quarter].count, loadPercent: day.load(quarter..<end)))
        }
        if let start = wished.flatMap({ Self.start(at: $0, on: day, for: visit) }) {
            starts.append(start)
        }
        self.starts = starts
        self.constraints = constraints
    }

    /// Between two quarters. It takes something of each quarter that it touches, as any visit does.
    private static func start(at second: Int, on day: DayCapacity, for visit: Visit) -> Start? {
        let quarter = QuarterHours.containing(second) - day.plan.firstQuarter
        guard second % QuarterHours.seconds != 0, (0..<day.plan.startCount).contains(quarter) else {
            return nil
        }
        let free = day.pieces.indices.filter { index in
            let piece = day.pieces[index]
            return piece.from <= second && second + visit.seconds <= piece.until
                && visit.needs.are(metBy: day.plan.chairs[piece.chair].chair)
        }
        let end = QuarterHours.from(second + visit.seconds) - day.plan.firstQuarter
        guard let best = free.min(by: { isBetter($0, than: $1, on: day, visit) }),
            constraint(
                on: day, quarter: quarter, second: second, end: end, visit, hasChair: true) == nil
        else { return nil }
        return Start(
            quarter: quarter, second: second,
            chair: day.plan.chairs[day.pieces[best].chair].chair.id,
            chairsFree: free.count, loadPercent: day.load(quarter..<end))
    }

    /// What ruled the date; `nil` where there is an opening.
    var constraint: OpeningConstraint? {
        guard starts.isEmpty else { return nil }
        let found = Set(constraints.compactMap(\.self))
        return OpeningConstraint.ofTimes.last(where: found.contains) ?? .siteClosed
    }

    private static func constraint(
        on day: DayCapacity, quarter: Int, second: Int, end: Int, _ visit: Visit, hasChair: Bool
    ) -> OpeningConstraint? {
        let plan = day.plan.quarters[quarter]
        if plan.mayLastUntil == 0 { return .siteClosed }
        let from = Instant(wholeSeconds: second)
        if from < visit.notBefore { return .past }
        if second + visit.seconds > plan.mayLastUntil { return .afterLastStart }
        if !hasChair { return .chairOverlap }
        if day.nextUncovered[quarter] < end || end > day.plan.quarters.count {
            return .noResuscitationCover
        }
        if day.nextFull[quarter] < end { return .nursePatients }
        if day.starts[quarter] >= plan.starts { return .nurseStarts }
        let until = Instant(wholeSeconds: second + visit.seconds)
        if visit.busy.contains(where: { $0.from < until && from < $0.until }) {
            return .patientOverlap
        }
        return nil
    }

    private struct Chairs {
        /// Of the day's pieces.
        var best: Int?
        var count = 0
    }

    /// Of each quarter, how many chairs are free for the visit, and which is best: one that no
    /// other visit needs to itself, with the shortest free time, so that long ones stay whole.
    private static func chairs(on day: DayCapacity, for visit: Visit) -> [Chairs] {
        var chairs = [Chairs](repeating: Chairs(), count: day.plan.startCount)
        for (index, piece) in day.pieces.enumerated()
        where piece.until - piece.from >= visit.seconds
            && visit.needs.are(metBy: day.plan.chairs[piece.chair].chair)
        {
            let first = QuarterHours.from(piece.from) - day.plan.firstQuarter
            let last = QuarterHours.containing(piece.until - visit.seconds) - day.plan.firstQuarter
            guard first <= last else { continue }
            for quarter in max(0, first)..<max(0, first, min(last + 1, chairs.count)) {
                chairs[quarter].count += 1
                if chairs[quarter].best.map({ isBetter(index, than: $0, on: day, visit) }) ?? true {
                    chairs[quarter].best = index
                }
            }
        }
        return chairs
    }

    private static func isBetter(
        _ left: Int, than right: Int, on day: DayCapacity, _ visit: Visit
    ) -> Bool {
        let (left, right) = (day.pieces[left], day.pieces[right])
        let (one, other) = (day.plan.chairs[left.chair].chair, day.plan.chairs[right.chair].chair)
        if one.isIsolated != other.isIsolated { return other.isIsolated }
        let (short, long) = (left.until - left.from, right.until - right.from)
        return short == long ? one.id.name < other.id.name : short < long
    }
}
