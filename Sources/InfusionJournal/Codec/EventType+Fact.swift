public import Infusion

extension EventType {
    /// The type that `fact` is stored under.
    public init(of fact: PatientFact) {
        self =
            switch fact {
            case .patientRegistered: .patientRegistered
            case .identityCorrected: .identityCorrected
            case .labRecorded: .labRecorded
            case .labCorrected: .labCorrected
            case .labRetracted: .labRetracted
            case .weightRecorded: .weightRecorded
            case .heightRecorded: .heightRecorded
            case .clinicalContextSet: .clinicalContextSet
            case .clinicalFactRecorded: .clinicalFactRecorded
            case .infusionOrdered: .infusionOrdered
            case .orderHeld: .orderHeld
            case .orderReleased: .orderReleased
            case .orderCancelled: .orderCancelled
            case .appointmentBooked: .appointmentBooked
            case .appointmentMoved: .appointmentMoved
            case .appointmentCancelled: .appointmentCancelled
            case .appointmentMissed: .appointmentMissed
            case .appointmentHeld: .appointmentHeld
            case .appointmentConfirmed: .appointmentConfirmed
            case .holdExpired: .holdExpired
            case .capacityOverridden: .capacityOverridden
            case .stockReserved: .stockReserved
            case .patientArrived: .patientArrived
            case .doseStarted: .doseStarted
            case .dosePaused: .dosePaused
            case .doseResumed: .doseResumed
            case .doseCompleted: .doseCompleted
            case .doseStopped: .doseStopped
            case .reactionLogged: .reactionLogged
            case .reactionRegraded: .reactionRegraded
            case .patientDischarged: .patientDischarged
            case .visitBegun: .visitBegun
            case .visitLeft: .visitLeft
            case .transfusionRecorded: .transfusionRecorded
            case .gateOverridden: .gateOverridden
            case .signedOff: .signedOff
            case .recheckOpened: .recheckOpened
            case .recheckClosed: .recheckClosed
            case .patientErased: .patientErased
            case .chairsideChecked: .chairsideChecked
            case .transfusionOrdered: .transfusionOrdered
            case .transfusionOrderFilled: .transfusionOrderFilled
            case .decisionReviewed: .decisionReviewed
            case .waitlistEntered: .waitlistEntered
            case .waitlistChanged: .waitlistChanged
            case .waitlistOffered: .waitlistOffered
            case .waitlistLeft: .waitlistLeft
            case .patientMerged: .patientMerged
            case .historyCarried: .historyCarried
            case .patientMergedInto: .patientMergedInto
            case .patientUnmerged: .patientUnmerged
            case .patientUnmergedFrom: .patientUnmergedFrom
            case .recordAttributed: .recordAttributed
            }
    }
}
