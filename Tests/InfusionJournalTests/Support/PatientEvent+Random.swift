import Infusion
import InfusionJournal

extension PatientEvent {
    /// An event of `type`. The switch is exhaustive: a new type does not compile without one.
    static func random(_ type: EventType, using random: inout RandomValues) -> PatientEvent {
        PatientEvent(effectiveAt: random.instant(), fact: random.fact(type))
    }
}

extension RandomValues {
    fileprivate mutating func fact(_ type: EventType) -> PatientFact {
        switch type {
        case .patientRegistered:
            .patientRegistered(
                PatientRegistered(
                    patient: identifier(), identity: .present(identity()), gender: code(),
                    site: SiteID(text())))
        case .identityCorrected:
            .identityCorrected(IdentityCorrected(identity: .present(identity()), gender: code()))
        case .patientErased: .patientErased(code())
        case .chairsideChecked: .chairsideChecked(chairsideCheck())
        case .labRecorded: .labRecorded(labResult())
        case .labCorrected:
            .labCorrected(
                LabCorrected(
                    result: identifier(), value: labValue(), status: code(), collectedAt: instant())
            )
        case .labRetracted: .labRetracted(LabRetracted(result: identifier(), reason: code()))
        case .weightRecorded: .weightRecorded(quantity())
        case .heightRecorded: .heightRecorded(quantity())
        case .clinicalContextSet: .clinicalContextSet(set())
        case .clinicalFactRecorded: .clinicalFactRecorded(clinicalFact())
        case .infusionOrdered: .infusionOrdered(order())
        case .orderHeld: .orderHeld(identifier(), reason: code())
        case .orderReleased: .orderReleased(identifier())
        case .orderCancelled: .orderCancelled(identifier(), reason: code())
        case .appointmentBooked:
            .appointmentBooked(
                Appointment(
                    id: identifier(), order: identifier(), slot: slot(),
                    findings: array(2) { $0.finding() }))
        case .appointmentMoved: .appointmentMoved(identifier(), to: slot())
        case .appointmentCancelled: .appointmentCancelled(identifier(), reason: code())
        case .appointmentMissed: .appointmentMissed(identifier())
        case .appointmentHeld:
            .appointmentHeld(
                Appointment(
                    id: identifier(), order: identifier(), slot: slot(),
                    findings: array(2) { $0.finding() }), until: instant())
        case .appointmentConfirmed:
            .appointmentConfirmed(identifier(), findings: array(2) { $0.finding() })
        case .holdExpired: .holdExpired(identifier())
        case .capacityOverridden:
            .capacityOverridden(
                identifier(), CapacityOverride(rules: set(), reason: code(), role: code()))
        case .stockReserved:
            .stockReserved(
                identifier(),
                StockNeed(
                    product: ProductKey(text()),
                    vials: array(3) { StockNeed.Vials(size: $0.quantity(), count: $0.integer()) }))
        case .patientArrived: .patientArrived(identifier())
        case .doseStarted: .doseStarted(doseStarted())
        case .dosePaused: .dosePaused(identifier(), reason: code())
        case .doseResumed: .doseResumed(doseResumed())
        case .doseCompleted: .doseCompleted(doseGiven())
        case .doseStopped: .doseStopped(doseGiven(), reason: code())
        case .reactionLogged: .reactionLogged(reaction())
        case .reactionRegraded: .reactionRegraded(identifier(), to: grade())
        case .patientDischarged:
            .patientDischarged(
                Discharge(dose: identifier(), observedMinutes: integer(), stable: flag()))
        case .visitBegun: .visitBegun(identifier())
        case .visitLeft:
            .visitLeft(
                VisitLeft(
                    appointment: identifier(), observedMinutes: optional { $0.integer() },
                    stable: flag()))
        case .transfusionRecorded:
            .transfusionRecorded(Transfusion(id: identifier(), units: integer()))
        case .gateOverridden: .gateOverridden(override())
        case .signedOff: .signedOff(signOff())
        case .transfusionOrdered:
            .transfusionOrdered(
                TransfusionOrder(
                    id: identifier(), units: integer(), indication: code(),
                    signature: Signature(prescriber: text(), signedAt: instant()),
                    isIndicated: flag() ? flag() : nil,
                    predicates: array(2) { $0.finding() }.flatMap(\.predicates)))
        case .transfusionOrderFilled:
            .transfusionOrderFilled(
                TransfusionOrderFilled(
                    order: identifier(), transfusion: identifier(),
                    appointment: flag() ? identifier() : nil))
        case .decisionReviewed:
            .decisionReviewed(DecisionReviewed(decision: version(), outcome: code()))
        case .waitlistEntered: .waitlistEntered(waitlistEntry())
        case .waitlistChanged: .waitlistChanged(waitlistEntry())
        case .waitlistOffered:
            .waitlistOffered(
                WaitlistOffer(
                    order: identifier(), appointment: identifier(),
                    freed: optional { $0.identifier() }))
        case .patientMerged:
            .patientMerged(PatientMerged(patient: identifier(), version: version()))
        case .historyCarried:
            .historyCarried(
                CarriedFact(
                    source: identifier(), version: version(), fact: fact(carriedType())))
        case .patientMergedInto: .patientMergedInto(identifier())
        case .patientUnmerged: .patientUnmerged(identifier(), reason: code())
        case .patientUnmergedFrom: .patientUnmergedFrom(identifier(), reason: code())
        case .recordAttributed:
            .recordAttributed(
                RecordAttribution(patient: identifier(), event: version(), owner: code()))
        case .waitlistLeft: .waitlistLeft(WaitlistLeft(order: identifier(), reason: ending()))
        case .recheckOpened: .recheckOpened(recheckOpened())
        case .recheckClosed:
            .recheckClosed(
                RecheckClosed(
                    id: recheckID(), reason: closure(), evidence: array(3) { $0.version() }))
        }
    }

    /// Of those that a merge carries over.
    private mutating func carriedType() -> EventType {
        let types: [EventType] = [
            .labRecorded, .labCorrected, .labRetracted, .weightRecorded, .heightRecorded,
            .clinicalContextSet, .clinicalFactRecorded, .infusionOrdered, .orderHeld,
            .orderReleased, .orderCancelled, .doseStarted, .dosePaused, .doseResumed,
            .doseCompleted, .doseStopped, .reactionLogged, .reactionRegraded, .patientDischarged,
            .transfusionRecorded, .transfusionOrdered, .transfusionOrderFilled,
            .decisionReviewed, .recheckClosed,
        ]
        return generator.pick(types)
    }
}
