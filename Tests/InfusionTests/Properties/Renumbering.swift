import Infusion

/// The same facts with the events they refer to called otherwise, so that two histories compare by
/// what they say. What the function has no number for is left out.
typealias EventNumbering = (EventVersion) -> EventVersion?

extension Infusion.Predicate {
    func renumbered(_ number: EventNumbering) -> Infusion.Predicate {
        Infusion.Predicate(
            name: name, value: value, unit: unit, comparison: comparison, threshold: threshold,
            holds: holds, source: source, evidence: evidence.compactMap(number))
    }
}

extension Finding {
    func renumbered(_ number: EventNumbering) -> Finding {
        Finding(
            gate: gate, ruleVersion: ruleVersion, severity: severity, verdict: verdict,
            predicates: predicates.map { $0.renumbered(number) }, nextStep: nextStep,
            passesFrom: passesFrom)
    }
}

extension RecheckID {
    func renumbered(_ number: EventNumbering) -> RecheckID {
        RecheckID(rule: rule, anchor: number(anchor) ?? .none)
    }
}

extension RecheckOpened {
    func renumbered(_ number: EventNumbering) -> RecheckOpened {
        RecheckOpened(
            id: id.renumbered(number), ruleVersion: ruleVersion, tests: tests, earliest: earliest,
            due: due, overdueAfter: overdueAfter, urgency: urgency, reason: reason,
            predicates: predicates.map { $0.renumbered(number) },
            evidence: evidence.compactMap(number))
    }
}

extension Refusal {
    func renumbered(_ number: EventNumbering) -> Refusal {
        switch self {
        case .gatesShut(let findings): .gatesShut(findings.map { $0.renumbered(number) })
        case .recheckNotOpen(let id): .recheckNotOpen(id.renumbered(number))
        case .reviewNotOpen(let decision): .reviewNotOpen(number(decision) ?? .none)
        case .attributionNotOpen(let event): .attributionNotOpen(number(event) ?? .none)
        case .patientAlreadyRegistered, .patientNotRegistered, .patientDeceased, .patientErased,
            .patientMerged, .mergeNotPossible, .notMerged,
            .careNotEnded, .invalidValue, .inTheFuture, .duplicateIdentifier, .labNotFound,
            .labAlreadyRetracted, .unknownProduct, .unknownDosingRow, .orderNotFound,
            .orderNotActive, .orderFullyBooked, .hemoglobinNeeded, .sameDayVisit,
            .appointmentNotFound, .appointmentNotOpen, .holdExpired, .holdNotExpired,
            .siteClosed, .chairNotFound, .chairRetired, .chairOutOfService,
            .noResuscitationCover, .afterLastStart, .visitTooShort, .patientElsewhere, .stockShort,
            .capacityOverrideNotAllowed,
            .alreadyOnWaitlist, .notOnWaitlist, .offerNotAnswered, .offerNotOpen,
            .doseNotFound, .doseNotInProgress, .doseNotPaused, .restartNotAllowed,
            .doseStillInProgress, .doseOutsideOrder,
            .reactionNotFound, .observationTooShort, .notStable, .overrideNotAllowed,
            .gateNotShut, .signOffNeeded:
            self
        }
    }
}

extension PatientEvent {
    func renumbered(_ number: EventNumbering) -> PatientEvent {
        PatientEvent(effectiveAt: effectiveAt, fact: fact.renumbered(number))
    }
}

extension Appointment {
    fileprivate func renumbered(_ number: EventNumbering) -> Appointment {
        Appointment(
            id: id, order: order, slot: slot, findings: findings.map { $0.renumbered(number) })
    }
}

