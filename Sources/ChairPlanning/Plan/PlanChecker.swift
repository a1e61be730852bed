/// Judges a plan from the instance alone, minute by minute, the plain way. Shares nothing with the
/// solver, so that an error there shows here; `scripts/lint` sees to it.
public struct PlanChecker: Sendable {
    private let instance: PlanInstance

    public init(_ instance: PlanInstance) { self.instance = instance }

    /// Every rule the plan breaks; none for a plan that can be carried out.
    public func violations(of plan: ChairPlan) -> [PlanViolation] {
        guard plan.bookings.count == instance.visits.count else {
            return [PlanViolation(.shape, .plan("\(plan.bookings.count) bookings"))]
        }
        let booked = zip(instance.visits, plan.bookings).compactMap { visit, booking in
            booking.map { Placed(visit: visit, booking: $0) }
        }
        if let stranger = booked.first(where: {
            !instance.chairs.indices.contains($0.booking.chair)
        }) {
            return [PlanViolation(.shape, .plan(stranger.visit.id))]
        }
        return started(plan) + booked.flatMap(ownRules) + overlaps(booked) + staff(booked)
            + stock(booked)
    }

    /// What the plan costs, whether or not it can be carried out.
    public func objective(of plan: ChairPlan) -> PlanObjective {
        var objective = PlanObjective(
            unservedWeight: 0, overtimeMinutes: 0, waitingMinutes: 0, peakNurses: 0)
        let requests = instance.visits.filter {
            if case .requested = $0.timing { true } else { false }
        }
        let requestedWeight = requests.reduce(0) { $0 + instance.weights[$1.urgency] }
        var hands: [Int: Int] = [:]
        for (visit, booking) in zip(instance.visits, plan.bookings) {
            guard let booking else {
                switch visit.timing {
                case .requested: objective.unservedWeight += instance.weights[visit.urgency]
                case .promised:
                    objective.unservedWeight +=
                        instance.weights[visit.urgency] + requestedWeight + 1
                case .started: break
                }
                continue
            }
            let placed = Placed(visit: visit, booking: booking)
            if let day = instance.days.last(where: { $0.opens <= booking.start }) {
                objective.overtimeMinutes += max(0, placed.leaves - day.overtimeFrom)
            }
            switch visit.timing {
            case .requested(_, let ready, _):
                objective.waitingMinutes += max(0, booking.start - ready)
            case .promised(let start, _, _):
                objective.waitingMinutes += max(0, booking.start - start)
            case .started: break
            }
            for minute in placed.handsMinutes { hands[minute, default: 0] += 1 }
        }
        objective.peakNurses = hands.values.max() ?? 0
        return objective
    }

    // MARK: - Each visit by itself

    private func started(_ plan: ChairPlan) -> [PlanViolation] {
        zip(instance.visits, plan.bookings).compactMap { visit, booking in
            guard case .started(let start, let chair) = visit.timing else { return nil }
            let stays = booking.map { $0.start == start && instance.chairs[$0.chair].id == chair }
            return stays == true ? nil : PlanViolation(.started, .visit(visit.id))
        }
    }

    private func ownRules(_ placed: Placed) -> [PlanViolation] {
        let visit = placed.visit
        guard !visit.hasStarted else { return [] }
        let start = placed.booking.start
        let chair = instance.chairs[placed.booking.chair]
        var broken: [PlanViolation.Rule] = []
        if !isAllowed(start, visit.timing) { broken.append(.window) }
        if let now = instance.now, start < now { broken.append(.past) }
        let day = instance.days.first { $0.opens <= start && start < $0.closes }
        let isInHours = day.map { placed.leaves + instance.rules.bufferMinutes <= $0.closes }
        let isCovered = (start..<placed.leaves).allSatisfy { minute in
            instance.cover.contains { $0.contains(minute) }
        }
        if isInHours != true { broken.append(.hours) }
        if !isCovered { broken.append(.cover) }
        if !visit.needs.isSubset(of: chair.tags) { broken.append(.equipment) }
        let isAvailable = chair.available.contains {
            $0.lowerBound <= start && placed.isFree <= $0.upperBound
        }
        // Two intervals that touch are one.
        if !isAvailable,
            !(start..<placed.isFree).allSatisfy({ minute in
                chair.available.contains { $0.contains(minute) }
            })
        {
            broken.append(.availability)
        }
        return broken.map { PlanViolation($0, .visit(visit.id)) }
    }

    private func isAllowed(_ start: Int, _ timing: VisitTiming) -> Bool {
        let isOnGrid = start % instance.startGridMinutes == 0
        return switch timing {
        case .requested(let earliest, _, let latest):
            isOnGrid && earliest <= start && start <= latest
        case .promised(let promised, let earlier, let later):
            start == promised
                || isOnGrid && promised - earlier <= start && start <= promised + later
        case .started(let begun, _): start == begun
        }
    }

    // MARK: - Visits against each other

