import Foundation
import Infusion

/// A visit in a random history: what is asked and measured, the order, the infusion, and the
/// overrides of somebody who insists.
extension RandomHistory {
    enum VisitStep {
        case weigh(Decimal)
        /// What the patient is asked every time; nothing is wrong.
        case screen
        case tell(Set<ClinicalContext>, [ClinicalFact])
        case draw(Panel)
        case check(ChairsideCheck)
        case transfuse
        case later(hours: Int64)
        case order
        /// The visit of the order that is open by now.
        case sit
        /// The next dose of it, or, in one, all that is left and more.
        case start, startTooMuch
        /// The gate that refused the dose, by somebody who may, or by somebody who may not.
        case pass(Gate, OrderID, Milligrams, isEntitled: Bool)
        /// The infusion, on the day it was thought of.
        case give(StartDose)
        /// The refused dose again, now.
        case again(OrderID, Milligrams)
        case book
        case discharge

        var isStart: Bool {
            switch self {
            case .start, .startTooMuch: true
            case .weigh, .screen, .tell, .draw, .check, .transfuse, .later, .order, .sit,
                .pass, .give, .again, .book, .discharge:
                false
            }
        }
    }

    /// Wholly refused visits of an order before its course is given up.
    private static let patience = 3
    /// Days for which a count is taken to do; the rule asks for 28.
    private static let countDays = 20

    /// The newest order that is still given under.
    var current: OrderRecord? {
        story.state.orders.last { order in
            guard order.status == .active, refusals[order.id, default: 0] < Self.patience else {
                return false
            }
            guard let last = lastDate(of: order), let plan = plan(of: order) else { return true }
            return today.days(since: last) <= plan.idleDays
        }
    }

    private func lastDate(of order: OrderRecord) -> CalendarDate? {
        story.state.doses(of: order.id).map(\.started.localDate).max()
    }

    /// The next morning of that date or later.
    private mutating func waitForMorning(of date: CalendarDate) {
        let day = max(date, today)
        let morning = story.clinic.at("\(day) 09:00")
        now = morning >= now ? morning : story.clinic.at("\(day.adding(days: 1)) 09:00")
    }

    /// A visit, with an order of its own where none is open.
    mutating func begin() -> PatientCommand {
        if let held = story.state.orders.last(where: { $0.status == .held }), !random.chance(6) {
            return .releaseOrder(held.id)
        }
        guard let order = current, let plan = plan(of: order), let last = lastDate(of: order)
        else { return beginCourse() }
        if isTestDoseAlone(order) {
            now = now.adding(minutes: 90)
            visit = [.start]
        } else if random.chance(4) {
            // Too early for most labels, on the same day for all.
            if !random.chance(3) { waitForMorning(of: last.adding(days: 1)) }
            visit = [.start]
        } else {
            waitForMorning(of: last.adding(days: plan.gap))
            visit = [.screen] + preparations() + [.sit]
        }
        return next(visit.removeFirst())
    }

    /// The rest of the first dose of INFeD is given on the day of the test.
    private func isTestDoseAlone(_ order: OrderRecord) -> Bool {
        let given = story.state.doses.filter { $0.started.product == order.order.product }
        return given.count == 1 && given[0].order == order.id
            && given[0].started.planned == Self.testDose && given[0].started.localDate == today
    }

    /// Four weeks after the last dose of any iron, mostly; now and then something is forgotten.
    private mutating func beginCourse() -> PatientCommand {
        let last = story.state.doses.map(\.started.localDate).max()
        let due = last.map { $0.adding(days: LabelLimits.daysBetweenCourses) } ?? today
        waitForMorning(of: random.chance(10) ? today : due)
        visit = [.screen, .weigh(weight), .draw(.intake)]
        if random.chance(8) { visit.remove(at: random.number(0...2)) }
        visit += current == nil ? [.order, .sit] : [.sit]
        return next(visit.removeFirst())
    }

    /// What has grown old since the last visit.
    private func preparations() -> [VisitStep] {
        var steps: [VisitStep] = []
        // Light patients are weighed on the day.
        let days = weight < 50 ? 1 : 28
        let isWeighed =
            story.state.weights.latest.map {
                $0.value == Kilograms(weight)
                    && today.days(since: CalendarDate($0.effectiveAt, in: story.clinic.zone)) < days
            } ?? false
        if !isWeighed { steps.append(.weigh(weight)) }
        let age = counted.map { today.days(since: CalendarDate($0, in: story.clinic.zone)) }
        if age.map({ $0 > Self.countDays }) ?? true { steps.append(.draw(.count)) }
        return steps
    }

    /// At the chair: two of three times something is wrong, and then it is mended.
    private mutating func sitting(_ order: OrderRecord) -> [VisitStep] {
        var steps: [VisitStep] = [.start]
        if !random.chance(3), let trouble = pickTrouble(for: order) {
            met[trouble.gate, default: 0] += 1
            steps = trouble.before + [trouble.start]
            if !trouble.after.isEmpty { steps += trouble.after + [.start] }
        }
        if random.chance(3) { steps.append(.book) }
        if random.chance(2) { steps.append(.discharge) }
        return steps
    }

