/// A visit that has not started, in units.
struct GridVisit: Sendable {
    /// Index into the instance's visits.
    let index: Int
    let weight: Int
    let isPromised: Bool
    let stayUnits: Int
    let stayMinutes: Int
    let holdUnits: Int
    /// The phases that need a nurse's hands, from the start on.
    let hands: [Range<Int>]
    /// Chair classes that have what it needs.
    let classes: [Int]
    /// Units at which it may start as far as it alone is concerned, ascending.
    let starts: [Int]
    /// Whether it had starts, and all of them have passed.
    let isPast: Bool
    /// From here on each minute is waiting.
    let readyMinute: Int
    /// Other visits of the patient that have not started, as indices into the grid's.
    let peers: [Int]
    /// Index into the grid's stock.
    let product: Int?
    let productUnits: Int

    static func visits(
        of instance: PlanInstance, _ axis: TimeAxis, _ classes: [ChairClass], _ products: [String]
    ) -> [GridVisit] {
        let weights = VisitWeights(instance).weights
        let open = instance.visits.indices.filter { !instance.visits[$0].hasStarted }
        let byPatient = Dictionary(grouping: open.indices) { instance.visits[open[$0]].patient }
        var stays: [String: [Range<Int>]] = [:]
        for visit in instance.visits {
            guard case .started(let start, _) = visit.timing else { continue }
            stays[visit.patient, default: []].append(start..<(start + visit.chairMinutes))
        }
        return open.enumerated().map { place, index in
            let visit = instance.visits[index]
            let product = visit.uses.flatMap { use in products.firstIndex(of: use.product) }
            let taken = stays[visit.patient, default: []]
            let fitting = axis.minutes.indices.filter {
                mayStart(visit, at: axis.minutes[$0], instance, axis, besides: taken)
            }
            let starts = fitting.filter { axis.minutes[$0] >= instance.now ?? 0 }
            return GridVisit(
                index: index, weight: weights[index], isPromised: visit.isPromised,
                stayUnits: visit.chairMinutes / axis.unitMinutes, stayMinutes: visit.chairMinutes,
                holdUnits: visit.holdMinutes / axis.unitMinutes,
                hands: hands(of: visit, axis.unitMinutes),
                classes: classes.indices.filter { visit.needs.isSubset(of: classes[$0].tags) },
                starts: starts, isPast: starts.isEmpty && !fitting.isEmpty,
                readyMinute: ready(visit.timing),
                peers: byPatient[visit.patient, default: []].filter { $0 != place },
                product: product, productUnits: visit.uses?.units ?? 0)
        }
    }

    private static func ready(_ timing: VisitTiming) -> Int {
        switch timing {
        case .requested(_, let ready, _): ready
        case .promised(let start, _, _), .started(let start, _): start
        }
    }

    /// Phases that follow each other become one.
    private static func hands(of visit: PlannedVisit, _ unitMinutes: Int) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var offset = 0
        for phase in visit.phases {
            let end = offset + phase.minutes / unitMinutes
            if phase.needsNurse {
                if let last = ranges.last, last.upperBound == offset {
                    ranges[ranges.count - 1] = last.lowerBound..<end
                } else {
                    ranges.append(offset..<end)
                }
            }
            offset = end
        }
        return ranges
    }

    /// The present is not asked for.
    /// - Parameter taken: When the patient is in a chair already.
    private static func mayStart(
        _ visit: PlannedVisit, at minute: Int, _ instance: PlanInstance, _ axis: TimeAxis,
        besides taken: [Range<Int>]
    ) -> Bool {
        let isOnGrid = minute % instance.startGridMinutes == 0
        let isInWindow =
            switch visit.timing {
            case .requested(let earliest, _, let latest):
                isOnGrid && (earliest...latest).contains(minute)
            case .promised(let start, let earlier, let later):
                minute == start
                    || isOnGrid && (start - earlier...start + later).contains(minute)
            case .started: false
            }
        guard isInWindow, let day = axis.day(of: minute) else { return false }
        let leaves = minute + visit.chairMinutes
        let closes = instance.days[day].closes
        guard leaves + instance.rules.bufferMinutes <= closes,
            minute + visit.holdMinutes <= axis.openUntil[day],
            instance.cover.cover(minute..<leaves)
        else { return false }
        return !taken.contains { $0.overlaps(minute..<leaves) }
    }
}

extension [Range<Int>] {
    /// Whether the intervals, in order and possibly touching, cover all of `minutes`.
    func cover(_ minutes: Range<Int>) -> Bool {
        var covered = minutes.lowerBound
        for interval in self where interval.contains(covered) { covered = interval.upperBound }
        return covered >= minutes.upperBound
    }
}
