/// Turns minutes into units and back.
struct TimeAxis {
    let unitMinutes: Int
    let minutes: [Int]
    let overtimeFrom: [Int]
    /// By day: when the centre closes after it, which is later where the next day follows at once.
    let openUntil: [Int]
    private let dayUnits: [Range<Int>]
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
        var openUntil = instance.days.map(\.closes)
        for day in openUntil.indices.dropLast().reversed()
        where openUntil[day] == instance.days[day + 1].opens {
            openUntil[day] = openUntil[day + 1]
        }
        self.openUntil = openUntil
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

    /// The units of `minutes` that lie in opening hours, those of each day apart.
    func units(in minutes: Range<Int>) -> [Range<Int>] {
        zip(days, dayUnits).compactMap { day, units in
            let open = minutes.clamped(to: day.open)
            guard !open.isEmpty else { return nil }
            let first = units.lowerBound + (open.lowerBound - day.opens) / unitMinutes
            return first..<(first + open.count / unitMinutes)
        }
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
