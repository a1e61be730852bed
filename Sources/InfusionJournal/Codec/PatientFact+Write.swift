import Infusion

extension PatientFact {
    /// Writes the members of this fact's payload.
    func write(to json: inout JSONWriter, _ seals: SealedFields) throws(PayloadError) {
        switch self {
        case .patientRegistered(let fact):
            try PatientRegisteredPayload.write(fact, to: &json, seals)
        case .identityCorrected(let fact):
            try IdentityCorrectedPayload.write(fact, to: &json, seals)
        case .labRecorded(let fact): try LabRecordedPayload.write(fact, to: &json, seals)
        case .labCorrected(let fact): try LabCorrectedPayload.write(fact, to: &json, seals)
        case .labRetracted(let fact): try LabRetractedPayload.write(fact, to: &json, seals)
        case .weightRecorded(let fact): try WeightRecordedPayload.write(fact, to: &json, seals)
        case .heightRecorded(let fact): try HeightRecordedPayload.write(fact, to: &json, seals)
        case .clinicalContextSet(let fact):
            try ClinicalContextSetPayload.write(fact, to: &json, seals)
        case .clinicalFactRecorded(let fact):
            try ClinicalFactRecordedPayload.write(fact, to: &json, seals)
        case .infusionOrdered(let fact): try InfusionOrderedPayload.write(fact, to: &json, seals)
        case .orderHeld(let order, let reason):
            try OrderHeldPayload.write((order, reason), to: &json, seals)
        case .orderReleased(let fact): try OrderReleasedPayload.write(fact, to: &json, seals)
        case .orderCancelled(let order, let reason):
            try OrderCancelledPayload.write((order, reason), to: &json, seals)
        case .appointmentBooked(let fact):
            try AppointmentBookedPayload.write(fact, to: &json, seals)
        case .appointmentMoved(let appointment, let slot):
            try AppointmentMovedPayload.write((appointment, slot), to: &json, seals)
        case .appointmentCancelled(let appointment, let reason):
            try AppointmentCancelledPayload.write((appointment, reason), to: &json, seals)
        case .appointmentMissed(let fact):
            try AppointmentMissedPayload.write(fact, to: &json, seals)
        case .appointmentHeld(let fact, let until):
            try AppointmentHeldPayload.write((fact, until), to: &json, seals)
        case .appointmentConfirmed(let appointment, let findings):
            try AppointmentConfirmedPayload.write((appointment, findings), to: &json, seals)
        case .capacityOverridden(let appointment, let override):
            try CapacityOverriddenPayload.write((appointment, override), to: &json, seals)
        case .stockReserved(let appointment, let need):
            try StockReservedPayload.write((appointment, need), to: &json, seals)
        case .holdExpired(let fact): try HoldExpiredPayload.write(fact, to: &json, seals)
        case .patientArrived(let fact): try PatientArrivedPayload.write(fact, to: &json, seals)
        case .doseStarted(let fact): try DoseStartedPayload.write(fact, to: &json, seals)
        case .dosePaused(let dose, let reason):
            try DosePausedPayload.write((dose, reason), to: &json, seals)
        case .doseResumed(let fact): try DoseResumedPayload.write(fact, to: &json, seals)
        case .doseCompleted(let fact): try DoseCompletedPayload.write(fact, to: &json, seals)
        case .doseStopped(let dose, let reason):
            try DoseStoppedPayload.write((dose, reason), to: &json, seals)
        case .reactionLogged(let fact): try ReactionLoggedPayload.write(fact, to: &json, seals)
        case .reactionRegraded(let reaction, let grade):
            try ReactionRegradedPayload.write((reaction, grade), to: &json, seals)
        case .patientDischarged(let fact):
            try PatientDischargedPayload.write(fact, to: &json, seals)
        case .visitBegun(let fact): try VisitBegunPayload.write(fact, to: &json, seals)
        case .visitLeft(let fact): try VisitLeftPayload.write(fact, to: &json, seals)
        case .transfusionRecorded(let fact):
            try TransfusionRecordedPayload.write(fact, to: &json, seals)
        case .gateOverridden(let fact): try GateOverriddenPayload.write(fact, to: &json, seals)
        case .signedOff(let fact): try SignedOffPayload.write(fact, to: &json, seals)
        case .recheckOpened(let fact): try RecheckOpenedPayload.write(fact, to: &json, seals)
        case .recheckClosed(let fact): try RecheckClosedPayload.write(fact, to: &json, seals)
        case .patientErased(let fact): try PatientErasedPayload.write(fact, to: &json, seals)
        case .chairsideChecked(let fact):
            try ChairsideCheckedPayload.write(fact, to: &json, seals)
        case .transfusionOrdered(let fact):
            try TransfusionOrderedPayload.write(fact, to: &json, seals)
        case .transfusionOrderFilled(let fact):
            try TransfusionOrderFilledPayload.write(fact, to: &json, seals)
        case .decisionReviewed(let fact):
            try DecisionReviewedPayload.write(fact, to: &json, seals)
        case .waitlistEntered(let fact): try WaitlistEntryPayload.write(fact, to: &json, seals)
        case .waitlistChanged(let fact): try WaitlistEntryPayload.write(fact, to: &json, seals)
        case .waitlistOffered(let fact): try WaitlistOfferedPayload.write(fact, to: &json, seals)
        case .waitlistLeft(let fact): try WaitlistLeftPayload.write(fact, to: &json, seals)
        case .patientMerged(let fact): try PatientMergedPayload.write(fact, to: &json, seals)
        case .historyCarried(let fact): try HistoryCarriedPayload.write(fact, to: &json, seals)
        case .patientMergedInto(let fact):
            try PatientMergedIntoPayload.write(fact, to: &json, seals)
        case .patientUnmerged(let patient, let reason):
            try PatientUnmergedPayload.write((patient, reason), to: &json, seals)
        case .patientUnmergedFrom(let survivor, let reason):
            try PatientUnmergedFromPayload.write((survivor, reason), to: &json, seals)
        case .recordAttributed(let fact):
            try RecordAttributedPayload.write(fact, to: &json, seals)
        }
    }
}