extension PatientFact {
    func renumbered(_ number: EventNumbering) -> PatientFact {
        switch self {
        case .infusionOrdered(let order): .infusionOrdered(order.renumbered(number))
        case .appointmentBooked(let appointment):
            .appointmentBooked(appointment.renumbered(number))
        case .appointmentHeld(let appointment, let until):
            .appointmentHeld(appointment.renumbered(number), until: until)
        case .appointmentConfirmed(let id, let findings):
            .appointmentConfirmed(id, findings: findings.map { $0.renumbered(number) })
        case .doseStarted(let dose): .doseStarted(dose.renumbered(number))
        case .recheckOpened(let opened): .recheckOpened(opened.renumbered(number))
        case .transfusionOrdered(let order):
            .transfusionOrdered(
                TransfusionOrder(
                    id: order.id, units: order.units, indication: order.indication,
                    signature: order.signature, isIndicated: order.isIndicated,
                    predicates: order.predicates.map { $0.renumbered(number) }))
        case .waitlistEntered(let entry): .waitlistEntered(entry.renumbered(number))
        case .waitlistChanged(let entry): .waitlistChanged(entry.renumbered(number))
        case .decisionReviewed(let review):
            .decisionReviewed(
                DecisionReviewed(
                    decision: number(review.decision) ?? .none, outcome: review.outcome))
        case .recordAttributed(let attribution):
            .recordAttributed(
                RecordAttribution(
                    patient: attribution.patient, event: number(attribution.event) ?? .none,
                    owner: attribution.owner))
        case .historyCarried(let carried):
            .historyCarried(
                CarriedFact(
                    source: carried.source, version: carried.version,
                    fact: carried.fact.renumbered(number)))
        case .recheckClosed(let closed):
            .recheckClosed(
                RecheckClosed(
                    id: closed.id.renumbered(number), reason: closed.reason,
                    evidence: closed.evidence.compactMap(number)))
        case .gateOverridden(let override): .gateOverridden(override.renumbered(number))
        case .patientRegistered, .identityCorrected, .labRecorded, .labCorrected, .labRetracted,
            .weightRecorded, .heightRecorded, .clinicalContextSet, .clinicalFactRecorded,
            .orderHeld, .orderReleased, .orderCancelled, .appointmentMoved,
            .appointmentCancelled, .appointmentMissed,
            .holdExpired, .capacityOverridden, .stockReserved, .patientArrived, .visitBegun,
            .visitLeft, .dosePaused,
            .doseResumed,
            .doseCompleted,
            .doseStopped,
            .reactionLogged, .reactionRegraded, .patientDischarged, .transfusionRecorded,
            .signedOff,
            .patientErased, .chairsideChecked, .patientMerged,
            .patientMergedInto, .patientUnmerged, .patientUnmergedFrom, .transfusionOrderFilled,
            .waitlistOffered, .waitlistLeft:
            self
        }
    }
}

extension InfusionOrder {
    fileprivate func renumbered(_ number: EventNumbering) -> InfusionOrder {
        InfusionOrder(
            id: id, product: product, dosingRow: dosingRow, moiety: moiety,
            indication: indication, prescribed: prescribed, plannedTotal: plannedTotal,
            method: method, need: need, whyIntravenous: whyIntravenous, signature: signature,
            findings: findings.map { $0.renumbered(number) }, formularyVersion: formularyVersion)
    }
}

extension DoseStarted {
    fileprivate func renumbered(_ number: EventNumbering) -> DoseStarted {
        DoseStarted(
            id: id, order: order, appointment: appointment, product: product, moiety: moiety,
            planned: planned, localDate: localDate,
            findings: findings.map { $0.renumbered(number) }, formularyVersion: formularyVersion)
    }
}

extension GateOverride {
    fileprivate func renumbered(_ number: EventNumbering) -> GateOverride {
        GateOverride(
            id: id, gate: gate, order: order, reason: reason, justification: justification,
            role: role, coSigner: coSigner, expiresAt: expiresAt,
            asked: asked.map {
                AskedGate(
                    ruleVersion: $0.ruleVersion, severity: $0.severity,
                    evidence: $0.evidence.compactMap(number).sorted(),
                    predicates: $0.predicates?.map { $0.renumbered(number) })
            }, patientRisk: patientRisk, evidenceRef: evidenceRef)
    }
}
