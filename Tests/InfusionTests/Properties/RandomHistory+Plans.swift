import Foundation
import Infusion

extension RandomHistory {
    /// A course as its prescribers order it, for a patient with a haemoglobin from 8 to below 10.
    struct Plan {
        let region: LabelRegion
        let product: String
        let row: String
        let moiety: Moiety
        let indications: [ClinicalContext]
        let method: NeedMethod
        let doses: [Decimal]
        /// Days from a dose to the next, by the clinic's calendar, that break no rule of the label.
        let gap: Int
        /// kg, of the patient it is for.
        var weight = RandomHistory.usualWeight
        /// `nil` for an adult.
        var born: String?

        /// Days without a dose after which nothing is given under it any more.
        var idleDays: Int { max(28, gap + 14) }
    }

    /// kg.
    static let usualWeight = Decimal(80)
    /// mg, before the first therapeutic dose of INFeD.
    static let testDose = Milligrams(25)

    private static let anyCause: [ClinicalContext] = [
        .general, .general, .oncology, .ckdNonDialysis,
    ]

    static let plans: [Plan] = [
        Plan(
            region: .us, product: "injectafer", row: "FCM-US-2", moiety: .ferricCarboxymaltose,
            indications: anyCause, method: .labelCourse, doses: [750, 750], gap: 7),
        Plan(
            region: .us, product: "injectafer", row: "FCM-US-1", moiety: .ferricCarboxymaltose,
            indications: anyCause, method: .labelCourse, doses: [1000], gap: 1),
        Plan(
            region: .us, product: "injectafer", row: "FCM-US-HF", moiety: .ferricCarboxymaltose,
            indications: [.heartFailure], method: .heartFailureTable, doses: [1000, 1000],
            gap: 42),
        Plan(
            region: .us, product: "monoferric", row: "FDI-US", moiety: .ferricDerisomaltose,
            indications: anyCause, method: .labelCourse, doses: [1000], gap: 1),
        Plan(
            region: .us, product: "venofer-us", row: "IS-US-NDD", moiety: .ironSucrose,
            indications: [.ckdNonDialysis], method: .labelCourse,
            doses: [200, 200, 200, 200, 200], gap: 2),
        Plan(
            region: .us, product: "feraheme", row: "FMX-US", moiety: .ferumoxytol,
            indications: anyCause, method: .labelCourse, doses: [510, 510], gap: 4),
        Plan(
            region: .us, product: "infed", row: "LMWID-US", moiety: .ironDextran,
            indications: anyCause, method: .ganzoni, doses: [25, 75, 100, 100, 100, 100], gap: 1),
        Plan(
            region: .eu, product: "ferinject", row: "FCM-EU-inf", moiety: .ferricCarboxymaltose,
            indications: anyCause, method: .simplifiedTable, doses: [1000, 500], gap: 7),
        Plan(
            region: .eu, product: "monofer", row: "FDI-EU", moiety: .ferricDerisomaltose,
            indications: anyCause, method: .simplifiedTable, doses: [1000, 500], gap: 7),
        // Its source was not read, so that every dose of it asks for an override of its own.
        Plan(
            region: .eu, product: "monofer", row: "FDI-EU-bolus", moiety: .ferricDerisomaltose,
            indications: anyCause, method: .ganzoni, doses: [500, 500], gap: 3),
        Plan(
            region: .eu, product: "venofer-eu", row: "IS-EU", moiety: .ironSucrose,
            indications: anyCause, method: .ganzoni, doses: [200, 200, 200, 200], gap: 4),
        Plan(
            region: .eu, product: "cosmofer", row: "LMWID-EU", moiety: .ironDextran,
            indications: anyCause, method: .ganzoni, doses: [200, 200, 200], gap: 3),
    ]

    /// Courses that are ordered seldom, or for children and light adults; each has a clinic of its own.
    static let rarePlans: [Plan] = rareCarboxymaltose + rareSucrose + rareOthers

    static var allPlans: [Plan] { plans + rarePlans }

    /// Nine years old when a history begins.
    private static let child = "2018-05-17"

    private static let rareCarboxymaltose: [Plan] = [
        Plan(
            region: .us, product: "injectafer", row: "FCM-US-lt50", moiety: .ferricCarboxymaltose,
            indications: anyCause, method: .labelCourse, doses: [675, 675], gap: 7, weight: 45),
        Plan(
            region: .eu, product: "ferinject", row: "FCM-EU-inj", moiety: .ferricCarboxymaltose,
            indications: anyCause, method: .simplifiedTable, doses: [1000, 500], gap: 7),
        // Its source was not read, as those of FCM-EU-paed and IS-EU-TDI: every dose of them asks for an
        // override of its own.
        Plan(
            region: .eu, product: "ferinject", row: "FCM-EU-HD", moiety: .ferricCarboxymaltose,
            indications: [.ckdHemodialysis], method: .simplifiedTable,
            doses: [200, 200, 200, 200], gap: 2),
        Plan(
            region: .eu, product: "ferinject", row: "FCM-EU-paed", moiety: .ferricCarboxymaltose,
            indications: [.ckdNonDialysis], method: .simplifiedTable, doses: [600, 600], gap: 7,
            weight: 40, born: child),
    ]

