import Infusion

/// How deep random histories reached, so that a property does not hold by being asked of nothing.
struct HistoryTally {
    /// What is counted, whatever gate it is about.
    enum Happening: String, CaseIterable {
        case completed, stopped, paused, resumed, discharged
        case reactions, transfusions, corrections, retractions
        /// Doses begun in the visit that was booked for their day.
        case booked
        /// Gates that doses passed by an override.
        case overridden
        /// Overrides of somebody who may not, or of a gate that has none.
        case overridesRefused
        /// Overrides of a gate that is not shut.
        case needlessOverrides
        /// Doses refused by a gate that an override was given for, which counts no more.
        case voidOverrides
        /// Doses refused by a gate, and the gates that refused them.
        case refused, refusals
    }

    private(set) var happenings: [Happening: Int] = [:]
    /// Gates that refused a dose, absolute or hard. What G-ORDER asks is asked before the gates are,
    /// and refused in words of its own.
    private(set) var hardRefusals: [Gate: Int] = [:]
    private(set) var softRefusals: [Gate: Int] = [:]
    /// Doses begun, by the dosing row of their order.
    private(set) var rows: [String: Int] = [:]

    mutating func count(_ attempt: RandomHistory.Attempt) {
        switch attempt.result {
        case .success(let events):
            for event in events { count(event.fact, given: attempt.before) }
        case .failure(let refusal): count(refusal, of: attempt.command)
        }
    }

    private mutating func count(_ refusal: Refusal, of command: PatientCommand) {
        if case .overrideNotAllowed = refusal { add(.overridesRefused) }
        if case .gateNotShut = refusal { add(.needlessOverrides) }
        guard case .startDose = command else { return }
        switch refusal {
        case .gatesShut(let findings):
            add(.refused)
            for finding in findings where finding.refusesDose {
                add(.refusals)
                if finding.predicates.contains(where: { $0.name == PredicateName.voidOverride }) {
                    add(.voidOverrides)
                }
                switch finding.severity {
                case .absolute, .hard: hardRefusals[finding.gate, default: 0] += 1
                case .soft, .information: softRefusals[finding.gate, default: 0] += 1
                }
            }
        case .orderNotFound, .orderNotActive, .doseOutsideOrder:
            hardRefusals[.order, default: 0] += 1
        case .patientAlreadyRegistered, .patientNotRegistered, .patientDeceased, .patientErased,
            .patientMerged, .mergeNotPossible, .notMerged, .attributionNotOpen,
            .careNotEnded, .invalidValue, .inTheFuture, .duplicateIdentifier, .labNotFound,
            .labAlreadyRetracted, .unknownProduct, .unknownDosingRow, .orderFullyBooked,
            .hemoglobinNeeded, .sameDayVisit, .appointmentNotFound, .appointmentNotOpen,
            .siteClosed, .chairNotFound, .chairRetired, .chairOutOfService,
            .noResuscitationCover, .afterLastStart, .visitTooShort, .patientElsewhere, .stockShort,
            .capacityOverrideNotAllowed,
            .holdExpired,
            .holdNotExpired, .alreadyOnWaitlist, .notOnWaitlist, .offerNotAnswered, .offerNotOpen,
            .doseNotFound, .doseNotInProgress, .doseNotPaused, .restartNotAllowed,
            .doseStillInProgress, .reactionNotFound, .observationTooShort, .notStable,
            .overrideNotAllowed, .gateNotShut, .signOffNeeded, .recheckNotOpen, .reviewNotOpen:
            break
        }
    }

    private mutating func add(_ happening: Happening) {
        happenings[happening, default: 0] += 1
    }

    private mutating func count(_ fact: PatientFact, given state: PatientState) {
        switch fact {
        case .doseStarted(let dose):
            if let order = state.order(dose.order)?.order {
                rows[order.dosingRow.name, default: 0] += 1
            }
            if dose.appointment != nil { add(.booked) }
            for finding in dose.findings where finding.verdict == .overridden {
                add(.overridden)
            }
        case .doseCompleted: add(.completed)
        case .doseStopped: add(.stopped)
        case .dosePaused: add(.paused)
        case .doseResumed: add(.resumed)
        case .patientDischarged: add(.discharged)
        case .reactionLogged: add(.reactions)
        case .transfusionRecorded: add(.transfusions)
        case .labCorrected: add(.corrections)
        case .labRetracted: add(.retractions)
        case .patientRegistered, .identityCorrected, .labRecorded, .weightRecorded,
            .heightRecorded, .clinicalContextSet, .clinicalFactRecorded, .infusionOrdered,
            .orderHeld, .orderReleased, .orderCancelled, .appointmentBooked, .appointmentMoved,
            .appointmentCancelled, .appointmentMissed, .appointmentHeld, .appointmentConfirmed,
            .holdExpired, .capacityOverridden, .stockReserved, .patientArrived, .visitBegun,
            .visitLeft, .reactionRegraded,
            .gateOverridden, .signedOff, .recheckOpened, .recheckClosed, .patientErased,
            .patientMerged,
            .historyCarried,
            .patientMergedInto, .patientUnmerged, .patientUnmergedFrom,
            .recordAttributed, .chairsideChecked,
            .decisionReviewed, .waitlistEntered, .waitlistChanged,
            .waitlistOffered, .waitlistLeft, .transfusionOrdered, .transfusionOrderFilled:
            break
        }
    }
}
