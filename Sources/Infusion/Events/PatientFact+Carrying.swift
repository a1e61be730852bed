/// The place that an event of one stream has in another; `nil` where it is not there.
typealias EventRenumbering = (EventVersion) -> EventVersion?

extension PatientFact {
    /// The fact as another stream takes it over at a merge; `nil` for what stays behind: who the patient is, what
    /// was agreed with a chair or a list, what was looked at and allowed for one dose of the day, and what the
    /// rules concluded, which they conclude again.
    func carried(_ number: EventRenumbering) -> PatientFact? {
        switch self {
        case .labRecorded, .labCorrected, .labRetracted, .weightRecorded, .heightRecorded,
            .clinicalContextSet, .clinicalFactRecorded, .orderHeld, .orderReleased,
            .orderCancelled, .dosePaused, .doseResumed, .doseCompleted, .doseStopped,
            .reactionLogged, .reactionRegraded, .patientDischarged, .transfusionRecorded,
            .transfusionOrderFilled:
            return self
        case .infusionOrdered(var order):
            order.findings = order.findings.map { $0.renumbered(number) }
            return .infusionOrdered(order)
        case .doseStarted(var dose):
            dose.findings = dose.findings.map { $0.renumbered(number) }
            return .doseStarted(dose)
        case .transfusionOrdered(let order):
            return .transfusionOrdered(
                TransfusionOrder(
                    id: order.id, units: order.units, indication: order.indication,
                    signature: order.signature, isIndicated: order.isIndicated,
                    predicates: order.predicates.map { $0.renumbered(number) }))
        case .decisionReviewed(let review):
            return number(review.decision).map {
                .decisionReviewed(DecisionReviewed(decision: $0, outcome: review.outcome))
            }
        case .recheckClosed(let closed): return closed.carried(number).map(Self.recheckClosed)
        case .historyCarried(let carried): return carried.fact.carried(number)
        case .patientRegistered, .identityCorrected, .appointmentBooked, .appointmentMoved,
            .capacityOverridden, .stockReserved, .appointmentCancelled, .appointmentMissed,
            .appointmentHeld,
            .appointmentConfirmed, .holdExpired, .patientArrived, .visitBegun, .visitLeft,
            .gateOverridden, .signedOff,
            .recheckOpened, .patientErased, .chairsideChecked, .waitlistEntered, .waitlistChanged,
            .waitlistOffered, .waitlistLeft, .patientMerged, .patientMergedInto,
            .patientUnmerged, .patientUnmergedFrom,
            .recordAttributed:
            return nil
        }
    }
}

extension RecheckClosed {
    /// What a person closed stays closed; what a rule did it does again.
    fileprivate func carried(_ number: EventRenumbering) -> RecheckClosed? {
        switch reason {
        case .satisfied, .superseded, .noLongerNeeded: nil
        case .closedByPerson:
            number(id.anchor).map {
                RecheckClosed(
                    id: RecheckID(rule: id.rule, anchor: $0), reason: reason,
                    evidence: evidence.compactMap(number))
            }
        }
    }
}

extension Finding {
    fileprivate func renumbered(_ number: EventRenumbering) -> Finding {
        Finding(
            gate: gate, ruleVersion: ruleVersion, severity: severity, verdict: verdict,
            predicates: predicates.map { $0.renumbered(number) }, nextStep: nextStep,
            passesFrom: passesFrom)
    }
}

extension Predicate {
    fileprivate func renumbered(_ number: EventRenumbering) -> Predicate {
        Predicate(
            name: name, value: value, unit: unit, comparison: comparison, threshold: threshold,
            holds: holds, source: source, evidence: evidence.compactMap(number))
    }
}
