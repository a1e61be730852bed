/// Everything that can be asked of a patient's stream. Ids come from outside; so does the time.
public enum PatientCommand: Hashable, Sendable {
    case registerPatient(RegisterPatient)
    case correctIdentity(Identity, AdministrativeGender)
    /// 1 to 200 results at once; all or none.
    case recordLabs([LabResult])
    case correctLab(LabCorrected)
    case retractLab(LabRetracted)
    case recordMeasurements(weight: Kilograms?, height: Centimeters?, at: Instant)
    /// - Parameter signOff: Who answers for what is taken back; also of releases and grades.
    case setClinicalContext(
        Set<ClinicalContext>, facts: [ClinicalFact], at: Instant, signOff: GivenSignOff? = nil)
    case orderInfusion(OrderInfusion)
    case holdOrder(OrderID, reason: HoldReason)
    case releaseOrder(OrderID, signOff: GivenSignOff? = nil)
    case cancelOrder(OrderID, reason: CancellationReason)
    /// - Parameter override: Who answers for what the site's plan does not bear; also of moves and holds.
    case bookAppointment(
        AppointmentID, order: OrderID, slot: AppointmentSlot, override: CapacityOverride? = nil)
    case moveAppointment(
        AppointmentID, to: AppointmentSlot, override: CapacityOverride? = nil)
    case cancelAppointment(AppointmentID, reason: CancellationReason)
    case recordNoShow(AppointmentID)
    /// Keeps a chair and a time for so many minutes, until it is confirmed or given back.
    case holdAppointment(
        AppointmentID, order: OrderID, slot: AppointmentSlot, minutes: Int,
        override: CapacityOverride? = nil)
    case confirmAppointment(AppointmentID)
    /// Says that a hold has run out: whoever wants the chair next does.
    case expireHold(AppointmentID)
    case recordArrival(AppointmentID, at: Instant)
    /// A visit that is wanted and has no time yet.
    case enterWaitlist(WaitlistRequest)
    case changeWaitlist(WaitlistRequest)
    case leaveWaitlist(OrderID, reason: CancellationReason)
    /// Holds a time for an order of the list.
    case offerVisit(OfferVisit)
    case declineOffer(AppointmentID, reason: CancellationReason)
    case startDose(StartDose)
    case pauseDose(DoseID, reason: StopReason, at: Instant)
    case resumeDose(DoseResumed, at: Instant)
    case completeDose(EndDose)
    case stopDose(EndDose, reason: StopReason)
    case logReaction(Reaction, at: Instant)
    case regradeReaction(ReactionID, to: ReactionGrade, signOff: GivenSignOff? = nil)
    case dischargePatient(DoseID, stable: Bool, at: Instant)
    case orderTransfusion(OrderTransfusion)
    /// Fills the order of red cells that is open.
    case recordTransfusion(Transfusion, at: Instant)
    /// Seats the patient of a visit for red cells.
    case beginVisit(AppointmentID, at: Instant)
    /// Lets them go, which frees the chair.
    case leaveVisit(AppointmentID, stable: Bool, at: Instant)
    case overrideGate(OverrideGate)
    case closeRecheck(RecheckID, reason: RecheckCloseReason)
    /// What was looked at before an infusion of the day; the last one counts.
    case recordChairsideCheck(ChairsideCheck, at: Instant)
    /// Closes the review of a decision; see ``DecisionReview``.
    case reviewDecision(DecisionReviewed)
    /// Destroys who the patient is, for ever; what happened to them stays.
    case erasePatient(ErasureReason)
    /// Two records are one patient's. Decided on both, and told to both streams or to none.
    case mergePatients(PatientMerge)
    /// They are not; the same two.
    case unmergePatients(PatientMerge, reason: UnmergeReason)
    /// Says whose it is what was recorded during a merge that was taken back.
    case attributeRecord(RecordAttribution)
}

/// Two records, and which of them goes on.
public struct PatientMerge: Hashable, Sendable {
    public let survivor: PatientID
    public let merged: PatientID
    public init(survivor: PatientID, merged: PatientID) {
        self.survivor = survivor
        self.merged = merged
    }
}

public struct RegisterPatient: Hashable, Sendable {
    public let patient: PatientID
    public let identity: Identity
    public let gender: AdministrativeGender
    public let site: SiteID
    public init(patient: PatientID, identity: Identity, gender: AdministrativeGender, site: SiteID)
    {
        self.patient = patient
        self.identity = identity
        self.gender = gender
        self.site = site
    }
}

