import Infusion

/// How deep random histories reached, so that a property does not hold by being asked of nothing.
struct HistoryTally {
    private(set) var completed = 0
    private(set) var stopped = 0
    private(set) var reactions = 0
    private(set) var transfusions = 0
    private(set) var corrections = 0
    private(set) var retractions = 0
    /// Gates that refused a dose.
    private(set) var refusals: [Gate: Int] = [:]
    /// Gates that a dose passed by an override.
    private(set) var overridden: [Gate: Int] = [:]
    /// Products of which a dose began.
    private(set) var products: Set<ProductKey> = []

    mutating func count(_ attempt: RandomHistory.Attempt) {
        switch attempt.result {
        case .success(let events): for event in events { count(event.fact) }
        case .failure(.gatesShut(let findings)):
            guard case .startDose = attempt.command else { return }
            for finding in findings where finding.refusesDose {
                refusals[finding.gate, default: 0] += 1
            }
        case .failure: break
        }
    }

    private mutating func count(_ fact: PatientFact) {
        switch fact {
        case .doseStarted(let dose):
            products.insert(dose.product)
            for finding in dose.findings where finding.verdict == .overridden {
                overridden[finding.gate, default: 0] += 1
            }
        case .doseCompleted: completed += 1
        case .doseStopped: stopped += 1
        case .reactionLogged: reactions += 1
        case .transfusionRecorded: transfusions += 1
        case .labCorrected: corrections += 1
        case .labRetracted: retractions += 1
        case .patientRegistered, .identityCorrected, .labRecorded, .weightRecorded,
            .heightRecorded, .clinicalContextSet, .clinicalFactRecorded, .infusionOrdered,
            .orderHeld, .orderReleased, .orderCancelled, .appointmentBooked, .appointmentMoved,
            .appointmentCancelled, .appointmentMissed, .appointmentHeld, .appointmentConfirmed,
            .holdExpired, .patientArrived, .dosePaused, .doseResumed, .reactionRegraded,
            .patientDischarged,
            .gateOverridden, .recheckOpened, .recheckClosed, .patientErased, .chairsideChecked,
            .decisionReviewed, .transfusionOrdered, .transfusionOrderFilled:
            break
        }
    }
}
