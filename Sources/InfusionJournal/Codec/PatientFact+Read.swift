import Infusion

extension PatientFact {
    /// Reads the members of a payload of `type` in its current version.
    init(
        _ type: EventType, reading object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) {
        switch type {
        case .patientRegistered:
            self = .patientRegistered(try PatientRegisteredPayload.read(&object, seals))
        case .identityCorrected:
            self = .identityCorrected(try IdentityCorrectedPayload.read(&object, seals))
        case .labRecorded: self = .labRecorded(try LabRecordedPayload.read(&object, seals))
        case .labCorrected: self = .labCorrected(try LabCorrectedPayload.read(&object, seals))
        case .labRetracted: self = .labRetracted(try LabRetractedPayload.read(&object, seals))
        case .weightRecorded: self = .weightRecorded(try WeightRecordedPayload.read(&object, seals))
        case .heightRecorded: self = .heightRecorded(try HeightRecordedPayload.read(&object, seals))
        case .clinicalContextSet:
            self = .clinicalContextSet(try ClinicalContextSetPayload.read(&object, seals))
        case .clinicalFactRecorded:
            self = .clinicalFactRecorded(try ClinicalFactRecordedPayload.read(&object, seals))
        case .infusionOrdered:
            self = .infusionOrdered(try InfusionOrderedPayload.read(&object, seals))
        case .orderHeld:
            let fact = try OrderHeldPayload.read(&object, seals)
            self = .orderHeld(fact.order, reason: fact.reason)
        case .orderReleased: self = .orderReleased(try OrderReleasedPayload.read(&object, seals))
        case .orderCancelled:
            let fact = try OrderCancelledPayload.read(&object, seals)
            self = .orderCancelled(fact.order, reason: fact.reason)
        case .appointmentBooked:
            self = .appointmentBooked(try AppointmentBookedPayload.read(&object, seals))
        case .appointmentMoved:
            let fact = try AppointmentMovedPayload.read(&object, seals)
            self = .appointmentMoved(fact.appointment, to: fact.slot)
        case .appointmentCancelled:
            let fact = try AppointmentCancelledPayload.read(&object, seals)
            self = .appointmentCancelled(fact.appointment, reason: fact.reason)
        case .appointmentMissed:
            self = .appointmentMissed(try AppointmentMissedPayload.read(&object, seals))
        case .appointmentHeld:
            let fact = try AppointmentHeldPayload.read(&object, seals)
            self = .appointmentHeld(fact.appointment, until: fact.until)
        case .appointmentConfirmed:
            let fact = try AppointmentConfirmedPayload.read(&object, seals)
            self = .appointmentConfirmed(fact.appointment, findings: fact.findings)
        case .capacityOverridden:
            let fact = try CapacityOverriddenPayload.read(&object, seals)
            self = .capacityOverridden(fact.appointment, fact.override)
        case .stockReserved:
            let fact = try StockReservedPayload.read(&object, seals)
            self = .stockReserved(fact.appointment, fact.need)
        case .holdExpired: self = .holdExpired(try HoldExpiredPayload.read(&object, seals))
        case .patientArrived:
            self = .patientArrived(try PatientArrivedPayload.read(&object, seals))
        case .doseStarted: self = .doseStarted(try DoseStartedPayload.read(&object, seals))
        case .dosePaused:
            let fact = try DosePausedPayload.read(&object, seals)
            self = .dosePaused(fact.dose, reason: fact.reason)
        case .doseResumed: self = .doseResumed(try DoseResumedPayload.read(&object, seals))
        case .doseCompleted: self = .doseCompleted(try DoseCompletedPayload.read(&object, seals))
        case .doseStopped:
            let fact = try DoseStoppedPayload.read(&object, seals)
            self = .doseStopped(fact.dose, reason: fact.reason)
        case .reactionLogged: self = .reactionLogged(try ReactionLoggedPayload.read(&object, seals))
        case .reactionRegraded:
            let fact = try ReactionRegradedPayload.read(&object, seals)
            self = .reactionRegraded(fact.reaction, to: fact.grade)
        case .patientDischarged:
            self = .patientDischarged(try PatientDischargedPayload.read(&object, seals))
        case .visitBegun: self = .visitBegun(try VisitBegunPayload.read(&object, seals))
        case .visitLeft: self = .visitLeft(try VisitLeftPayload.read(&object, seals))
        case .transfusionRecorded:
            self = .transfusionRecorded(try TransfusionRecordedPayload.read(&object, seals))
        case .gateOverridden: self = .gateOverridden(try GateOverriddenPayload.read(&object, seals))
        case .signedOff: self = .signedOff(try SignedOffPayload.read(&object, seals))
        case .recheckOpened: self = .recheckOpened(try RecheckOpenedPayload.read(&object, seals))
        case .recheckClosed: self = .recheckClosed(try RecheckClosedPayload.read(&object, seals))
        case .patientErased: self = .patientErased(try PatientErasedPayload.read(&object, seals))
        case .chairsideChecked:
            self = .chairsideChecked(try ChairsideCheckedPayload.read(&object, seals))
        case .transfusionOrdered:
            self = .transfusionOrdered(try TransfusionOrderedPayload.read(&object, seals))
        case .transfusionOrderFilled:
            self = .transfusionOrderFilled(
                try TransfusionOrderFilledPayload.read(&object, seals))
        case .decisionReviewed:
            self = .decisionReviewed(try DecisionReviewedPayload.read(&object, seals))
        case .waitlistEntered:
            self = .waitlistEntered(try WaitlistEntryPayload.read(&object, seals))
        case .waitlistChanged:
            self = .waitlistChanged(try WaitlistEntryPayload.read(&object, seals))
        case .waitlistOffered:
            self = .waitlistOffered(try WaitlistOfferedPayload.read(&object, seals))
        case .waitlistLeft: self = .waitlistLeft(try WaitlistLeftPayload.read(&object, seals))
        case .patientMerged: self = .patientMerged(try PatientMergedPayload.read(&object, seals))
        case .historyCarried:
            self = .historyCarried(try HistoryCarriedPayload.read(&object, seals))
        case .patientMergedInto:
            self = .patientMergedInto(try PatientMergedIntoPayload.read(&object, seals))
        case .patientUnmerged:
            let fact = try PatientUnmergedPayload.read(&object, seals)
            self = .patientUnmerged(fact.patient, reason: fact.reason)
        case .patientUnmergedFrom:
            let fact = try PatientUnmergedFromPayload.read(&object, seals)
            self = .patientUnmergedFrom(fact.survivor, reason: fact.reason)
        case .recordAttributed:
            self = .recordAttributed(try RecordAttributedPayload.read(&object, seals))
        }
    }
}
