/// What a plan does to the people in it, by name: nobody is dropped without a word.
public struct PlanReport: Hashable, Sendable {
    /// Visits with no booking that were only asked for.
    public let unserved: [UnservedVisit]
    /// Promises that cannot be kept, not even as far as they may be moved.
    public let brokenPromises: [UnservedVisit]
    /// Promises that are kept at another time, which was allowed.
    public let movedPromises: [MovedVisit]
    /// Visits under way whose chair cannot be used, or is held by another as well: somebody must look.
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

/// A visit under way that a changed instance no longer allows.
public struct StartedConflict: Hashable, Sendable {
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        case chairUnavailable
        case chairHeldTwice
        /// Fewer nurses than the patients in chairs need.
        case tooFewNurses
    }

    public let visit: String
    public let reason: Reason

    static func all(of instance: PlanInstance) -> [StartedConflict] {
        var found: [StartedConflict] = []
        let started = instance.visits.compactMap {
            visit -> (visit: PlannedVisit, stay: Range<Int>, chair: String)? in
            guard case .started(let start, let chair) = visit.timing else { return nil }
            return (visit, start..<(start + visit.chairMinutes), chair)
        }
        for (index, one) in started.enumerated() {
            let chair = instance.chairs.first { $0.id == one.chair }
            let isAvailable = one.stay.allSatisfy { minute in
                chair?.available.contains { $0.contains(minute) } ?? false
            }
            if !isAvailable {
                found.append(StartedConflict(visit: one.visit.id, reason: .chairUnavailable))
            }
            let sharesChair = started[..<index].contains {
                $0.chair == one.chair && $0.stay.overlaps(one.stay)
            }
            if sharesChair {
                found.append(StartedConflict(visit: one.visit.id, reason: .chairHeldTwice))
            }
            let isUnwatched = one.stay.contains { minute in
                let present = started.count { $0.stay.contains(minute) }
                let nurses = instance.nurses.count { $0.shifts.contains { $0.contains(minute) } }
                return present > nurses * instance.rules.patientsPerNurse
            }
            if isUnwatched {
                found.append(StartedConflict(visit: one.visit.id, reason: .tooFewNurses))
            }
        }
        return found
    }
}
