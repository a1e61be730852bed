/// A person took responsibility for passing one gate, for one dose of one order, until a set time
/// (facts §10.2).
public struct GateOverride: Hashable, Sendable {
    public let id: OverrideID
    public let gate: Gate
    public let order: OrderID
    public let reason: OverrideReason
    /// At least 10 characters of justification, encrypted like all free text.
    public let justification: Sealed<String>
    public let role: ClinicalRole
    /// The second signature that a hard gate asks for.
    public let coSigner: String?
    public let expiresAt: Instant
    /// `nil` of those that were given before it was written down.
    public let asked: AskedGate?
    /// How much the person thinks is at stake for the patient; `nil` where they did not say.
    public let patientRisk: PatientRisk?
    /// What the person relies on, such as a DOI or the name of a guideline: text, and encrypted.
    public let evidenceRef: Sealed<String>?

    public init(
        id: OverrideID, gate: Gate, order: OrderID, reason: OverrideReason,
        justification: Sealed<String>, role: ClinicalRole, coSigner: String?, expiresAt: Instant,
        asked: AskedGate?, patientRisk: PatientRisk?, evidenceRef: Sealed<String>?
    ) {
        self.id = id
        self.gate = gate
        self.order = order
        self.reason = reason
        self.justification = justification
        self.role = role
        self.coSigner = coSigner
        self.expiresAt = expiresAt
        self.asked = asked
        self.patientRisk = patientRisk
        self.evidenceRef = evidenceRef
    }
}

/// A gate as it was answered at the moment when somebody took responsibility for it.
public struct AskedGate: Hashable, Sendable {
    public let ruleVersion: Int
    public let severity: Severity
    /// The events that the answer rested on, ascending. Facts §10.2 has a hash of the inputs here. The
    /// log never changes, so the events are exact where a hash only tells that something is
    /// different: they say what was read, and a value that is corrected later is found by them.
    public let evidence: [EventVersion]
    /// What the gate compared, as its finding said it; `nil` of overrides that were given before it was
    /// written down.
    public let predicates: [Predicate]?

    public init(
        ruleVersion: Int, severity: Severity, evidence: [EventVersion], predicates: [Predicate]?
    ) {
        self.ruleVersion = ruleVersion
        self.severity = severity
        self.evidence = evidence
        self.predicates = predicates
    }

    /// - Parameter seen: Events that the same gate reads of a visit beside those that it reads of the dose.
    init(_ finding: Finding, besides seen: [EventVersion]) {
        self.init(
            ruleVersion: finding.ruleVersion, severity: finding.severity,
            evidence: Set(finding.predicates.flatMap(\.evidence) + seen).sorted(),
            predicates: finding.predicates)
    }
}

public enum OverrideReason: String, Hashable, Sendable, CaseIterable {
    case benefitOutweighsRisk, specialistAdvice, resultKnownElsewhere, noAlternative,
        patientPreference
}

/// What is at stake for the patient where a gate is passed all the same, as the person judges it who
/// answers for it. No rule reads it (facts §10.2 names it and has no scale: ED).
public enum PatientRisk: String, Hashable, Sendable, CaseIterable {
    case low, moderate, high
}

/// In whose capacity somebody acts; a hard gate is overridden by a prescriber only.
public enum ClinicalRole: String, Hashable, Sendable, CaseIterable {
    case prescriber, nurse, pharmacist, administrator, system
}