    private static let rareSucrose: [Plan] = [
        // Of limited experience: an override of its own for every dose.
        Plan(
            region: .us, product: "venofer-us", row: "IS-US-NDD500", moiety: .ironSucrose,
            indications: [.ckdNonDialysis], method: .labelCourse, doses: [500, 500], gap: 13),
        Plan(
            region: .us, product: "venofer-us", row: "IS-US-HDD", moiety: .ironSucrose,
            indications: [.ckdHemodialysis], method: .labelCourse,
            doses: Array(repeating: 100, count: 10), gap: 2),
        Plan(
            region: .us, product: "venofer-us", row: "IS-US-PDD", moiety: .ironSucrose,
            indications: [.ckdPeritonealDialysis], method: .labelCourse, doses: [300, 300, 400],
            gap: 14),
        Plan(
            region: .us, product: "venofer-us", row: "IS-US-paed", moiety: .ironSucrose,
            indications: [.ckdHemodialysis, .ckdNonDialysis], method: .ganzoni,
            doses: [20, 20, 20, 20], gap: 28, weight: 40, born: child),
        Plan(
            region: .eu, product: "venofer-eu", row: "IS-EU-TDI", moiety: .ironSucrose,
            indications: anyCause, method: .ganzoni, doses: [500, 500], gap: 7),
    ]

    private static let rareOthers: [Plan] = [
        Plan(
            region: .us, product: "monoferric", row: "FDI-US-lt50", moiety: .ferricDerisomaltose,
            indications: anyCause, method: .labelCourse, doses: [900], gap: 1, weight: 45),
        Plan(
            region: .us, product: "feraheme", row: "FMX-HD", moiety: .ferumoxytol,
            indications: [.ckdHemodialysis], method: .labelCourse, doses: [510, 510], gap: 4),
        // Off-label: an override of its own for every dose.
        Plan(
            region: .us, product: "infed", row: "LMWID-US-TDI", moiety: .ironDextran,
            indications: anyCause, method: .ganzoni, doses: [25, 975], gap: 1),
        Plan(
            region: .us, product: "infed", row: "LMWID-US-paed", moiety: .ironDextran,
            indications: [.ckdNonDialysis], method: .ganzoni, doses: [25, 75, 100, 100], gap: 1,
            weight: 40, born: child),
        Plan(
            region: .eu, product: "cosmofer", row: "LMWID-EU-TDI", moiety: .ironDextran,
            indications: anyCause, method: .labelCourse, doses: [1600], gap: 1),
        Plan(
            region: .us, product: "ferrlecit", row: "SFG-US", moiety: .sodiumFerricGluconate,
            indications: [.ckdHemodialysis], method: .labelCourse,
            doses: Array(repeating: 125, count: 8), gap: 2),
        Plan(
            region: .us, product: "ferrlecit", row: "SFG-US-paed", moiety: .sodiumFerricGluconate,
            indications: [.ckdHemodialysis], method: .labelCourse,
            doses: Array(repeating: 60, count: 8), gap: 2, weight: 40, born: child),
    ]

    /// kg, of this patient.
    var weight: Decimal { only?.weight ?? Self.usualWeight }

    func plan(of order: OrderRecord) -> Plan? {
        Self.allPlans.first { $0.row == order.order.dosingRow.name }
    }

    /// A course of an iron that the patient may still have, where there is one; now and then with
    /// more in a dose, or for another indication, than the label holds.
    mutating func order() -> PatientCommand {
        let region = story.clinic.region
        let all = Self.plans.filter { $0.region == region && !isRunningInHeartFailure($0) }
        let possible = all.filter { !avoided.contains($0.moiety) }
        let plan = only ?? random.pick(possible.isEmpty ? all : possible)
        var doses = plan.doses
        if random.chance(10) { doses[0] = doses[0] * 2 }
        let indication =
            random.chance(10) ? random.pick([.general, .oncology]) : random.pick(plan.indications)
        return Act.order(
            freshNumber(), product: plan.product, row: plan.row, indication: indication,
            prescribed: doses, method: plan.method, signed: now)
    }

    /// The heart-failure plan is one for nine months, under however many orders.
    private func isRunningInHeartFailure(_ plan: Plan) -> Bool {
        plan.method == .heartFailureTable
            && story.state.orders.contains { $0.order.dosingRow.name == plan.row }
    }
}
