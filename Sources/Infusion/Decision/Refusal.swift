/// The domain says no. Closed, because callers act on every case; each has a stable code.
public enum Refusal: Error, Hashable, Sendable {
    case patientAlreadyRegistered
    case patientNotRegistered
    case patientDeceased
    case patientErased
    /// The record was merged into another, who takes its commands now.
    case patientMerged(into: PatientID)
    /// The other record cannot be merged, or not yet.
    case mergeNotPossible(PatientID, MergeProblem)
    /// The two records are not merged.
    case notMerged(PatientID)
    /// Nobody needs to say whose that event is, or somebody has.
    case attributionNotOpen(EventVersion)
    /// What is still open has to be ended first: an order, an appointment, a dose.
    case careNotEnded(open: String)
    /// A value outside what is physically or formally possible. `accepted` says what would be.
    case invalidValue(field: String, problem: String, accepted: String)
    /// Something that happened cannot lie in the future.
    case inTheFuture(field: String)
    case duplicateIdentifier(field: String)
    case labNotFound(LabResultID)
    case labAlreadyRetracted(LabResultID)
    case unknownProduct(ProductKey, accepted: [String])
    case unknownDosingRow(DosingRowID, accepted: [String])
    case orderNotFound(OrderID)
    case orderNotActive(OrderID, status: String)
    /// One unit, then a haemoglobin: none has been drawn since the last one was given or ordered.
    case hemoglobinNeeded(since: CalendarDate)
    /// Iron and red cells are not given on one day, since a reaction could not be told apart; an
    /// override of G-TX-SAMEDAY lets the visit be booked.
    case sameDayVisit(AppointmentID)
    /// As many visits are booked as doses are left of the order.
    case orderFullyBooked(OrderID, booked: Int, dosesLeft: Int)
    case appointmentNotFound(AppointmentID)
    case appointmentNotOpen(AppointmentID, status: String)
    /// The site is not open at that moment of the visit.
    case siteClosed(SiteID, at: Instant)
    case chairNotFound(ChairID, accepted: [String])
    /// The site has given the chair up; the first date without it.
    case chairRetired(ChairID, from: CalendarDate)
    /// The chair cannot be used at that moment of the visit.
    case chairOutOfService(ChairID, at: Instant)
    /// Nobody is planned at that moment of the visit who is free to treat anaphylaxis.
    case noResuscitationCover(at: Instant)
    /// A visit so long begins no later before the site closes next; `nil` where it would have no room at all.
    case afterLastStart(last: Instant?)
    /// What the formulary prescribes for the visit's dose takes longer.
    case visitTooShort(minutes: Int, needed: Int)
    /// The patient is in that visit at some of the time.
    case patientElsewhere(AppointmentID)
    /// The site's vials do not go round: these are not there for the visit, or are kept for others.
    case stockShort(StockShortage)
    case capacityOverrideNotAllowed(ClinicalRole)
    /// The hold ran out at that moment: the visit has to be booked anew.
    case holdExpired(AppointmentID, at: Instant)
    /// The hold is good until then.
    case holdNotExpired(AppointmentID, until: Instant)
    /// The order waits for a visit already.
    case alreadyOnWaitlist(OrderID)
    /// The order waits for no visit.
    case notOnWaitlist(OrderID)
    /// What was offered last is held for the patient until then.
    case offerNotAnswered(AppointmentID, until: Instant)
    /// The visit is no offer that waits for an answer.
    case offerNotOpen(AppointmentID)
    case doseNotFound(DoseID)
    case doseNotInProgress(DoseID, status: String)
    case doseNotPaused(DoseID, status: String)
    /// Clinical facts §5.3 forbid that the paused infusion goes on, or not yet.
    case restartNotAllowed(DoseID, RestartProblem)
    case doseStillInProgress(DoseID)
    case doseOutsideOrder(field: String, problem: String, accepted: String)
    case reactionNotFound(ReactionID)
    case observationTooShort(minutes: Int, required: Int)
    case notStable(DoseID)
    case recheckNotOpen(RecheckID)
    /// Nothing that the decision rested on has changed since it was made, or last reviewed.
    case reviewNotOpen(EventVersion)
    case overrideNotAllowed(Gate, problem: String)
    /// The gate lets that dose pass on that date: there is nothing to take responsibility for.
    case gateNotShut(Gate, on: CalendarDate)
    /// What stands in the way of iron is lifted by a prescriber, with a reason and a second signature.
    case signOffNeeded(StandingBlock, SignOffProblem)
    /// One or more gates are shut; every finding is given, passed ones too.
    case gatesShut([Finding])
}
