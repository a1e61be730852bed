/// Looks at an instance member by member.
struct InstanceValidation {
    private let instance: PlanInstance
    /// The days' hours.
    private let open: [Range<Int>]
    private var found: [PlanProblem] = []

    init(_ instance: PlanInstance) {
        self.instance = instance
        open = instance.days.map(\.open).filter { !$0.isEmpty }
    }

    /// Everything that is wrong, in the order of the members.
    mutating func problems() -> [PlanProblem] {
        hours()
        rules()
        chairs()
        nurses()
        intervals("/cover", instance.cover, within: nil)
        stock()
        visits()
        if found.isEmpty, ObjectiveScale(checked: instance) == nil {
            report(
                "/visits", "too many, too heavy or too wide for an exact objective",
                "a combined objective below \(PlanningLimits.combinedObjective)")
        }
        return found
    }

    private mutating func report(_ path: String, _ problem: String, _ accepted: String) {
        found.append(PlanProblem(path, problem, accepted: accepted))
    }

    private mutating func require(_ value: Int, _ range: ClosedRange<Int>, _ path: String) {
        guard !range.contains(value) else { return }
        report(path, "is \(value)", "\(range.lowerBound) to \(range.upperBound)")
    }

    private mutating func require(count: Int, _ range: ClosedRange<Int>, _ path: String) {
        guard !range.contains(count) else { return }
        report(path, "has \(count)", "\(range.lowerBound) to \(range.upperBound)")
    }

    private mutating func hours() {
        require(count: instance.days.count, PlanningLimits.days, "/days")
        var last = 0
        for (index, day) in instance.days.enumerated() {
            let path = "/days/\(index)"
            require(day.opens, PlanningLimits.minutes, "\(path)/opens")
            require(day.closes, PlanningLimits.minutes, "\(path)/closes")
            if day.opens < last {
                report("\(path)/opens", "is \(day.opens)", "days in order, from \(last) on")
            }
            if day.closes <= day.opens || day.closes - day.opens > PlanningLimits.minutesPerDay {
                report(
                    "\(path)/closes", "is \(day.closes)",
                    "1 to 1440 minutes after it opens at \(day.opens)")
            } else if !(day.opens...day.closes).contains(day.overtimeFrom) {
                report(
                    "\(path)/overtimeFrom", "is \(day.overtimeFrom)",
                    "from opens to closes, \(day.opens) to \(day.closes)")
            }
            last = max(last, day.closes)
        }
        if let now = instance.now { require(now, PlanningLimits.minutes, "/now") }
        if !PlanningLimits.startGridMinutes.contains(instance.startGridMinutes) {
            report(
                "/startEvery", "is \(instance.startGridMinutes)",
                PlanningLimits.startGridMinutes.map(String.init).joined(separator: ", "))
        }
    }

    private mutating func rules() {
        let rules = instance.rules
        require(rules.startsPerNurse, PlanningLimits.startsPerNurse, "/rules/startsPerNurse")
        require(rules.patientsPerNurse, PlanningLimits.patientsPerNurse, "/rules/patientsPerNurse")
        require(rules.bufferMinutes, PlanningLimits.bufferMinutes, "/rules/bufferMinutes")
        for urgency in VisitUrgency.allCases {
            require(
                instance.weights[urgency], PlanningLimits.weight, "/weights/\(urgency.rawValue)")
        }
    }

    private mutating func chairs() {
        require(count: instance.chairs.count, PlanningLimits.chairs, "/chairs")
        unique(instance.chairs.map(\.id), "/chairs")
        for (index, chair) in instance.chairs.enumerated() {
            let path = "/chairs/\(index)"
            name(chair.id, "\(path)/id")
            tags(chair.tags, "\(path)/tags")
            intervals("\(path)/available", chair.available, within: open)
        }
    }

    private mutating func nurses() {
        require(count: instance.nurses.count, PlanningLimits.nurses, "/nurses")
        unique(instance.nurses.map(\.id), "/nurses")
        for (index, nurse) in instance.nurses.enumerated() {
            name(nurse.id, "/nurses/\(index)/id")
            intervals("/nurses/\(index)/shifts", nurse.shifts, within: nil)
        }
    }

    private mutating func stock() {
        require(count: instance.stock.count, PlanningLimits.products, "/stock")
        for (product, units) in instance.stock.sorted(by: { $0.key < $1.key }) {
            // As RFC 6901 escapes a member's name.
            let path = "/stock/" + product.replacing("~", with: "~0").replacing("/", with: "~1")
            name(product, path)
            require(units, PlanningLimits.stockUnits, path)
        }
    }

