import Foundation
import Infusion

/// The iron of one patient, added up from the accepted events alone, and what the labels' numbers
/// have against each dose. A dose outside them needs an override of its own, for that gate and
/// order, in force and not used before; signed by a prescriber and a second person, except where the
/// label's own words leave room.
struct IronLedger {
    private struct Visit {
        let dose: DoseID
        let order: OrderID
        let date: CalendarDate
        let planned: Milligrams
        /// All that is planned while it runs, then what was given.
        var counted: Milligrams
        /// Ended before all of it was given.
        var isStopped = false
    }

    private struct Permit {
        let gate: Gate
        let order: OrderID
        let from: Instant
        let until: Instant
        let isCosigned: Bool
        var isUsed = false
    }

    /// What is outside a limit.
    private struct Excess {
        let what: String
        /// One person's reason suffices.
        var isSoft = false
    }

    private let zone: TimeZone
    private var orders: [OrderID: InfusionOrder] = [:]
    private var weights: [(at: Instant, value: Kilograms)] = []
    private var visits: [Visit] = []
    private var permits: [Permit] = []
    /// Doses outside a limit that an override covered, by gate.
    private(set) var covered: [Gate: Int] = [:]
    /// What no override covered, in words.
    private(set) var breaches: [String] = []

    init(_ zone: TimeZone) { self.zone = zone }

    mutating func add(_ event: PatientEvent) {
        switch event.fact {
        case .infusionOrdered(let order): orders[order.id] = order
        case .weightRecorded(let weight):
            weights.append((at: event.effectiveAt, value: weight))
        case .gateOverridden(let override):
            permits.append(
                Permit(
                    gate: override.gate, order: override.order, from: event.effectiveAt,
                    until: override.expiresAt,
                    isCosigned: override.role == .prescriber && override.coSigner != nil))
        case .doseStarted(let dose): begin(dose, at: event.effectiveAt)
        case .doseCompleted(let given): end(given)
        case .doseStopped(let given, reason: _): end(given, isStopped: true)
        case .historyCarried(let carried): adopt(carried.fact, at: event.effectiveAt)
        case .patientRegistered, .identityCorrected, .labRecorded, .labCorrected, .labRetracted,
            .heightRecorded, .clinicalContextSet, .clinicalFactRecorded, .orderHeld,
            .dosePaused, .doseResumed, .orderReleased, .orderCancelled, .appointmentBooked,
            .appointmentMoved,
            .appointmentCancelled, .appointmentMissed, .appointmentHeld, .appointmentConfirmed,
            .holdExpired, .capacityOverridden, .stockReserved, .patientArrived, .visitBegun,
            .visitLeft, .reactionLogged,
            .reactionRegraded,
            .patientDischarged, .transfusionRecorded, .signedOff, .chairsideChecked, .recheckOpened,
            .recheckClosed, .patientErased, .patientMerged,
            .patientMergedInto, .patientUnmerged, .patientUnmergedFrom,
            .recordAttributed, .decisionReviewed, .waitlistEntered, .waitlistChanged,
            .waitlistOffered, .waitlistLeft, .transfusionOrdered,
            .transfusionOrderFilled:
            break
        }
    }

    /// What another record knew is no decision of this one: it counts, and is not judged.
    private mutating func adopt(_ fact: PatientFact, at start: Instant) {
        if case .doseStarted(let dose) = fact {
            visits.append(
                Visit(
                    dose: dose.id, order: dose.order, date: CalendarDate(start, in: zone),
                    planned: dose.planned, counted: dose.planned))
        } else {
            add(PatientEvent(effectiveAt: start, fact: fact))
        }
    }

