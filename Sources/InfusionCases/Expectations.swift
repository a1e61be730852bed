import Foundation
import Infusion
import YAMLReader

/// What must come of a case; what is not named is not looked at.
struct Expectations {
    enum Outcome {
        case accepted
        /// By a code of `docs/errors.md`, and where it names them, the field and the constraint.
        case refused(code: String, field: String?, constraint: String?)
    }

    var outcome: (Outcome, place: YAMLValue)?
    var gates: [(gate: Gate, finding: FindingExpectation, place: YAMLValue)] = []
    /// Every gate that stops the dose, and no other; what is only shown does not.
    var shut: (Set<Gate>, place: YAMLValue)?
    var ironStatus: [(context: ClinicalContext, status: StatusExpectation, place: YAMLValue)] = []
    var queue: [(rule: RecheckRule, row: RecheckExpectation?, place: YAMLValue)] = []
    var orders: [(name: String?, order: OrderExpectation, place: YAMLValue)] = []
    var visits: [(name: String, status: String, place: YAMLValue)] = []
    /// The visits that the last step is told of, since they no longer fit, all of them by their start: name, reason
    /// and gates.
    var unfit: ([String], place: YAMLValue)?
    /// The times that a refused visit is told, all of them in their order.
    var alternatives: ([AlternativeExpectation], place: YAMLValue)?
    /// All that the calendar shows of a date, in its order.
    var calendar: [(date: CalendarDate, rows: [CalendarRowExpectation], place: YAMLValue)] = []
    /// The whole list, in its order.
    var waitlist: ([WaitlistRowExpectation], place: YAMLValue)?
    /// Who of the list fits the time that a visit gave back, in a word for each patient.
    var fits: [(visit: String, patient: String, word: String, place: YAMLValue)] = []
    var response: (ResponseExpectation, place: YAMLValue)?
    /// The doses of the last order that are still to come.
    var plan: ([PlannedDoseExpectation], place: YAMLValue)?
    /// The open reviews, in the order of the decisions.
    var reviews: ([ReviewExpectation], place: YAMLValue)?
    /// What the event of the last override says.
    var override: (OverrideExpectation, place: YAMLValue)?

    var expectsRefusal: Bool {
        if case .refused = outcome?.0 { true } else { false }
    }

    /// Whether nothing at all is expected, so that every history would do.
    var isEmpty: Bool {
        outcome == nil && gates.isEmpty && shut == nil && ironStatus.isEmpty && queue.isEmpty
            && orders.isEmpty && visits.isEmpty && unfit == nil && alternatives == nil
            && calendar.isEmpty
            && waitlist == nil && fits.isEmpty && response == nil && plan == nil && reviews == nil
            && override == nil
    }
}

struct FindingExpectation {
    var verdict: Verdict
    var severity: Severity?
    var next: String?
    /// The first date on which the gate passes.
    var from: CalendarDate?
    /// Predicates by name, with the value found or `missing`.
    var because: [(name: String, value: String)] = []
}

struct StatusExpectation {
    var classification: IronClassification?
    var eligible: Bool?
    var flags: Set<IronStatusFlag>?
}

struct RecheckExpectation {
    var earliest: CalendarDate?
    var due: CalendarDate?
    var overdueAfter: CalendarDate?
    var urgency: Urgency?
    var tests: Set<Analyte>?
    var reason: String?
}

/// `order would differ`: a decision that waits for a person, and whether it would be made otherwise.
enum ReviewExpectation: String, CaseIterable {
    case order = "order stands"
    case orderDiffers = "order would differ"
    case dose = "dose stands"
    case doseDiffers = "dose would differ"
    case override = "override stands"
    case overrideDiffers = "override would differ"
    case transfusionOrder = "transfusion-order stands"
    case transfusionOrderDiffers = "transfusion-order would differ"
}

/// Of the last course that iron was given in, at the time of the last step.
struct ResponseExpectation {
    var level: ResponseLevel?
    var isProvisional: Bool?
    var isEarlyTrend: Bool?
    var isIronReplete: Bool?
    /// All of them, in their order.
    var verdicts: [ResponseCause]?
    var missing: Set<Analyte>?
    var missingTests: Set<NamedTest>?
    /// The next step of a verdict.
    var next: [(cause: ResponseCause, step: String)] = []
}

/// The last override, and how its gate was asked when it was given.
struct OverrideExpectation {
    var gate: Gate?
    var severity: Severity?
    var coSigner: String?
    var patientRisk: PatientRisk?
    var evidenceRef: String?
    /// How many events the gate's answer rested on.
    var evidence: Int?
    /// Whether a dose has spent it.
    var isSpent: Bool?
}

struct OrderExpectation {
    var status: String?
    var total: Milligrams?
    var need: Decimal?
    var given: Milligrams?
    var whyIntravenous: IntravenousReason?
}
