/// Every type of event a patient's stream can hold, by the name it is stored under for ever. The
/// catalogue with fields and examples is `docs/events.md`.
public enum EventType: String, Hashable, Sendable, CaseIterable {
    case patientRegistered = "patient-registered"
    case identityCorrected = "identity-corrected"
    case labRecorded = "lab-recorded"
    case labCorrected = "lab-corrected"
    case labRetracted = "lab-retracted"
    case weightRecorded = "weight-recorded"
    case heightRecorded = "height-recorded"
    case clinicalContextSet = "clinical-context-set"
    case clinicalFactRecorded = "clinical-fact-recorded"
    case infusionOrdered = "infusion-ordered"
    case orderHeld = "order-held"
    case orderReleased = "order-released"
    case orderCancelled = "order-cancelled"
    case appointmentBooked = "appointment-booked"
    case appointmentMoved = "appointment-moved"
    case appointmentCancelled = "appointment-cancelled"
    case appointmentMissed = "appointment-missed"
    case appointmentHeld = "appointment-held"
    case appointmentConfirmed = "appointment-confirmed"
    case holdExpired = "hold-expired"
    case capacityOverridden = "capacity-overridden"
    case stockReserved = "stock-reserved"
    case patientArrived = "patient-arrived"
    case doseStarted = "dose-started"
    case dosePaused = "dose-paused"
    case doseResumed = "dose-resumed"
    case doseCompleted = "dose-completed"
    case doseStopped = "dose-stopped"
    case reactionLogged = "reaction-logged"
    case reactionRegraded = "reaction-regraded"
    case patientDischarged = "patient-discharged"
    case visitBegun = "visit-begun"
    case visitLeft = "visit-left"
    case transfusionRecorded = "transfusion-recorded"
    case gateOverridden = "gate-overridden"
    case signedOff = "signed-off"
    case recheckOpened = "recheck-opened"
    case recheckClosed = "recheck-closed"
    case patientErased = "patient-erased"
    case chairsideChecked = "chairside-checked"
    case transfusionOrdered = "transfusion-ordered"
    case transfusionOrderFilled = "transfusion-order-filled"
    case decisionReviewed = "decision-reviewed"
    case waitlistEntered = "waitlist-entered"
    case waitlistChanged = "waitlist-changed"
    case waitlistOffered = "waitlist-offered"
    case waitlistLeft = "waitlist-left"
    case patientMerged = "patient-merged"
    case historyCarried = "history-carried"
    case patientMergedInto = "patient-merged-into"
    case patientUnmerged = "patient-unmerged"
    case patientUnmergedFrom = "patient-unmerged-from"
    case recordAttributed = "record-attributed"

    /// The stored name.
    public var name: String { rawValue }

    /// The version of the payload that is written today; older ones are upcast when read.
    public var payloadVersion: Int16 {
        switch self {
        case .patientRegistered, .identityCorrected, .patientErased: 1
        case .labRecorded, .labCorrected, .labRetracted: 1
        case .weightRecorded, .heightRecorded: 1
        case .clinicalContextSet, .clinicalFactRecorded: 1
        case .infusionOrdered: 2
        case .orderHeld, .orderReleased, .orderCancelled: 1
        case .appointmentBooked, .appointmentMoved, .appointmentCancelled, .appointmentMissed,
            .appointmentHeld, .appointmentConfirmed, .holdExpired, .patientArrived,
            .capacityOverridden, .stockReserved:
            1
        case .doseStarted, .dosePaused, .doseResumed, .doseCompleted, .doseStopped: 1
        case .chairsideChecked: 1
        case .reactionLogged: 2
        case .reactionRegraded, .patientDischarged: 1
        case .visitBegun, .visitLeft: 1
        case .transfusionRecorded: 1
        case .gateOverridden: 3
        case .signedOff: 1
        case .transfusionOrdered, .transfusionOrderFilled: 1
        case .recheckOpened, .recheckClosed, .decisionReviewed: 1
        case .waitlistEntered, .waitlistChanged, .waitlistOffered, .waitlistLeft: 1
        case .patientMerged, .historyCarried, .patientMergedInto, .patientUnmerged,
            .patientUnmergedFrom,
            .recordAttributed:
            1
        }
    }

    /// Whether a `history-carried` may hold it: what one stream takes over from another at a merge. None of
    /// these has a sealed member, which only its own patient's key would open.
    var isCarried: Bool {
        switch self {
        case .labRecorded, .labCorrected, .labRetracted, .weightRecorded, .heightRecorded,
            .clinicalContextSet, .clinicalFactRecorded, .infusionOrdered, .orderHeld,
            .orderReleased, .orderCancelled, .doseStarted, .dosePaused, .doseResumed,
            .doseCompleted, .doseStopped, .reactionLogged, .reactionRegraded, .patientDischarged,
            .transfusionRecorded, .transfusionOrdered, .transfusionOrderFilled,
            .decisionReviewed, .recheckClosed:
            true
        case .patientRegistered, .identityCorrected, .appointmentBooked, .appointmentMoved,
            .appointmentCancelled, .appointmentMissed, .appointmentHeld, .appointmentConfirmed,
            .holdExpired, .capacityOverridden, .stockReserved, .patientArrived, .visitBegun,
            .visitLeft, .gateOverridden, .signedOff, .recheckOpened,
            .patientErased, .chairsideChecked, .waitlistEntered, .waitlistChanged,
            .waitlistOffered, .waitlistLeft, .patientMerged, .historyCarried,
            .patientMergedInto, .patientUnmerged, .patientUnmergedFrom,
            .recordAttributed:
            false
        }
    }
}
