/// A person took responsibility for passing one gate, for one dose of one order, until a set time.
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

    public init(
        id: OverrideID, gate: Gate, order: OrderID, reason: OverrideReason,
        justification: Sealed<String>, role: ClinicalRole, coSigner: String?, expiresAt: Instant
    ) {
        self.id = id
        self.gate = gate
        self.order = order
        self.reason = reason
        self.justification = justification
        self.role = role
        self.coSigner = coSigner
        self.expiresAt = expiresAt
    }
}

public enum OverrideReason: String, Hashable, Sendable, CaseIterable {
    case benefitOutweighsRisk, specialistAdvice, resultKnownElsewhere, noAlternative,
        patientPreference
}

/// In whose capacity somebody acts; a hard gate is overridden by a prescriber only.
public enum ClinicalRole: String, Hashable, Sendable, CaseIterable {
    case prescriber, nurse, pharmacist, administrator, system
}
