/// The rules that ask for another look, by their identifiers in the clinical rule table.
public enum RecheckRule: String, Hashable, Sendable, CaseIterable {
    /// How the patient is after the first dose of a course.
    case symptomCheck = "R1"
    /// Haemoglobin trend.
    case hemoglobinTrend = "R2"
    /// Haemoglobin response.
    case hemoglobinResponse = "R3"
    /// Ferritin and transferrin saturation.
    case ironStores = "R4"
    /// Phosphate after ferric carboxymaltose.
    case phosphate = "R5"
    /// Symptoms of low phosphate after ferric carboxymaltose.
    case phosphateSymptoms = "R5s"
    /// Haemoglobin, ferritin and saturation twelve weeks after iron.
    case fullIronPanel = "R6"
    /// The maintenance decisions of Injectafer in heart failure, each with a row of its own.
    case heartFailureWeek12 = "R7w12"
    case heartFailureWeek24 = "R7w24"
    case heartFailureWeek36 = "R7w36"
    /// Heart failure in the long run.
    case heartFailure = "R8"
    /// Chronic kidney disease without haemodialysis, on therapy.
    case ckdIronPanel = "R9"
    /// Blood count in haemodialysis.
    case hemodialysisBloodCount = "R10"
    /// Ferritin and saturation in haemodialysis.
    case hemodialysisIronPanel = "R10p"
    /// Blood count during oncology treatment.
    case oncologyBloodCount = "R11"
    /// Ferritin and saturation before each cycle of cancer treatment.
    case oncologyIronPanel = "R11p"
    /// Inflammatory bowel disease after iron.
    case bowelDiseaseSurveillance = "R12"
    /// Iron deficiency of bleeding or of no special context, after iron.
    case generalSurveillance = "R13"
    /// Haemoglobin before delivery.
    case beforeDelivery = "R14"
    /// Haemoglobin and iron before surgery.
    case preOperative = "R15"
    /// After the second dose of ferumoxytol.
    case ferumoxytol = "R16"
    /// Haemoglobin after red cells: one unit, then recheck.
    case afterTransfusion = "RT1"
    /// Haemoglobin, ferritin and saturation after the start of an ESA.
    case erythropoiesisStimulation = "RE1"
    /// Whether an infection that holds iron is over.
    case infection = "RI1"
}

public enum Urgency: String, Hashable, Sendable, CaseIterable {
    case routine, soon, urgent, emergency
}

/// One recheck of one patient: the rule and the event it counts from. Stable across rebuilds.
///
/// At most one of a rule is open. The same id may open again after it was closed: the result that
/// satisfied it was retracted, or its urgency or dates have changed. A row is an id and its opening.
public struct RecheckID: Hashable, Sendable, CustomStringConvertible {
    public let rule: RecheckRule
    public let anchor: EventVersion
    public init(rule: RecheckRule, anchor: EventVersion) {
        self.rule = rule
        self.anchor = anchor
    }
    /// `R3-17`: unique within the patient.
    public var description: String { "\(rule.rawValue)-\(anchor)" }
}

/// A look-again became due in the future; dates are clinic-local and both ends are days included.
public struct RecheckOpened: Hashable, Sendable {
    public let id: RecheckID
    public let ruleVersion: Int
    /// What has to be measured for it to close; empty where the patient is to be asked.
    public let tests: Set<Analyte>
    /// A result collected before this date does not satisfy it.
    public let earliest: CalendarDate
    public let due: CalendarDate
    /// Overdue when the asked date is after this one.
    public let overdueAfter: CalendarDate
    public let urgency: Urgency
    /// A stable code of why: `response-after-course`, `phosphate-nadir`, …
    public let reason: String
    /// Why the row is there and on these days. Each holds, or could not be told and counts as
    /// holding; the dates come with the sum that gives them, `last-dose + 28 d`.
    public let predicates: [Predicate]
    /// The events it rests on.
    public let evidence: [EventVersion]

    public init(
        id: RecheckID, ruleVersion: Int, tests: Set<Analyte>, earliest: CalendarDate,
        due: CalendarDate,
        overdueAfter: CalendarDate, urgency: Urgency, reason: String, predicates: [Predicate],
        evidence: [EventVersion]
    ) {
        self.id = id
        self.ruleVersion = ruleVersion
        self.tests = tests
        self.earliest = earliest
        self.due = due
        self.overdueAfter = overdueAfter
        self.urgency = urgency
        self.reason = reason
        self.predicates = predicates
        self.evidence = evidence
    }
}

/// A recheck needs no further look; the row stays, closed.
public struct RecheckClosed: Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        /// Valid results of all its tests, collected in time.
        case satisfied
        /// Another dose, transfusion or correction moved the anchor; a new one takes its place.
        case superseded
        /// What it rested on no longer holds.
        case noLongerNeeded
        /// A person closed it.
        case closedByPerson(RecheckCloseReason)
    }
    public let id: RecheckID
    public let reason: Reason
    public let evidence: [EventVersion]
    public init(id: RecheckID, reason: Reason, evidence: [EventVersion]) {
        self.id = id
        self.reason = reason
        self.evidence = evidence
    }
}

public enum RecheckCloseReason: String, Hashable, Sendable, CaseIterable {
    case resultSeenElsewhere, patientDeclined, patientMoved, patientDied, clinicianDecision,
        enteredInError
}