/// A signed prescription as the ordering system sends it.
public struct OrderInfusion: Hashable, Sendable {
    public let id: OrderID
    public let product: ProductKey
    public let dosingRow: DosingRowID
    public let indication: ClinicalContext
    public let prescribed: [Milligrams]
    public let method: NeedMethod
    /// Overrides the method's default target; Ganzoni and the INFeD formula only.
    public let targetHemoglobin: GramsPerDeciliter?
    /// Overrides the method's default stores; Ganzoni only.
    public let stores: Milligrams?
    /// What was lost; the methods that replace a known loss, and they only.
    public let bloodLoss: BloodLoss?
    /// `nil` where the prescriber did not say.
    public let whyIntravenous: IntravenousReason?
    public let signature: Signature

    public init(
        id: OrderID, product: ProductKey, dosingRow: DosingRowID, indication: ClinicalContext,
        prescribed: [Milligrams], method: NeedMethod, targetHemoglobin: GramsPerDeciliter?,
        stores: Milligrams?, bloodLoss: BloodLoss? = nil,
        whyIntravenous: IntravenousReason? = nil, signature: Signature
    ) {
        self.id = id
        self.product = product
        self.dosingRow = dosingRow
        self.indication = indication
        self.prescribed = prescribed
        self.method = method
        self.targetHemoglobin = targetHemoglobin
        self.stores = stores
        self.bloodLoss = bloodLoss
        self.whyIntravenous = whyIntravenous
        self.signature = signature
    }
}

/// Red cells as a prescriber signs for them.
public struct OrderTransfusion: Hashable, Sendable {
    public let id: OrderID
    public let units: Int
    public let indication: ClinicalContext
    public let signature: Signature
    public init(id: OrderID, units: Int, indication: ClinicalContext, signature: Signature) {
        self.id = id
        self.units = units
        self.indication = indication
        self.signature = signature
    }
}

/// A time for somebody on the wait list, held for so many minutes.
public struct OfferVisit: Hashable, Sendable {
    public let id: AppointmentID
    public let order: OrderID
    public let slot: AppointmentSlot
    public let minutes: Int
    /// Whose time it was; `nil` where nobody gave any back.
    public let freed: AppointmentID?
    public init(
        id: AppointmentID, order: OrderID, slot: AppointmentSlot, minutes: Int,
        freed: AppointmentID?
    ) {
        self.id = id
        self.order = order
        self.slot = slot
        self.minutes = minutes
        self.freed = freed
    }
}

public struct StartDose: Hashable, Sendable {
    public let id: DoseID
    public let order: OrderID
    public let appointment: AppointmentID?
    public let planned: Milligrams
    public let at: Instant
    public init(
        id: DoseID, order: OrderID, appointment: AppointmentID?, planned: Milligrams, at: Instant
    ) {
        self.id = id
        self.order = order
        self.appointment = appointment
        self.planned = planned
        self.at = at
    }
}

public struct EndDose: Hashable, Sendable {
    public let id: DoseID
    public let given: Milligrams
    public let lot: LotNumber
    public let expiry: CalendarDate
    public let at: Instant
    public init(id: DoseID, given: Milligrams, lot: LotNumber, expiry: CalendarDate, at: Instant) {
        self.id = id
        self.given = given
        self.lot = lot
        self.expiry = expiry
        self.at = at
    }
}

/// Who answers for what a command says; see ``SignOff``.
public struct GivenSignOff: Hashable, Sendable {
    public let reason: SignOffReason
    public let justification: String
    public let role: ClinicalRole
    public let coSigner: String?
    public init(
        reason: SignOffReason, justification: String, role: ClinicalRole, coSigner: String?
    ) {
        self.reason = reason
        self.justification = justification
        self.role = role
        self.coSigner = coSigner
    }
}

public struct OverrideGate: Hashable, Sendable {
    public let id: OverrideID
    public let gate: Gate
    public let order: OrderID
    public let reason: OverrideReason
    public let justification: String
    public let role: ClinicalRole
    public let coSigner: String?
    public let expiresAt: Instant
    public let patientRisk: PatientRisk?
    /// A DOI, the name of a guideline: what the person relies on.
    public let evidenceRef: String?
    /// The moment of the dose or the visit that it is for; `nil` for now.
    public let at: Instant?
    /// The dose that it is for; `nil` for the next one of the prescription.
    public let dose: Milligrams?
    public init(
        id: OverrideID, gate: Gate, order: OrderID, reason: OverrideReason, justification: String,
        role: ClinicalRole, coSigner: String?, expiresAt: Instant,
        patientRisk: PatientRisk? = nil, evidenceRef: String? = nil, at: Instant? = nil,
        dose: Milligrams? = nil
    ) {
        self.id = id
        self.gate = gate
        self.order = order
        self.reason = reason
        self.justification = justification
        self.role = role
        self.coSigner = coSigner
        self.expiresAt = expiresAt
        self.patientRisk = patientRisk
        self.evidenceRef = evidenceRef
        self.at = at
        self.dose = dose
    }
}
