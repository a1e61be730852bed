/// Something that happened to a patient, and when it happened in the clinic. Never changed, only followed.
public struct PatientEvent: Hashable, Sendable {
    /// Clinical time: collection of a specimen, start of a dose; not when the log learned it.
    public let effectiveAt: Instant
    public let fact: PatientFact

    public init(effectiveAt: Instant, fact: PatientFact) {
        self.effectiveAt = effectiveAt
        self.fact = fact
    }
}

/// Every kind of event a patient's stream can hold, named for the clinical act.
public enum PatientFact: Hashable, Sendable {
    case patientRegistered(PatientRegistered)
    case identityCorrected(IdentityCorrected)
    case labRecorded(LabResult)
    case labCorrected(LabCorrected)
    case labRetracted(LabRetracted)
    case weightRecorded(Kilograms)
    case heightRecorded(Centimeters)
    /// The whole set of active contexts, replacing the one before.
    case clinicalContextSet(Set<ClinicalContext>)
    case clinicalFactRecorded(ClinicalFact)
    case infusionOrdered(InfusionOrder)
    case orderHeld(OrderID, reason: HoldReason)
    case orderReleased(OrderID)
    case orderCancelled(OrderID, reason: CancellationReason)
    case appointmentBooked(Appointment)
    case appointmentMoved(AppointmentID, to: AppointmentSlot)
    /// Told with the booking, the hold or the move that it is of; a move to another time leaves it behind.
    case capacityOverridden(AppointmentID, CapacityOverride)
    /// Vials of the site are kept for the visit: told with the booking, the hold or the move, where its site
    /// keeps account of the product. They stay with it while it is at that site.
    case stockReserved(AppointmentID, StockNeed)
    case appointmentCancelled(AppointmentID, reason: CancellationReason)
    case appointmentMissed(AppointmentID)
    /// A chair and a time kept while somebody asks the patient; effective now, and good until then.
    case appointmentHeld(Appointment, until: Instant)
    /// The held visit is agreed to, with every gate as it stands now.
    case appointmentConfirmed(AppointmentID, findings: [Finding])
    /// Nobody agreed in time.
    case holdExpired(AppointmentID)
    /// The patient is here for the visit.
    case patientArrived(AppointmentID)
    case doseStarted(DoseStarted)
    /// The infusion was interrupted; it is still the same dose.
    case dosePaused(DoseID, reason: StopReason)
    case doseResumed(DoseResumed)
    case doseCompleted(DoseGiven)
    case doseStopped(DoseGiven, reason: StopReason)
    case reactionLogged(Reaction)
    case reactionRegraded(ReactionID, to: ReactionGrade)
    case patientDischarged(Discharge)
    /// The patient of a visit for red cells is in the chair.
    case visitBegun(AppointmentID)
    /// And has left it.
    case visitLeft(VisitLeft)
    case transfusionRecorded(Transfusion)
    case gateOverridden(GateOverride)
    /// Told with what was signed for: a reaction's grade, an order's release, a fact taken back.
    case signedOff(SignOff)
    case recheckOpened(RecheckOpened)
    case recheckClosed(RecheckClosed)
    /// The key of everything sealed in this stream was destroyed with this event.
    case patientErased(ErasureReason)
    /// What was looked at before an infusion of the day.
    case chairsideChecked(ChairsideCheck)
    case transfusionOrdered(TransfusionOrder)
    case transfusionOrderFilled(TransfusionOrderFilled)
    /// A person closed the review of a decision that rested on what was corrected or learned late.
    case decisionReviewed(DecisionReviewed)
    /// A visit is wanted and has no time yet.
    case waitlistEntered(WaitlistEntry)
    /// The request as it stands now: changed by a person, or ranked anew by what was learned.
    case waitlistChanged(WaitlistEntry)
    /// The hold before it is an offer to a visit that waits.
    case waitlistOffered(WaitlistOffer)
    case waitlistLeft(WaitlistLeft)
    /// Another record is this patient's too; what it knew comes right before.
    case patientMerged(PatientMerged)
    /// Effective when it happened, like the event it is taken from.
    indirect case historyCarried(CarriedFact)
    /// This record is another patient's, who goes on with its history.
    case patientMergedInto(PatientID)
    /// The merge was wrong: what was carried over is this patient's no more. Effective as early as any of it.
    case patientUnmerged(PatientID, reason: UnmergeReason)
    /// This record stands for itself again.
    case patientUnmergedFrom(PatientID, reason: UnmergeReason)
    case recordAttributed(RecordAttribution)
}
