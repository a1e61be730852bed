/// An instance on a timeline of equal units: the longest that all its times are multiples of, the open
/// hours of the days one after the other. What has started is taken out of the capacities.
struct PlanGrid: Sendable {
    let instance: PlanInstance
    let unitMinutes: Int
    /// By unit: its first minute, and from which minute on its day is overtime.
    let minutes: [Int]
    let overtimeFrom: [Int]
    /// By unit: the number of its quarter of an hour; by quarter: its units.
    let quarter: [Int]
    let quarterUnits: [Range<Int>]
    let chairClasses: [ChairClass]
    /// By unit, what nurses' hands are left for visits that have not started, and what those that have
    /// started take.
    let handsLeft: [Int]
    let handsTaken: [Int]
    /// The most hands at once of what has started, also after closing.
    let startedPeak: Int
    /// By unit, how many more patients the nurses may look after.
    let presentLeft: [Int]
    /// By quarter.
    let startsLeft: [Int]
    /// Those that have not started.
    let visits: [GridVisit]
    let stock: [Int]
    /// Overtime of what has started, minutes.
    let startedOvertime: Int

    var unitCount: Int { minutes.count }

    init(_ instance: PlanInstance) {
        self.instance = instance
        let axis = TimeAxis(instance)
        unitMinutes = axis.unitMinutes
        minutes = axis.minutes
        overtimeFrom = axis.overtimeFrom
        (quarter, quarterUnits) = axis.quarters()
        let started = StartedLoad(instance, axis)
        chairClasses = ChairClass.classes(of: instance, axis, started)
        let nurses = axis.minutes.map { minute in
            instance.nurses.count { $0.shifts.contains { $0.contains(minute) } }
        }
        handsTaken = started.hands
        startedPeak = started.peak
        handsLeft = zip(nurses, started.hands).map { max(0, $0 - $1) }
        presentLeft = zip(nurses, started.present).map {
            max(0, $0 * instance.rules.patientsPerNurse - $1)
        }
        startsLeft = quarterUnits.map { units in
            let throughout = instance.nurses.count { nurse in
                units.allSatisfy { unit in
                    nurse.shifts.contains { $0.contains(axis.minutes[unit]) }
                }
            }
            let quarter = axis.minutes[units.lowerBound] / PlanningLimits.quarterMinutes
            let begun = started.starts[quarter] ?? 0
            return max(0, throughout * instance.rules.startsPerNurse - begun)
        }
        let products = instance.stock.keys.sorted()
        stock = products.map { instance.stock[$0] ?? 0 }
        visits = GridVisit.visits(of: instance, axis, chairClasses, products)
        startedOvertime = started.overtime
    }
}