    private mutating func begin(_ dose: DoseStarted, at start: Instant) {
        let date = CalendarDate(start, in: zone)
        if dose.localDate != date { breaches.append("dose \(dose.id) is not of \(date)") }
        let visit = Visit(
            dose: dose.id, order: dose.order, date: date, planned: dose.planned,
            counted: dose.planned)
        guard let order = orders[dose.order], let limits = LabelLimits.byRow[order.dosingRow.name]
        else {
            breaches.append("dose \(dose.id) has no order, or one of a row without limits here")
            return
        }
        let prescribed = order.prescribed.reduce(.zero, +)
        if sum(of: dose.order) + dose.planned > prescribed {
            breaches.append("dose \(dose.id) is above the \(prescribed) of its prescription")
        }
        let weight = weight(for: date, at: start)
        let excesses =
            amounts(visit, order, limits, weight) + intervals(visit, order, limits)
        for (gate, excess) in excesses.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            usePermit(of: gate, for: visit, at: start, because: excess)
        }
        visits.append(visit)
    }

    private mutating func end(_ given: DoseGiven, isStopped: Bool = false) {
        guard let index = visits.firstIndex(where: { $0.dose == given.id }) else {
            breaches.append("dose \(given.id) ended and never began")
            return
        }
        if given.given > visits[index].planned || given.given < .zero {
            breaches.append("dose \(given.id) gave \(given.given)")
        }
        visits[index].counted = given.given
        visits[index].isStopped = isStopped
    }

    // MARK: The limits

    private func sum(of order: OrderID) -> Milligrams {
        visits.filter { $0.order == order }.map(\.counted).reduce(.zero, +)
    }

    /// The seven weeks of seven dates that hold `date`.
    private func weeks(_ date: CalendarDate) -> [[Visit]] {
        (-6...0).map { first in
            visits.filter { (first...first + 6).contains($0.date.days(since: date)) }
        }
    }

    private func amounts(
        _ visit: Visit, _ order: InfusionOrder, _ limits: LabelLimits, _ weight: Kilograms?
    ) -> [Gate: Excess] {
        var excesses: [Gate: Excess] = [:]
        let planned = visit.counted
        let ofTheDay = visits.filter { isTest($0, before: visit, limits) }.map(\.counted)
            .reduce(planned, +)
        if let single = limits.visit.milligrams(weight) {
            if ofTheDay > single {
                excesses[.weightAndAge] = Excess(what: "\(ofTheDay) above \(single) a visit")
            }
        } else {
            excesses[.weightAndAge] = Excess(what: "an amount by a weight that is not known")
        }
        if let week = limits.week {
            if let limit = week.milligrams(weight) {
                let fullest = weeks(visit.date).map { $0.map(\.counted).reduce(.zero, +) }.max()
                let total = (fullest ?? .zero) + planned
                if total > limit {
                    excesses[.cumulativeDose] = Excess(what: "\(total) above \(limit) a week")
                }
            } else {
                excesses[.weightAndAge] = Excess(what: "a week by a weight that is not known")
            }
        }
        let total = sum(of: visit.order) + planned
        let label = limits.course?.milligrams(weight)
        let course = label.map { min($0, order.plannedTotal) } ?? order.plannedTotal
        if total > course {
            excesses[.cumulativeDose] = Excess(what: "\(total) above \(course) of the course")
        }
        let number = visits.count { $0.order == visit.order && !$0.isStopped } + 1
        if let most = limits.doses, number > most {
            excesses[.cumulativeDose] = Excess(what: "dose \(number) of a course of \(most)")
        }
        return excesses
    }

    /// The test dose and the rest of its date are one dose of the label.
    private func isTest(_ other: Visit, before visit: Visit, _ limits: LabelLimits) -> Bool {
        other.order == visit.order && other.date == visit.date && other.planned == limits.testDose
    }

    private func intervals(
        _ visit: Visit, _ order: InfusionOrder, _ limits: LabelLimits
    ) -> [Gate: Excess] {
        func outside(_ what: String) -> [Gate: Excess] { [.interval: Excess(what: what)] }
        let minimum = limits.daysByIndication[order.indication] ?? limits.days
        for other in visits where !isTest(other, before: visit, limits) {
            let days = abs(visit.date.days(since: other.date))
            let least =
                other.order == visit.order
                ? minimum : max(minimum, LabelLimits.daysBetweenCourses)
            if days < least { return outside("\(days) d from \(other.dose), not \(least)") }
        }
        if let windows = limits.windows, !isInFreeWindow(visit, windows) {
            return outside("not on a day of the plan")
        }
        if let times = limits.timesPerWeek {
            let most = weeks(visit.date).map { Set($0.map(\.date)).count }.max() ?? 0
            if most + 1 > times { return outside("\(most + 1) times in seven dates") }
        }
        return late(visit, limits).map { [.interval: $0] } ?? [:]
    }

    /// Too long after a dose of the course, or before one that was told earlier.
    private func late(_ visit: Visit, _ limits: LabelLimits) -> Excess? {
        let dates = visits.filter { $0.order == visit.order }.map(\.date)
        if let most = limits.mostDays {
            let before = dates.filter { $0 <= visit.date }.max()
            let after = dates.filter { $0 > visit.date }.min()
            let longest = [before, after].compactMap(\.self)
                .map { abs(visit.date.days(since: $0)) }.max()
            if let longest, longest > most {
                return Excess(what: "\(longest) d from a dose of the course, at most \(most)")
            }
        }
        guard let span = limits.span, let first = (dates + [visit.date]).min(),
            let last = (dates + [visit.date]).max(), last.days(since: first) > span.days
        else { return nil }
        let days = last.days(since: first)
        return Excess(
            what: "\(days) d from the first dose to the last, at most \(span.days)",
            isSoft: span.softUpTo.map { days <= $0 } ?? true)
    }

    private func isInFreeWindow(_ visit: Visit, _ windows: [ClosedRange<Int>]) -> Bool {
        let dates = visits.filter { $0.order == visit.order }.map(\.date)
        let first = min(dates.min() ?? visit.date, visit.date)
        let window = windows.first { $0.contains(visit.date.days(since: first)) }
        guard let window else { return false }
        return !dates.contains { window.contains($0.days(since: first)) }
    }

    /// Facts §3.1, R-42: at most 30 days old; of the same day below 50 kg and near 35, 50 or 70.
    private func weight(for date: CalendarDate, at start: Instant) -> Kilograms? {
        var newest: (at: Instant, value: Kilograms)?
        for weight in weights where weight.at <= start {
            if newest.map({ $0.at <= weight.at }) ?? true { newest = weight }
        }
        guard let newest else { return nil }
        let isStrict =
            newest.value < Kilograms(50)
            || [35, 50, 70].contains { abs(newest.value.value - $0) <= 2 }
        let age = date.days(since: CalendarDate(newest.at, in: zone))
        return age <= (isStrict ? 0 : 30) ? newest.value : nil
    }

    private mutating func usePermit(
        of gate: Gate, for visit: Visit, at start: Instant, because excess: Excess
    ) {
        let index = permits.firstIndex { permit in
            permit.gate == gate && permit.order == visit.order && !permit.isUsed
                && (permit.isCosigned || excess.isSoft) && permit.from <= start
                && start < permit.until
        }
        guard let index else {
            breaches.append("\(gate.rawValue), dose \(visit.dose): \(excess.what)")
            return
        }
        permits[index].isUsed = true
        covered[gate, default: 0] += 1
    }
}

extension Dictionary where Key == Gate {
    fileprivate static func + (left: Self, right: Self) -> Self {
        left.merging(right) { first, _ in first }
    }
}
