import Foundation
import Infusion

/// A visit in a random history: what is asked and measured, the order, the infusion, and the
/// overrides of somebody who insists.
extension RandomHistory {
    enum VisitStep {
        case weigh, screen, results, order, start
        /// A gate at random.
        case override
        /// The gate that refused the dose.
        case pass(Gate, OrderID)
        /// The infusion, on the day it was thought of.
        case give(StartDose)
        /// The refused dose again, now.
        case again(OrderID, Milligrams)
    }

    /// A course as its prescribers order it.
    struct Plan {
        let region: LabelRegion
        let product: String
        let row: String
        let method: NeedMethod
        let doses: [Decimal]

        init(
            _ region: LabelRegion, _ product: String, _ row: String, _ method: NeedMethod,
            _ doses: [Decimal]
        ) {
            self.region = region
            self.product = product
            self.row = row
            self.method = method
            self.doses = doses
        }
    }

    static let plans: [Plan] = [
        Plan(.us, "injectafer", "FCM-US-2", .labelCourse, [750, 750]),
        Plan(.us, "injectafer", "FCM-US-1", .labelCourse, [1000]),
        Plan(.us, "monoferric", "FDI-US", .labelCourse, [1000]),
        Plan(.us, "venofer-us", "IS-US-NDD", .labelCourse, [200, 200, 200, 200, 200]),
        Plan(.us, "feraheme", "FMX-US", .labelCourse, [510, 510]),
        Plan(.us, "infed", "LMWID-US", .ganzoni, [25, 75, 100, 100, 100, 100]),
        Plan(.eu, "ferinject", "FCM-EU-inf", .simplifiedTable, [1000, 500]),
        Plan(.eu, "monofer", "FDI-EU", .simplifiedTable, [1000, 500]),
        Plan(.eu, "monofer", "FDI-EU-bolus", .ganzoni, [500, 500]),
        Plan(.eu, "venofer-eu", "IS-EU", .ganzoni, [200, 200, 200, 200]),
        Plan(.eu, "cosmofer", "LMWID-EU", .ganzoni, [200, 200, 200]),
    ]

    mutating func order() -> PatientCommand {
        let region = story.clinic.region
        let plan = random.pick(Self.plans.filter { $0.region == region })
        var doses = plan.doses
        if random.chance(5) { doses[0] = doses[0] * 2 }
        return Act.order(
            freshNumber(), product: plan.product, row: plan.row,
            indication: random.pick([.general, .oncology, .ckdNonDialysis]), prescribed: doses,
            method: plan.method, signed: now)
    }

    /// The newest order that is still given under: a course idle for four weeks is over.
    private var current: OrderRecord? {
        story.state.orders.last { order in
            guard order.status == .active else { return false }
            let last = story.state.doses(of: order.id).map(\.startedAt).max()
            return last.map { now < $0.adding(hours: 28 * 24) } ?? true
        }
    }

    /// A visit, with an order of its own where none is open; now and then one that forgets things.
    mutating func begin() -> PatientCommand {
        if let held = story.state.orders.last(where: { $0.status == .held }), random.chance(4) {
            return .releaseOrder(held.id)
        }
        guard current != nil else {
            visit = [.screen, .results, .order, .start]
            return next(.weigh)
        }
        if random.chance(4) { return next(.start) }
        visit =
            random.chance(4)
            ? [.override, .override, .start] : [.results, .start]
        if random.chance(4) { return next(.screen) }
        visit.insert(.screen, at: 0)
        return next(.weigh)
    }

    mutating func next(_ step: VisitStep) -> PatientCommand {
        switch step {
        case .weigh: return .recordMeasurements(weight: Kilograms(80), height: nil, at: now)
        case .screen:
            return .setClinicalContext(
                [.general],
                facts: [
                    .infection(active: false), .pregnancy(.notPregnant),
                    .hypophosphatemiaRisk(present: false),
                ], at: now)
        case .results: return .recordLabs(results())
        case .order: return order()
        case .start: return give(dose())
        case .override: return override()
        case .pass(let gate, let order):
            return .overrideGate(
                permission(for: gate, of: order, by: .prescriber, coSigner: "Dr Verdi", hours: 48))
        case .give(let dose): return give(dose)
        case .again(let order, let planned):
            return give(
                StartDose(id: fresh(), order: order, appointment: nil, planned: planned, at: now))
        }
    }

    private mutating func results() -> [LabResult] {
        let values: [(Analyte, Decimal)] = [
            (.hemoglobin, 9), (.ferritin, decimal("12.015")), (.transferrinSaturation, 8),
            (.phosphate, decimal("3.097")),
        ]
        return values.map { analyte, value in
            LabResult(
                id: fresh(), analyte: analyte, value: value.of(analyte), collectedAt: now,
                status: .final, referenceLow: nil, source: nil)
        }
    }

    /// Mostly the next dose of the prescription, now and then all that is left, or a part.
    private mutating func dose() -> StartDose? {
        let active = story.state.orders.filter { $0.status == .active }
        guard let last = current ?? active.last else { return nil }
        let order = random.chance(6) ? random.pick(active) : last
        let prescribed = order.order.prescribed
        let begun = story.state.doses(of: order.id).count
        let next = min(prescribed[min(begun, prescribed.count - 1)], order.remaining)
        let planned = random.pick([
            next, next, next, order.remaining, order.remaining, next * decimal("0.6"),
        ])
        return StartDose(
            id: fresh(), order: order.id, appointment: nil, planned: planned, at: moment())
    }

    /// The infusion, after somebody has looked at the patient on its day; seldom without.
    private mutating func give(_ dose: StartDose?) -> PatientCommand {
        guard let dose else { return order() }
        let zone = story.clinic.zone
        let checked = story.state.chairsideChecks.at(dose.at).map {
            CalendarDate($0.effectiveAt, in: zone)
        }
        if checked == CalendarDate(dose.at, in: zone) || random.chance(12) {
            return .startDose(dose)
        }
        visit.insert(.give(dose), at: 0)
        return .recordChairsideCheck(Act.check, at: dose.at)
    }

    /// Two of three refused doses are asked for again, every gate that may be overridden by then.
    mutating func insist(on dose: StartDose, despite findings: [Finding]) {
        let shut = findings.filter(\.refusesDose)
        guard visit.isEmpty, !random.chance(3), shut.allSatisfy({ $0.severity != .absolute })
        else { return }
        visit = shut.map { .pass($0.gate, dose.order) } + [.again(dose.order, dose.planned)]
    }

    mutating func override() -> PatientCommand {
        let gate =
            random.chance(3) ? random.pick(Gate.allCases) : random.pick([.interval, .diagnosis])
        let orders = story.state.orders
        guard let last = current ?? orders.last else { return order() }
        let order = random.chance(5) ? random.pick(orders) : last
        return .overrideGate(
            permission(
                for: gate, of: order.id, by: random.chance(6) ? .nurse : .prescriber,
                coSigner: random.chance(6) ? nil : "Dr Verdi", hours: random.number(1...72)))
    }

    private mutating func permission(
        for gate: Gate, of order: OrderID, by role: ClinicalRole, coSigner: String?, hours: Int
    ) -> OverrideGate {
        OverrideGate(
            id: fresh(), gate: gate, order: order, reason: .benefitOutweighsRisk,
            justification: "discussed with the patient", role: role, coSigner: coSigner,
            expiresAt: now.adding(hours: Int64(hours)))
    }
}
