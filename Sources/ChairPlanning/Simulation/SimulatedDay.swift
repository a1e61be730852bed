/// One day of a clinic as it goes, minute by minute: who comes, sits down, waits for a nurse, leaves.
///
/// Whoever sits already is served before whoever has not sat down. A nurse finishes what she has begun.
/// Nobody sits down who could not leave before closing; those are turned away. Those who are on shift last
/// stay until the last patient has left.
struct SimulatedDay {
    private let instance: PlanInstance
    private let day: DayHours
    private let nurses: [Int]
    /// Those who stay when the last shift is over, and from when.
    private let staying: (from: Int, nurses: Int)
    private var patients: [Patient] = []
    /// By chair: the minute from which it is free again.
    private var chairFreeFrom: [Int]
    /// By chair: whether somebody sits in it.
    private var chairTaken: [Bool]
    private var handsBusy = 0
    private(set) var outcome = DayOutcome()

    fileprivate struct Patient {
        enum State {
            case away, waitingForChair, waitingForHands
            case inPhase(until: Int)
            case gone
        }
        let visit: PlannedVisit
        let planned: Int
        let chair: Int
        let arrives: Int
        let phases: [VisitPhase]
        var state = State.away
        var seat = -1
        var phase = 0
    }

    /// - Parameter nurses: By minute from the day's opening, those on shift.
    init(
        _ instance: PlanInstance, _ plan: ChairPlan, day: DayHours, nurses: [Int],
        fates: [VisitFate]
    ) {
        self.instance = instance
        self.day = day
        self.nurses = nurses
        // On a day without any shift somebody sees to those who sit there all the same.
        let last = nurses.lastIndex { $0 > 0 }
        staying = last.map { (day.opens + $0, nurses[$0]) } ?? (day.opens, 1)
        chairFreeFrom = Array(repeating: 0, count: instance.chairs.count)
        chairTaken = Array(repeating: false, count: instance.chairs.count)
        for (index, visit) in instance.visits.enumerated() {
            guard let booking = plan.bookings[index] else { continue }
            guard day.open.contains(booking.start) else { continue }
            guard fates[index].comes else {
                outcome.absent += 1
                continue
            }
            patients.append(
                Patient(
                    visit: visit, planned: booking.start, chair: booking.chair,
                    arrives: booking.start + fates[index].lateMinutes, phases: fates[index].phases))
        }
        patients.sort { ($0.planned, $0.visit.id) < ($1.planned, $1.visit.id) }
        outcome.chairMinutes = instance.chairs.reduce(0) { sum, chair in
            sum
                + chair.available.reduce(0) {
                    $0 + $1.clamped(to: day.opens..<max(day.opens, day.overtimeFrom)).count
                }
        }
    }

    /// Runs until the last patient has left, and for a day after closing at most.
    mutating func run() {
        let end = day.closes + PlanningLimits.minutesPerDay
        var minute = day.opens
        while minute < end, minute < day.closes || patients.contains(where: \.isThere) {
            finishPhases(minute)
            giveHands(minute)
            seat(minute)
            count(minute)
            minute += 1
        }
    }

    private func onShift(at minute: Int) -> Int {
        let offset = minute - day.opens
        return nurses.indices.contains(offset) ? nurses[offset] : 0
    }

    /// Hands for those who sit, also when the shifts are over.
    private func hands(at minute: Int) -> Int {
        minute > staying.from ? staying.nurses : onShift(at: minute)
    }

    private mutating func finishPhases(_ minute: Int) {
        for index in patients.indices {
            guard case .inPhase(let until) = patients[index].state, until <= minute else {
                continue
            }
            if patients[index].phases[patients[index].phase].needsNurse { handsBusy -= 1 }
            patients[index].phase += 1
            advance(index, minute)
        }
    }

    /// Begins the next phase, or waits for a nurse, or leaves.
    private mutating func advance(_ index: Int, _ minute: Int) {
        let patient = patients[index]
        guard patient.phase < patient.phases.count else {
            patients[index].state = .gone
            chairTaken[patient.seat] = false
            chairFreeFrom[patient.seat] = minute + patient.visit.turnoverMinutes
            outcome.lastLeaves = max(outcome.lastLeaves, minute)
            return
        }
        let phase = patient.phases[patient.phase]
        patients[index].state =
            phase.needsNurse ? .waitingForHands : .inPhase(until: minute + phase.minutes)
    }

    private mutating func giveHands(_ minute: Int) {
        for index in patients.indices where handsBusy < hands(at: minute) {
            guard case .waitingForHands = patients[index].state else { continue }
            begin(index, minute)
        }
    }

    private mutating func begin(_ index: Int, _ minute: Int) {
        let phase = patients[index].phases[patients[index].phase]
        if phase.needsNurse { handsBusy += 1 }
        patients[index].state = .inPhase(until: minute + phase.minutes)
    }

    private mutating func seat(_ minute: Int) {
        var present = patients.count(where: \.isSeated)
        for index in patients.indices where patients[index].arrives <= minute {
            if case .away = patients[index].state { patients[index].state = .waitingForChair }
            guard case .waitingForChair = patients[index].state else { continue }
            let visit = patients[index].visit
            if !visit.hasStarted,
                minute + visit.chairMinutes + instance.rules.bufferMinutes > day.closes
            {
                patients[index].state = .gone
                outcome.turnedAway += 1
                continue
            }
            let needsHands = patients[index].phases.first?.needsNurse ?? false
            let isStaffed =
                present < onShift(at: minute) * instance.rules.patientsPerNurse
                && (!needsHands || handsBusy < onShift(at: minute))
            guard visit.hasStarted || isStaffed, let chair = freeChair(patients[index], minute)
            else { continue }
            chairTaken[chair] = true
            patients[index].seat = chair
            present += 1
            outcome.waits.append(minute - max(patients[index].arrives, patients[index].planned))
            begin(index, minute)
        }
    }

    /// The chair of the plan if it is free, or another that has what is needed. Who is under way sits where
    /// he sits, whatever the chair has.
    private func freeChair(_ patient: Patient, _ minute: Int) -> Int? {
        let stay = minute..<(minute + patient.visit.holdMinutes)
        func isFree(_ index: Int) -> Bool {
            let chair = instance.chairs[index]
            if chairTaken[index] { return false }
            if patient.visit.hasStarted, index == patient.chair { return true }
            return chairFreeFrom[index] <= minute
                && patient.visit.needs.isSubset(of: chair.tags)
                && chair.available.cover(stay)
        }
        if isFree(patient.chair) { return patient.chair }
        return instance.chairs.indices.first(where: isFree)
    }

    private mutating func count(_ minute: Int) {
        let seated = patients.count(where: \.isSeated)
        if minute < day.overtimeFrom {
            outcome.chairMinutesUsed += seated
        } else {
            outcome.overtimeMinutes += seated
        }
    }
}

extension SimulatedDay.Patient {
    fileprivate var isSeated: Bool {
        switch state {
        case .waitingForHands, .inPhase: true
        case .away, .waitingForChair, .gone: false
        }
    }

    fileprivate var isThere: Bool {
        switch state {
        case .waitingForChair, .waitingForHands, .inPhase: true
        case .away, .gone: false
        }
    }
}
