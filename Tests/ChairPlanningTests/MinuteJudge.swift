import ChairPlanning

/// A second judge of plans, that knows the documents and neither the checker nor the solver: it writes down,
/// minute by minute, who is where, and then counts. Slow, and different in every way it can be.
struct MinuteJudge {
    /// What is wrong, one line each.
    private(set) var findings: Set<String> = []
    private(set) var objective = PlanObjective(
        unservedWeight: 0, overtimeMinutes: 0, waitingMinutes: 0, peakNurses: 0)

    private let instance: PlanInstance
    private let open: [Set<Int>]
    private let covered: Set<Int>
    /// By minute: places of the nurses on shift.
    private var onShift: [Int: Set<Int>] = [:]
    // By minute: places of visits.
    private var sitting: [Int: [Int]] = [:]
    private var handled: [Int: [Int]] = [:]
    /// By chair and minute.
    private var held: [[Int: [Int]]]
    /// By the first minute of a quarter of an hour.
    private var starting: [Int: [Int]] = [:]

    init(_ instance: PlanInstance, _ plan: ChairPlan) {
        self.instance = instance
        open = instance.days.map { Set($0.opens..<$0.closes) }
        covered = Set(instance.cover.joined())
        held = Array(repeating: [:], count: instance.chairs.count)
        for (place, nurse) in instance.nurses.enumerated() {
            for minute in nurse.shifts.joined() { onShift[minute, default: []].insert(place) }
        }
        for (place, visit) in instance.visits.enumerated() {
            if let booking = plan.bookings[place] {
                writeDown(place, visit, booking)
            } else {
                leaveOut(visit)
            }
        }
        judgePairs()
        judgeCounts()
        judgeStock(plan)
        objective.peakNurses = handled.values.map(\.count).max() ?? 0
    }

    private func hasStarted(_ place: Int) -> Bool {
        if case .started = instance.visits[place].timing { true } else { false }
    }

    // MARK: - Each visit

    private mutating func leaveOut(_ visit: PlannedVisit) {
        switch visit.timing {
        case .started: findings.insert("started \(visit.id)")
        case .requested: objective.unservedWeight += instance.weights[visit.urgency]
        case .promised:
            // More than everybody who only asks.
            objective.unservedWeight += instance.weights[visit.urgency] + 1
            for other in instance.visits {
                guard case .requested = other.timing else { continue }
                objective.unservedWeight += instance.weights[other.urgency]
            }
        }
    }

    private mutating func writeDown(_ place: Int, _ visit: PlannedVisit, _ booking: Booking) {
        var minute = booking.start
        var stay: [Int] = []
        for phase in visit.phases {
            for _ in 0..<phase.minutes {
                stay.append(minute)
                sitting[minute, default: []].append(place)
                if phase.needsNurse { handled[minute, default: []].append(place) }
                minute += 1
            }
        }
        let turnover = (0..<visit.turnoverMinutes).map { minute + $0 }
        for minute in stay + turnover { held[booking.chair][minute, default: []].append(place) }
        starting[booking.start - booking.start % 15, default: []].append(place)
        if let day = instance.days.filter({ $0.opens <= booking.start }).last {
            objective.overtimeMinutes += (day.overtimeFrom..<max(day.overtimeFrom, minute)).count
        }
        judge(visit, booking, stay, turnover)
    }