    private func overlaps(_ booked: [Placed]) -> [PlanViolation] {
        var found: [PlanViolation] = []
        for (index, one) in booked.enumerated() {
            for other in booked[(index + 1)...] {
                // What has started is as it is; only new bookings are judged.
                if one.visit.hasStarted && other.visit.hasStarted { continue }
                let sharesChair =
                    one.booking.chair == other.booking.chair
                    && one.booking.start < other.isFree && other.booking.start < one.isFree
                if sharesChair {
                    found.append(
                        PlanViolation(.chair, .visit(other.visit.id, other: one.visit.id)))
                }
                let sharesPatient =
                    one.visit.patient == other.visit.patient
                    && one.booking.start < other.leaves && other.booking.start < one.leaves
                if sharesPatient {
                    found.append(
                        PlanViolation(.patient, .visit(other.visit.id, other: one.visit.id)))
                }
            }
        }
        return found
    }

    private func staff(_ booked: [Placed]) -> [PlanViolation] {
        var hands = Counts()
        var present = Counts()
        var starts = Counts()
        for placed in booked {
            let isNew = !placed.visit.hasStarted
            for minute in placed.handsMinutes { hands.add(minute, isNew) }
            for minute in placed.booking.start..<placed.leaves { present.add(minute, isNew) }
            starts.add(placed.booking.start / PlanningLimits.quarterMinutes, isNew)
        }
        return hands.beyond(every: 1) { nurses(at: $0) }.map { PlanViolation(.hands, $0) }
            + present.beyond(every: 1) { nurses(at: $0) * instance.rules.patientsPerNurse }
            .map { PlanViolation(.patientsPerNurse, $0) }
            + starts.beyond(every: PlanningLimits.quarterMinutes) {
                nursesThroughout(quarter: $0) * instance.rules.startsPerNurse
            }.map { PlanViolation(.startsPerNurse, $0) }
    }

    private func nurses(at minute: Int) -> Int {
        instance.nurses.count { $0.shifts.contains { $0.contains(minute) } }
    }

    /// On shift in every minute of the quarter that lies in opening hours.
    private func nursesThroughout(quarter: Int) -> Int {
        let first = quarter * PlanningLimits.quarterMinutes
        let open = (first..<(first + PlanningLimits.quarterMinutes)).filter { minute in
            instance.days.contains { $0.opens <= minute && minute < $0.closes }
        }
        guard !open.isEmpty else { return 0 }
        return instance.nurses.count { nurse in
            open.allSatisfy { minute in nurse.shifts.contains { $0.contains(minute) } }
        }
    }

    private func stock(_ booked: [Placed]) -> [PlanViolation] {
        var used: [String: Int] = [:]
        for placed in booked where !placed.visit.hasStarted {
            guard let uses = placed.visit.uses else { continue }
            used[uses.product, default: 0] += uses.units
        }
        return used.sorted { $0.key < $1.key }.compactMap { product, units in
            guard let left = instance.stock[product], units > left else { return nil }
            return PlanViolation(.stock, .product(product, used: units, left: left))
        }
    }

    // MARK: - Help

    private struct Placed {
        let visit: PlannedVisit
        let booking: Booking

        var leaves: Int { visit.phases.reduce(booking.start) { $0 + $1.minutes } }
        var isFree: Int { leaves + visit.turnoverMinutes }

        var handsMinutes: [Int] {
            var minute = booking.start
            var minutes: [Int] = []
            for phase in visit.phases {
                if phase.needsNurse { minutes += minute..<(minute + phase.minutes) }
                minute += phase.minutes
            }
            return minutes
        }
    }

    /// How many at each place, and whether a booking that is not yet under way is among them.
    private struct Counts {
        private var all: [Int: Int] = [:]
        private var new: Set<Int> = []

        mutating func add(_ place: Int, _ isNew: Bool) {
            all[place, default: 0] += 1
            if isNew { new.insert(place) }
        }

        /// Where there are more than allowed. What has started may already be too much; nothing may be
        /// added to it there.
        /// - Parameter minutes: What a place is worth. Places of one number in a row are one, but for those
        ///   of several minutes, each of which has its own.
        func beyond(every minutes: Int, _ allowed: (Int) -> Int) -> [PlanViolation.Place] {
            var found: [(minutes: Range<Int>, count: Int, allowed: Int)] = []
            for (place, count) in all.sorted(by: { $0.key < $1.key }) {
                let most = allowed(place)
                guard new.contains(place), count > most else { continue }
                let span = place * minutes..<(place + 1) * minutes
                if minutes == 1, let last = found.last, last.minutes.upperBound == span.lowerBound,
                    last.count == count, last.allowed == most
                {
                    found[found.count - 1].minutes = last.minutes.lowerBound..<span.upperBound
                } else {
                    found.append((span, count, most))
                }
            }
            return found.map { .minutes($0.minutes, count: $0.count, allowed: $0.allowed) }
        }
    }
}
