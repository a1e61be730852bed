/// What a gate concluded, written down with everything it rested on: an explanation is a read.
///
/// A gate's predicates say what it wants: one that holds is no obstacle, one that does not hold, or
/// cannot be told, is what shuts the gate. So a gate has passed only where every predicate holds,
/// and in a gate that is shut those that do not hold are the reasons. What a wanted answer was
/// worked out from (the markers behind an iron status) follows it, stated the way it is.
public struct Finding: Hashable, Sendable {
    public let gate: Gate
    public let ruleVersion: Int
    public let severity: Severity
    public let verdict: Verdict
    public let predicates: [Predicate]
    /// What to do next, as a stable code: `order-labs`, `request-order`, `wait-until`, …
    public let nextStep: String?
    /// The first date on which the same gate would pass, where the rule can tell.
    public let passesFrom: CalendarDate?

    public init(
        gate: Gate, ruleVersion: Int, severity: Severity, verdict: Verdict, predicates: [Predicate],
        nextStep: String?, passesFrom: CalendarDate?
    ) {
        self.gate = gate
        self.ruleVersion = ruleVersion
        self.severity = severity
        self.verdict = verdict
        self.predicates = predicates
        self.nextStep = nextStep
        self.passesFrom = passesFrom
    }
}

/// The gates before an infusion, by their identifiers in the clinical rule table.
public enum Gate: String, Hashable, Sendable, CaseIterable {
    case order = "G-ORDER"
    case diagnosis = "G-DX"
    case overload = "G-OVERLOAD"
    case infection = "G-INFECT"
    case anaphylaxisSameProduct = "G-ANAPH-SAME"
    case anaphylaxisAnyIron = "G-ANAPH-ANY"
    case firstTrimester = "G-TRIM1"
    case phosphate = "G-PO4"
    case cumulativeDose = "G-CUM"
    case interval = "G-INTERVAL"
    case weightAndAge = "G-WTAGE"
    case notIronDeficiency = "G-NOTID"
    case sequestration = "G-SEQ"
    case minorReaction = "G-MINOR-RX"
    case atopy = "G-ATOPY"
    case phosphateSymptoms = "G-PO4-SYMPT"
    case heartFailureHemoglobin = "G-HF15"
    case magneticResonance = "G-MRI"
    case chemotherapySpacing = "G-CHEMO-FMX"
    case cardiotoxicChemotherapy = "G-CHEMO-CARDIO"
    case aceInhibitor = "G-ACEI"
    case liver = "G-LIVER"
    case oralIron = "G-ORAL"
    case erythropoiesisStimulation = "G-ESA"
    case metastaticBreastCancer = "G-MBC"
    case transfusion = "G-TX"
    case transfusionSameDay = "G-TX-SAMEDAY"
    case vitals = "G-VITALS"
    case staff = "G-STAFF"
    case consent = "G-CONSENT"
    case heartFailureInformation = "G-HFINFO"
    case immunocompromised = "G-IMMUNO"
    case laterPregnancy = "G-TRIM23"
}

/// How hard a gate shuts.
public enum Severity: String, Hashable, Sendable, CaseIterable {
    /// No override at all.
    case absolute
    /// Override only by a prescriber, with a structured reason and a second signature.
    case hard
    /// Override with a reason.
    case soft
    /// Shown and kept; stops nothing.
    case information
}

/// Passed, shut, or not to be told from what is known; the last is never treated as passed.
public enum Verdict: String, Hashable, Sendable, CaseIterable {
    case passed, blocked, indeterminate, overridden
}

/// One comparison a rule made, readable without the code.
public struct Predicate: Hashable, Sendable {
    /// What was compared: `ferritin`, `days-since-last-dose`, …
    public let name: String
    /// The value found, as exact text; `nil` when there was none.
    public let value: String?
    /// UCUM code, or `nil` for dates, counts and codes.
    public let unit: String?
    /// `<`, `<=`, `=`, `>=`, `>`, `in`, `not-in`, `present`.
    public let comparison: String
    public let threshold: String
    /// `nil` when the value was missing.
    public let holds: Bool?
    /// Where the threshold comes from.
    public let source: String
    /// The events of this patient that the value was read from.
    public let evidence: [EventVersion]

    public init(
        name: String, value: String?, unit: String?, comparison: String, threshold: String,
        holds: Bool?, source: String, evidence: [EventVersion]
    ) {
        self.name = name
        self.value = value
        self.unit = unit
        self.comparison = comparison
        self.threshold = threshold
        self.holds = holds
        self.source = source
        self.evidence = evidence
    }
}
