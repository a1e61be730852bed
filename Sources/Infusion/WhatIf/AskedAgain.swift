/// The command behind an event that rests on the formulary and the site's policy.
struct AskedAgain {
    let kind: RuleDifference.Kind
    let subject: String
    let command: PatientCommand

    /// `nil` for everything that no such rule decides: results, weights, what was said and what was
    /// given are facts.
    ///
    /// - Parameter tables: Those of the decision, by which it is told what its prescriber named.
    init?(_ event: PatientEvent, by tables: IronNeedTables) {
        switch event.fact {
        case .infusionOrdered(let order):
            kind = .order
            subject = order.id.description
            command = .orderInfusion(order.command(by: tables))
        case .doseStarted(let dose):
            kind = .dose
            subject = dose.id.description
            command = .startDose(dose.command(at: event.effectiveAt))
        case .transfusionOrdered(let order):
            kind = .transfusionOrder
            subject = order.id.description
            command = .orderTransfusion(order.command)
        case .patientRegistered, .identityCorrected, .labRecorded, .labCorrected, .labRetracted,
            .weightRecorded, .heightRecorded, .clinicalContextSet, .clinicalFactRecorded,
            .orderHeld, .orderReleased, .orderCancelled, .appointmentBooked, .appointmentMoved,
            .appointmentCancelled, .appointmentMissed, .appointmentHeld, .appointmentConfirmed,
            .holdExpired, .capacityOverridden, .stockReserved, .patientArrived, .visitBegun,
            .visitLeft, .doseCompleted,
            .doseStopped,
            .reactionLogged, .reactionRegraded, .patientDischarged, .transfusionRecorded,
            .gateOverridden, .signedOff, .dosePaused, .doseResumed, .recheckOpened, .recheckClosed,
            .patientErased, .patientMerged, .historyCarried,
            .patientMergedInto, .patientUnmerged, .patientUnmergedFrom,
            .recordAttributed, .chairsideChecked,
            .decisionReviewed, .waitlistEntered, .waitlistChanged,
            .waitlistOffered, .waitlistLeft, .transfusionOrderFilled:
            return nil
        }
    }
}
