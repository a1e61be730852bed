/// Turns minutes into units and back.
struct TimeAxis {
    let unitMinutes: Int
    let minutes: [Int]
    let overtimeFrom: [Int]
    /// By day: its units.
    let dayUnits: [Range<Int>]
    private let days: [DayHours]

    init(_ instance: PlanInstance) {
        days = instance.days
        unitMinutes = Self.unit(of: instance)
        var minutes: [Int] = []
        var overtimeFrom: [Int] = []
        var dayUnits: [Range<Int>] = []
        for day in instance.days {
            let first = minutes.count
            for minute in stride(from: day.opens, to: day.closes, by: unitMinutes) {
                minutes.append(minute)
                overtimeFrom.append(day.overtimeFrom)
            }
            dayUnits.append(first..<minutes.count)
        }
        self.minutes = minutes
        self.overtimeFrom = overtimeFrom
        self.dayUnits = dayUnits
    }

    private static func unit(of instance: PlanInstance) -> Int {
        var unit = instance.startGridMinutes
        func divide(_ minutes: Int) {
            var (larger, smaller) = (unit, abs(minutes))
            while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
            unit = larger
        }
        func divide(_ interval: Range<Int>) {
            for day in instance.days where interval.overlaps(day.open) {
                divide(interval.clamped(to: day.open).lowerBound)
                divide(interval.clamped(to: day.open).upperBound)
            }
        }
        for day in instance.days { divide(day.open) }
        for chair in instance.chairs { chair.available.forEach(divide) }
        for nurse in instance.nurses { nurse.shifts.forEach(divide) }
        for visit in instance.visits {
            for phase in visit.phases { divide(phase.minutes) }
            divide(visit.turnoverMinutes)
            switch visit.timing {
            case .requested: break
            case .promised(let start, _, _), .started(let start, _): divide(start)
            }
        }
        return unit
    }

    /// The day that `minute` is open in.
    func day(of minute: Int) -> Int? { days.firstIndex { $0.open.contains(minute) } }

    /// The unit of a minute in opening hours.
    func unit(of minute: Int) -> Int? {
        day(of: minute).map { dayUnits[$0].lowerBound + (minute - days[$0].opens) / unitMinutes }
    }

    /// The units of `length` minutes from `start` on that lie in the day's opening hours.
    func units(from start: Int, _ length: Int) -> Range<Int> {
        guard let day = day(of: start), let first = unit(of: start) else { return 0..<0 }
        return first..<min(first + length / unitMinutes, dayUnits[day].upperBound)
    }

    /// Numbers of the units' quarters, and each quarter's units.
    func quarters() -> ([Int], [Range<Int>]) {
        var numbers: [Int] = []
        var units: [Range<Int>] = []
        var last = -1
        for (unit, minute) in minutes.enumerated() {
            let clock = minute / PlanningLimits.quarterMinutes
            if clock != last { units.append(unit..<unit) }
            last = clock
            units[units.count - 1] = units[units.count - 1].lowerBound..<(unit + 1)
            numbers.append(units.count - 1)
        }
        return (numbers, units)
    }
}
