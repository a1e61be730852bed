/// What a plan does to the people in it, by name: nobody is dropped without a word.
public struct PlanReport: Hashable, Sendable {
    /// Visits with no booking that were only asked for.
    public let unserved: [UnservedVisit]
    /// Promises that cannot be kept, not even as far as they may be moved.
    public let brokenPromises: [UnservedVisit]
    /// Promises that are kept at another time, which was allowed.
    public let movedPromises: [MovedVisit]
    /// Visits under way that take more than there is: somebody must look.
    public let conflicts: [StartedConflict]

    public init(_ plan: ChairPlan, of instance: PlanInstance) {
        let grid = PlanGrid(instance)
        let byIndex = Dictionary(uniqueKeysWithValues: grid.visits.map { ($0.index, $0) })
        var unserved: [UnservedVisit] = []
        var broken: [UnservedVisit] = []
        var moved: [MovedVisit] = []
        for (index, visit) in instance.visits.enumerated() {
            let booking = plan.bookings[index]
            switch visit.timing {
            case .started: continue
            case .requested where booking == nil:
                unserved.append(UnservedVisit(visit, byIndex[index]))
            case .promised where booking == nil:
                broken.append(UnservedVisit(visit, byIndex[index]))
            case .promised(let promised, _, _):
                if let start = booking?.start, start != promised {
                    moved.append(MovedVisit(visit: visit.id, promised: promised, start: start))
                }
            case .requested: continue
            }
        }
        self.unserved = unserved
        brokenPromises = broken
        movedPromises = moved
        conflicts = StartedConflict.all(of: instance)
    }
}

/// A visit without a booking, and why.
public struct UnservedVisit: Hashable, Sendable {
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        /// No chair has what it needs.
        case equipment
        /// No start in its window fits into opening hours, cover and the patient's own visits.
        case hours
        /// All starts that it could have had are before now.
        case past
        /// Chairs, nurses or stock do not suffice for it beside the others.
        case capacity
    }

    public let visit: String
    public let reason: Reason

    init(_ visit: PlannedVisit, _ place: GridVisit?) {
        self.visit = visit.id
        guard let place, !place.classes.isEmpty else {
            reason = .equipment
            return
        }
        reason = place.isPast ? .past : place.starts.isEmpty ? .hours : .capacity
    }
}

/// A promise that is kept at another time.
public struct MovedVisit: Hashable, Sendable {
    public let visit: String
    public let promised: Int
    public let start: Int
}