    mutating func next(_ step: VisitStep) -> PatientCommand {
        switch step {
        case .weigh(let weight):
            return .recordMeasurements(weight: Kilograms(weight), height: nil, at: now)
        case .screen: return screen()
        case .tell(let contexts, let facts):
            return .setClinicalContext(
                contexts, facts: facts, at: now, signOff: Act.signOff())
        case .draw(let panel): return draw(panel)
        case .check(let check): return .recordChairsideCheck(check, at: now)
        case .transfuse:
            return .recordTransfusion(Transfusion(id: fresh(), units: 1), at: now)
        case .later(let hours):
            now = now.adding(hours: hours)
            return visit.isEmpty ? override() : next(visit.removeFirst())
        case .order: return order()
        case .sit:
            guard let order = current else { return self.order() }
            visit = sitting(order) + visit
            return next(visit.removeFirst())
        case .start: return give(dose(isTooMuch: false))
        case .startTooMuch: return give(dose(isTooMuch: true))
        case .pass(let gate, let order, let dose, let isEntitled):
            return .overrideGate(
                permission(
                    for: gate, of: order, dose: dose, by: isEntitled ? .prescriber : .administrator,
                    coSigner: isEntitled ? "Dr Verdi" : nil, hours: 48))
        case .give(let dose): return give(dose)
        case .again(let order, let planned):
            return give(
                StartDose(id: fresh(), order: order, appointment: nil, planned: planned, at: now))
        case .book: return bookNext()
        case .discharge:
            now = now.adding(minutes: 30)
            return discharge()
        }
    }

    private mutating func screen() -> PatientCommand {
        var facts: [ClinicalFact] = [
            .infection(active: false), .pregnancy(.notPregnant),
            .hypophosphatemiaRisk(present: false),
        ]
        if random.chance(2) { facts.append(.knownIronOverload(false)) }
        return .setClinicalContext(
            [.general], facts: facts, at: now, signOff: Act.signOff())
    }

    /// In the first free morning that the label leaves.
    private mutating func bookNext() -> PatientCommand {
        guard let order = current, let plan = plan(of: order), let last = lastDate(of: order)
        else { return booking() }
        let day = max(last.adding(days: plan.gap), today.adding(days: 1))
        return .bookAppointment(
            fresh(), order: order.id, slot: Act.slot(story.clinic.at("\(day) 09:00")))
    }

    // MARK: The dose

    /// Mostly the next dose of the prescription, now and then a part, or one told late; in the
    /// visit that was booked for its day.
    private mutating func dose(isTooMuch: Bool) -> StartDose? {
        let active = story.state.orders.filter { $0.status == .active }
        guard let last = current ?? active.last else { return nil }
        let order = random.chance(15) ? random.pick(active) : last
        let prescribed = order.order.prescribed
        let begun = story.state.doses(of: order.id).count
        let next = min(prescribed[min(begun, prescribed.count - 1)], order.remaining)
        var planned = random.chance(12) ? next * decimal("0.6") : next
        if isTooMuch { planned = order.remaining > next ? order.remaining : next * 2 }
        let at = random.chance(15) ? moment() : now
        return StartDose(
            id: fresh(), order: order.id, appointment: booked(for: order.id, at: at),
            planned: planned, at: at)
    }

    private func booked(for order: OrderID, at instant: Instant) -> AppointmentID? {
        let zone = story.clinic.zone
        let date = CalendarDate(instant, in: zone)
        return story.state.appointments.last { visit in
            visit.order == order && visit.status == .booked
                && CalendarDate(visit.slot.start, in: zone) == date
        }?.id
    }

    /// The infusion, after somebody has looked at the patient on its day; seldom without.
    private mutating func give(_ dose: StartDose?) -> PatientCommand {
        guard let dose else { return order() }
        let zone = story.clinic.zone
        let checked = story.state.chairsideChecks.at(dose.at).map {
            CalendarDate($0.effectiveAt, in: zone)
        }
        if checked == CalendarDate(dose.at, in: zone) || random.chance(15) {
            return .startDose(dose)
        }
        visit.insert(.give(dose), at: 0)
        return .recordChairsideCheck(Act.check, at: dose.at)
    }

    /// A refused dose is asked for again, every gate that may be overridden by then: of what can be
    /// mended one in four, of the rest two of three. Now and then somebody tries who may not.
    mutating func insist(on dose: StartDose, despite findings: [Finding]) {
        let shut = findings.filter(\.refusesDose)
        let insists = visit.contains(where: \.isStart) ? random.chance(4) : !random.chance(3)
        guard insists, shut.allSatisfy({ $0.severity != .absolute }),
            refusals[dose.order, default: 0] < Self.patience
        else { return }
        var passes: [VisitStep] = []
        for finding in shut {
            if random.chance(4) {
                passes.append(.pass(finding.gate, dose.order, dose.planned, isEntitled: false))
            }
            passes.append(.pass(finding.gate, dose.order, dose.planned, isEntitled: true))
        }
        // A look at the chair that is taken once more is another fact than the one that was passed over.
        let looks: Set<Gate> = [.vitals, .consent]
        var news: [VisitStep] = []
        if shut.contains(where: { looks.contains($0.gate) }), random.chance(2),
            let look = story.state.chairsideChecks.latest?.value
        {
            news = [.check(look)]
        }
        visit = passes + news + [.again(dose.order, dose.planned)] + visit.filter { !$0.isStart }
    }
}