    private mutating func visits() {
        require(count: instance.visits.count, PlanningLimits.visits, "/visits")
        unique(instance.visits.map(\.id), "/visits")
        let chairs = Set(instance.chairs.map(\.id))
        for (index, visit) in instance.visits.enumerated() {
            let path = "/visits/\(index)"
            name(visit.id, "\(path)/id")
            name(visit.patient, "\(path)/patient")
            tags(visit.needs, "\(path)/needs")
            require(count: visit.phases.count, PlanningLimits.phases, "\(path)/phases")
            for (place, phase) in visit.phases.enumerated() {
                require(
                    phase.minutes, PlanningLimits.phaseMinutes, "\(path)/phases/\(place)/minutes")
            }
            if visit.chairMinutes > PlanningLimits.chairMinutes.upperBound {
                report(
                    "\(path)/phases", "are \(visit.chairMinutes) minutes together",
                    "at most \(PlanningLimits.chairMinutes.upperBound)")
            }
            require(visit.turnoverMinutes, PlanningLimits.turnoverMinutes, "\(path)/turnover")
            if let uses = visit.uses {
                name(uses.product, "\(path)/uses/product")
                require(uses.units, PlanningLimits.stockUnits, "\(path)/uses/units")
            }
            timing(visit.timing, path, chairs)
        }
        startedOfOnePatient()
    }

    private mutating func timing(_ timing: VisitTiming, _ path: String, _ chairs: Set<String>) {
        switch timing {
        case .requested(let earliest, let ready, let latest):
            require(earliest, PlanningLimits.minutes, "\(path)/window/earliest")
            require(latest, PlanningLimits.minutes, "\(path)/window/latest")
            if latest < earliest {
                report(
                    "\(path)/window/latest", "is \(latest)",
                    "earliest, which is \(earliest), or later")
            } else if !(earliest...latest).contains(ready) {
                report(
                    "\(path)/window/ready", "is \(ready)",
                    "from earliest to latest, \(earliest) to \(latest)")
            }
        case .promised(let start, let earlier, let later):
            require(start, PlanningLimits.minutes, "\(path)/promised/start")
            require(earlier, PlanningLimits.minutes, "\(path)/promised/earlier")
            require(later, PlanningLimits.minutes, "\(path)/promised/later")
        case .started(let start, let chair):
            if !open.contains(where: { $0.contains(start) }) {
                report("\(path)/started/start", "is \(start)", "a minute of a day's opening hours")
            }
            if let now = instance.now, start > now {
                report("\(path)/started/start", "is \(start)", "now, which is \(now), or earlier")
            }
            if !chairs.contains(chair) {
                report("\(path)/started/chair", "is \"\(chair)\"", "the id of a chair")
            }
        }
    }

    /// Nobody sits in two chairs.
    private mutating func startedOfOnePatient() {
        var seen: [String: [(place: Int, stay: Range<Int>)]] = [:]
        for (index, visit) in instance.visits.enumerated() {
            guard case .started(let start, _) = visit.timing, visit.chairMinutes > 0 else {
                continue
            }
            let stay = start..<(start + visit.chairMinutes)
            if let other = seen[visit.patient, default: []].first(where: { $0.stay.overlaps(stay) })
            {
                report(
                    "/visits/\(index)/started",
                    "is \(stay.lowerBound) to \(stay.upperBound), in which the patient is also in "
                        + "/visits/\(other.place)",
                    "visits of one patient one after the other")
            }
            seen[visit.patient, default: []].append((index, stay))
        }
    }

    private mutating func name(_ text: String, _ path: String) {
        guard !PlanningLimits.isName(text) else { return }
        let isLong = !PlanningLimits.nameBytes.contains(text.utf8.count)
        report(
            path, isLong ? "has \(text.utf8.count) bytes" : "has a control character",
            PlanningLimits.name)
    }

    private mutating func tags(_ tags: Set<String>, _ path: String) {
        require(count: tags.count, PlanningLimits.tags, path)
        for tag in tags.sorted() { name(tag, path) }
    }

    private mutating func unique(_ ids: [String], _ path: String) {
        var first: [String: Int] = [:]
        for (index, id) in ids.enumerated() {
            if let other = first[id] {
                report(
                    "\(path)/\(index)/id", "is \"\(id)\", as \(path)/\(other)/id is",
                    "ids of their own")
            } else {
                first[id] = index
            }
        }
    }

    /// In order, apart from each other, inside the instance's minutes and, if given, inside one of `hours`.
    /// What is the days' hours, as where nothing was said, is as sound as they are.
    private mutating func intervals(
        _ path: String, _ intervals: [Range<Int>], within hours: [Range<Int>]?
    ) {
        if intervals == open { return }
        if intervals.count > PlanningLimits.intervals.upperBound {
            report(path, "has \(intervals.count)", "at most \(PlanningLimits.intervals.upperBound)")
        }
        var last = Int.min
        for (index, interval) in intervals.enumerated() {
            let place = "\(path)/\(index)"
            require(interval.lowerBound, PlanningLimits.minutes, "\(place)/from")
            require(interval.upperBound, PlanningLimits.minutes, "\(place)/until")
            if interval.isEmpty {
                report(
                    place, "is \(interval.lowerBound) to \(interval.upperBound)",
                    "from before until")
            }
            if interval.lowerBound < last {
                report(
                    "\(place)/from", "is \(interval.lowerBound)",
                    "intervals in order, apart: \(last) or later")
            }
            if let hours,
                !hours.contains(where: {
                    $0.lowerBound <= interval.lowerBound && interval.upperBound <= $0.upperBound
                })
            {
                report(
                    place, "is \(interval.lowerBound) to \(interval.upperBound)",
                    "inside one day's opens and closes")
            }
            last = interval.upperBound
        }
    }
}