    private mutating func judge(
        _ visit: PlannedVisit, _ booking: Booking, _ stay: [Int], _ turnover: [Int]
    ) {
        let chair = instance.chairs[booking.chair]
        func find(_ rule: PlanViolation.Rule, unless isKept: Bool) {
            if !isKept { findings.insert("\(rule.rawValue) \(visit.id)") }
        }
        let grid = instance.startGridMinutes
        let starts: Set<Int>
        switch visit.timing {
        case .started(let start, let own):
            find(.started, unless: booking.start == start && chair.id == own)
            return
        case .requested(let earliest, let ready, let latest):
            starts = Set((earliest...latest).filter { $0 % grid == 0 })
            objective.waitingMinutes += (ready..<max(ready, booking.start)).count
        case .promised(let start, let earlier, let later):
            let near = (start - earlier)...(start + later)
            starts = Set(near.filter { $0 % grid == 0 } + [start])
            objective.waitingMinutes += (start..<max(start, booking.start)).count
        }
        find(.window, unless: starts.contains(booking.start))
        find(.past, unless: instance.now.map { $0 <= booking.start } ?? true)
        let buffer = (0..<instance.rules.bufferMinutes).map { booking.start + stay.count + $0 }
        find(.hours, unless: open.contains { $0.isSuperset(of: stay + buffer) })
        find(.cover, unless: covered.isSuperset(of: stay))
        find(.equipment, unless: visit.needs.subtracting(chair.tags).isEmpty)
        find(
            .availability,
            unless: Set(chair.available.joined()).isSuperset(of: stay + turnover))
    }

    // MARK: - Visits together

    private mutating func judgePairs() {
        for minutes in held {
            for places in minutes.values { findPairs(.chair, places) { _, _ in true } }
        }
        let visits = instance.visits
        for places in sitting.values {
            findPairs(.patient, places) { visits[$0].patient == visits[$1].patient }
        }
    }

    /// Of two who have started neither can be sent elsewhere.
    private mutating func findPairs(
        _ rule: PlanViolation.Rule, _ places: [Int], where collide: (Int, Int) -> Bool
    ) {
        for one in places {
            for other in places where one < other && collide(one, other) {
                if hasStarted(one), hasStarted(other) { continue }
                let ids = [instance.visits[one].id, instance.visits[other].id].sorted()
                findings.insert("\(rule.rawValue) \(ids.joined(separator: " "))")
            }
        }
    }

    private mutating func judgeCounts() {
        for (minute, places) in handled {
            find(.hands, minute, places, most: onShift[minute, default: []].count)
        }
        for (minute, places) in sitting {
            let nurses = onShift[minute, default: []].count
            find(.patientsPerNurse, minute, places, most: nurses * instance.rules.patientsPerNurse)
        }
        for (quarter, places) in starting {
            let minutes = Set(quarter..<(quarter + 15)).intersection(Set(open.joined()))
            var nurses: Set<Int>?
            for minute in minutes {
                let there = onShift[minute, default: []]
                nurses = nurses?.intersection(there) ?? there
            }
            let most = (nurses ?? []).count * instance.rules.startsPerNurse
            find(.startsPerNurse, quarter, places, most: most)
        }
    }

    /// Only what is added is too much.
    private mutating func find(
        _ rule: PlanViolation.Rule, _ minute: Int, _ places: [Int], most: Int
    ) {
        guard places.count > most, !places.allSatisfy({ hasStarted($0) }) else { return }
        findings.insert("\(rule.rawValue) \(minute): \(places.count) of \(most)")
    }

    private mutating func judgeStock(_ plan: ChairPlan) {
        for (product, left) in instance.stock {
            var used = 0
            for (place, visit) in instance.visits.enumerated() where plan.bookings[place] != nil {
                guard !hasStarted(place), let uses = visit.uses, uses.product == product else {
                    continue
                }
                used += uses.units
            }
            if used > left { findings.insert("stock \(product): \(used) of \(left)") }
        }
    }
}

extension PlanViolation {
    /// As ``MinuteJudge`` says it: stretches of minutes are a line for each minute.
    var findings: [String] {
        switch place {
        case .plan(let text): ["\(rule.rawValue) \(text)"]
        case .visit(let id, let other):
            ["\(rule.rawValue) \([id, other].compactMap(\.self).sorted().joined(separator: " "))"]
        case .minutes(let minutes, let count, let allowed):
            stride(
                from: minutes.lowerBound, to: minutes.upperBound,
                by: rule == .startsPerNurse ? minutes.count : 1
            ).map { "\(rule.rawValue) \($0): \(count) of \(allowed)" }
        case .product(let product, let used, let left):
            ["\(rule.rawValue) \(product): \(used) of \(left)"]
        }
    }
}
