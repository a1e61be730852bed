/// A prescription for a course of intravenous iron, signed by its prescriber. The software never makes one.
public struct InfusionOrder: Hashable, Sendable {
    public let id: OrderID
    public let product: ProductKey
    public let dosingRow: DosingRowID
    public let moiety: Moiety
    /// The context whose thresholds judge the diagnosis.
    public let indication: ClinicalContext
    /// The doses in the order they are to be given.
    public let prescribed: [Milligrams]
    /// The course's total by its own method; caps are judged against it.
    public let plannedTotal: Milligrams
    public let method: NeedMethod
    public let need: IronNeed?
    /// `nil` where the prescriber did not say.
    public let whyIntravenous: IntravenousReason?
    public let signature: Signature
    /// Every gate as it stood when the order was placed.
    public internal(set) var findings: [Finding]
    /// Which knowledge decided: the formulary's version.
    public let formularyVersion: String

    public init(
        id: OrderID, product: ProductKey, dosingRow: DosingRowID, moiety: Moiety,
        indication: ClinicalContext, prescribed: [Milligrams], plannedTotal: Milligrams,
        method: NeedMethod, need: IronNeed?, whyIntravenous: IntravenousReason? = nil,
        signature: Signature, findings: [Finding], formularyVersion: String
    ) {
        self.id = id
        self.product = product
        self.dosingRow = dosingRow
        self.moiety = moiety
        self.indication = indication
        self.prescribed = prescribed
        self.plannedTotal = plannedTotal
        self.method = method
        self.need = need
        self.whyIntravenous = whyIntravenous
        self.signature = signature
        self.findings = findings
        self.formularyVersion = formularyVersion
    }
}

/// How the course's total was found.
public enum NeedMethod: String, Hashable, Sendable, CaseIterable {
    case labelCourse, heartFailureTable, simplifiedTable, ganzoni
    /// ECCO's table for inflammatory bowel disease; the INFeD label's own formula.
    case eccoTable, infedFormula
    /// A known blood loss: by units as the Venofer label counts them, by volume and haematocrit as INFeD's.
    case unitsLost, infedBloodLoss
}

/// An iron need with everything needed to compute it again by hand.
public struct IronNeed: Hashable, Sendable {
    public let method: NeedMethod
    /// Before rounding.
    public let milligrams: Milligrams
    /// `nil` where a known loss is replaced, and so is the haemoglobin.
    public let weight: Kilograms?
    public let hemoglobin: GramsPerDeciliter?
    public let targetHemoglobin: GramsPerDeciliter?
    public let stores: Milligrams?
    /// Of the methods that replace a known loss.
    public let loss: BloodLoss?
    /// The formula or table cell, readable: `70 × (15 − 8) × 2.4 + 500`.
    public let formula: String

    /// - Parameter method: One that goes by the patient's weight and haemoglobin.
    public init(
        method: NeedMethod, milligrams: Milligrams, weight: Kilograms,
        hemoglobin: GramsPerDeciliter,
        targetHemoglobin: GramsPerDeciliter?, stores: Milligrams?, formula: String
    ) {
        self.method = method
        self.milligrams = milligrams
        self.weight = weight
        self.hemoglobin = hemoglobin
        self.targetHemoglobin = targetHemoglobin
        self.stores = stores
        loss = nil
        self.formula = formula
    }

    /// What a known loss took.
    public init(replacing loss: BloodLoss, milligrams: Milligrams, formula: String) {
        method = loss.method
        self.milligrams = milligrams
        weight = nil
        hemoglobin = nil
        targetHemoglobin = nil
        stores = nil
        self.loss = loss
        self.formula = formula
    }
}

/// Who prescribed, as the ordering system attests it.
public struct Signature: Hashable, Sendable {
    public let prescriber: String
    public let signedAt: Instant
    public init(prescriber: String, signedAt: Instant) {
        self.prescriber = prescriber
        self.signedAt = signedAt
    }
}

public enum HoldReason: String, Hashable, Sendable, CaseIterable {
    case infection, reactionReview, hypophosphatemia, pregnancy, awaitingLabs, patientRequest
    case clinicianDecision
}

public enum CancellationReason: String, Hashable, Sendable, CaseIterable {
    case patientRequest, clinicClosure, staffShortage, chairUnavailable, clinicianDecision
    case orderCancelled, enteredInError, reaction, noLongerNeeded
}
