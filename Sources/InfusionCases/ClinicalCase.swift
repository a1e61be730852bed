import Foundation
import Infusion
import InfusionApplication
import YAMLReader

/// One acceptance case: what is known, what is asked, what must come of it.
public struct ClinicalCase {
    public let name: String
    /// The rows of the clinical tables that it shows, by their identifiers.
    public let shows: [String]
    /// Where the expected answer comes from.
    public let source: String?
    /// What ``CaseReader`` was told that its file is called.
    public let file: String
    let site: ClinicSite
    /// What is decided about the site before anything happens; `nil` for one that nobody opened.
    let plan: SitePlan?
    /// The numbers that decide, with the site's own among them.
    let pathways: ClinicalPathways
    /// The path of another formulary than the one that is shipped, beside the case's file.
    let formulary: String?
    let patient: CasePatient
    /// Whom else it is about, by the names that steps call them by.
    let others: [(name: String, patient: CasePatient)]
    let given: [CaseStep]
    /// The last one is judged by `then`; those before must be accepted.
    let when: [CaseStep]
    let then: Expectations
}

/// Whom a case is about.
struct CasePatient {
    /// What expectations call the case's own patient.
    static let own = "patient"

    let gender: AdministrativeGender
    let birthDate: CalendarDate
}

/// Something that happens at one time.
struct CaseStep {
    let at: Instant
    /// When the clinic's system told it; the same for what is told at once.
    let told: Instant
    /// Of the case's others; `nil` for its own patient.
    let patient: String?
    let action: CaseAction
    /// Who answers for what is taken back, let go on or graded lower; `nil` where nobody does.
    let signOff: GivenSignOff?
    let place: YAMLValue
}

/// What can happen in a case. Names are the case's own; left out, the last thing of the kind is meant.
enum CaseAction {
    case weight(Kilograms)
    case height(Centimeters)
    case labs([CaseLab])
    case correctLab(name: String, CaseLab)
    case retractLab(name: String, LabRetracted.Reason)
    case contexts(Set<ClinicalContext>)
    case facts([ClinicalFact])
    case order(CaseOrder)
    case hold(order: String?, HoldReason)
    case release(order: String?)
    case cancelOrder(order: String?, CancellationReason)
    case book(CaseVisit)
    case cancelVisit(name: String?, CancellationReason)
    case missVisit(name: String?)
    /// Of red cells; and the patient leaves it, stable.
    case beginVisit(name: String?)
    case leaveVisit(name: String?)
    /// A visit that is kept for so many minutes.
    case holdVisit(CaseVisit, minutes: Int)
    case confirmVisit(name: String?)
    case wait(CaseWait)
    case changeWait(CaseWait)
    case leaveWait(order: String?, CancellationReason)
    case offer(CaseOffer)
    /// What an order was offered last.
    case acceptOffer(order: String?)
    case declineOffer(order: String?, CancellationReason)
    case startDose(CaseDose)
    /// A dose from its start to its end.
    case dose(CaseDose, CaseDoseEnd)
    case pauseDose(StopReason)
    case resumeDose(CaseResumption)
    case endDose(CaseDoseEnd)
    case reaction(name: String, ReactionKind, ReactionGrade, onsetMinute: Int?)
    case regrade(name: String?, ReactionGrade)
    case discharge(stable: Bool)
    case transfusion(units: Int)
    case orderTransfusion(name: String, units: Int, ClinicalContext)
    case override(CaseOverride)
    case closeRecheck(RecheckRule, RecheckCloseReason)
    case chairside(ChairsideCheck)
    /// Closes the open review of the last decision of a kind.
    case review(kind: String, ReviewOutcome)
    /// What the gates say of the next dose, or of one of so much: nothing is recorded.
    case askGates(order: String?, Milligrams?, at: Instant?)
    /// Nothing happens; time passes.
    case look
}

struct CaseLab {
    let name: String?
    let analyte: Analyte
    let comparator: Infusion.Comparator?
    let value: Decimal
    let unit: String
    let status: ResultStatus
    /// In the analyte's own unit.
    let referenceLow: Decimal?
}

struct CaseOrder {
    let name: String
    let product: ProductKey
    let row: DosingRowID
    let indication: ClinicalContext
    let doses: [Milligrams]
    let method: NeedMethod
    let target: GramsPerDeciliter?
    let stores: Milligrams?
    let bloodLoss: BloodLoss?
    let whyIntravenous: IntravenousReason?
}

struct CaseVisit {
    let name: String
    let order: String?
    let chair: String
    /// `nil` for the time of the step.
    let start: Instant?
    let minutes: Int64
}

/// A visit that is wanted and has no time yet.
struct CaseWait {
    let order: String?
    let minutes: Int
    let earliest: CalendarDate?
    let latest: CalendarDate?
    let weekdays: Set<Weekday>
    let hours: ClockSpan?
    let noticeHours: Int
}

struct CaseOffer {
    let visit: CaseVisit
    let minutes: Int
    /// The visit whose time it was, anybody's.
    let freed: String?
}

struct CaseDose {
    let order: String?
    let visit: String?
    let planned: Milligrams
}

struct CaseResumption {
    let ratePercent: Int
    let isResolved: Bool
    let role: ClinicalRole
}

struct CaseDoseEnd {
    /// `nil` for all that was planned.
    let given: Milligrams?
    /// From the step's own time.
    let minutes: Int64
    let stopped: StopReason?
}

struct CaseOverride {
    let gate: Gate
    let order: String?
    let reason: OverrideReason
    let role: ClinicalRole
    let coSigner: String?
    let days: Int
    let patientRisk: PatientRisk?
    let evidenceRef: String?
    /// The moment of the dose or the visit; `nil` for the step's own.
    let at: Instant?
    /// `nil` for the next one of the prescription.
    let dose: Milligrams?
}

extension CaseAction {
    /// Whether somebody may have to answer for it.
    var takesSignOff: Bool {
        switch self {
        case .release, .regrade, .facts: true
        case .weight, .height, .labs, .correctLab, .retractLab, .contexts, .order, .hold,
            .cancelOrder, .book, .cancelVisit, .missVisit, .beginVisit, .leaveVisit, .holdVisit,
            .confirmVisit, .wait, .changeWait, .leaveWait, .offer, .acceptOffer, .declineOffer,
            .startDose, .dose, .pauseDose, .resumeDose, .endDose, .reaction, .discharge,
            .transfusion, .orderTransfusion, .override, .closeRecheck, .chairside, .review,
            .askGates, .look:
            false
        }
    }
}
