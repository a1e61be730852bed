import Infusion
import InfusionJournal
import InfusionWire

/// What an event of the timeline says, in the words of the API. Stored payloads have a format of their own.
extension PatientFact {
    var json: JSON {
        switch self {
        case .patientRegistered(let fact):
            [
                "patient": .id(fact.patient), "identity": fact.identity.json,
                "gender": .name(fact.gender), "site": .string(fact.site.name),
            ]
        case .identityCorrected(let fact):
            ["identity": fact.identity.json, "gender": .name(fact.gender)]
        case .labRecorded(let fact): fact.json
        case .labCorrected(let fact):
            [
                "lab": .id(fact.result), "value": fact.value.json, "status": .name(fact.status),
                "collectedAt": .instant(fact.collectedAt),
            ]
        case .labRetracted(let fact): ["lab": .id(fact.result), "reason": .name(fact.reason)]
        case .weightRecorded(let weight): ["weight": .quantity(weight)]
        case .heightRecorded(let height): ["height": .quantity(height)]
        case .clinicalContextSet(let contexts): ["contexts": .set(contexts)]
        case .clinicalFactRecorded(let fact): ["fact": fact.json]
        case .infusionOrdered(let order): order.json
        case .orderHeld(let id, let reason): ["order": .id(id), "reason": .name(reason)]
        case .orderReleased(let id): ["order": .id(id)]
        case .orderCancelled(let id, let reason): ["order": .id(id), "reason": .name(reason)]
        case .appointmentBooked(let appointment): .object(appointment.members)
        case .appointmentHeld(let appointment, let until):
            .object(appointment.members + [.init(name: "until", value: .instant(until))])
        case .appointmentConfirmed(let id, let findings):
            ["appointment": .id(id), "findings": .list(findings, \.json)]
        case .capacityOverridden(let id, let override):
            .object([.init(name: "appointment", value: .id(id))] + override.members)
        case .stockReserved(let id, let need):
            .object([.init(name: "appointment", value: .id(id))] + need.members)
        case .holdExpired(let id), .patientArrived(let id), .visitBegun(let id):
            ["appointment": .id(id)]
        case .visitLeft(let left):
            [
                "appointment": .id(left.appointment),
                "observedMinutes": .optional(left.observedMinutes) { .integer($0) },
                "stable": .bool(left.stable),
            ]
        case .appointmentMoved(let id, let slot): ["appointment": .id(id), "slot": slot.json]
        case .appointmentCancelled(let id, let reason):
            ["appointment": .id(id), "reason": .name(reason)]
        case .appointmentMissed(let id): ["appointment": .id(id)]
        case .doseStarted(let dose): dose.json
        case .dosePaused(let id, let reason): ["dose": .id(id), "reason": .name(reason)]
        case .doseResumed(let fact): fact.json
        case .doseCompleted(let given): .object(given.members)
        case .doseStopped(let given, let reason):
            .object(given.members + [.init(name: "reason", value: .name(reason))])
        case .reactionLogged(let reaction): reaction.json
        case .reactionRegraded(let id, let grade): ["reaction": .id(id), "grade": grade.json]
        case .patientDischarged(let fact):
            [
                "dose": .id(fact.dose), "observedMinutes": .integer(fact.observedMinutes),
                "stable": .bool(fact.stable),
            ]
        case .transfusionRecorded(let fact):
            ["transfusion": .id(fact.id), "units": .integer(fact.units)]
        case .gateOverridden(let fact): fact.json
        case .signedOff(let fact): fact.json
        case .recheckOpened(let fact): fact.json
        case .recheckClosed(let fact):
            [
                "recheck": .string(fact.id.description), "reason": fact.reason.json,
                "evidence": .list(fact.evidence) { .integer($0.value) },
            ]
        case .patientErased(let reason): ["reason": .name(reason)]
        case .chairsideChecked(let check): check.json
        case .transfusionOrdered(let order): order.json
        case .transfusionOrderFilled(let fact):
            [
                "order": .id(fact.order), "transfusion": .id(fact.transfusion),
                "appointment": .optional(fact.appointment) { .id($0) },
            ]
        case .decisionReviewed(let review):
            ["decision": .integer(review.decision.value), "outcome": .name(review.outcome)]
        case .waitlistEntered(let entry), .waitlistChanged(let entry): entry.json
        case .waitlistOffered(let offer): offer.json
        case .waitlistLeft(let left): left.json
        case .patientMerged(let merged):
            ["patient": .id(merged.patient), "version": .integer(merged.version.value)]
        case .historyCarried(let carried):
            [
                "source": .id(carried.source), "version": .integer(carried.version.value),
                "type": .string(EventType(of: carried.fact).name), "data": carried.fact.json,
            ]
        case .patientMergedInto(let survivor): ["survivor": .id(survivor)]
        case .patientUnmerged(let patient, let reason):
            ["patient": .id(patient), "reason": .name(reason)]
        case .patientUnmergedFrom(let survivor, let reason):
            ["survivor": .id(survivor), "reason": .name(reason)]
        case .recordAttributed(let attribution):
            [
                "patient": .id(attribution.patient), "event": .integer(attribution.event.value),
                "owner": .name(attribution.owner),
            ]
        }
    }
}

extension LabResult {
    var json: JSON {
        [
            "lab": .id(id), "analyte": .name(analyte), "value": value.json,
            "collectedAt": .instant(collectedAt), "status": .name(status),
            "referenceLow": .optional(referenceLow) { .decimal($0) },
            "source": .optional(source, \.json),
        ]
    }
}

extension InfusionOrder {
    var json: JSON {
        [
            "order": .id(id), "product": .string(product.name),
            "dosingRow": .string(dosingRow.name),
            "moiety": .name(moiety), "indication": .name(indication),
            "prescribed": .list(prescribed) { .quantity($0) },
            "plannedTotal": .quantity(plannedTotal), "method": .name(method),
            "need": .optional(need, \.json),
            "whyIntravenous": .optional(whyIntravenous) { .name($0) },
            "signature": [
                "prescriber": .string(signature.prescriber),
                "signedAt": .instant(signature.signedAt),
            ],
            "findings": .list(findings, \.json), "formularyVersion": .string(formularyVersion),
        ]
    }
}

extension TransfusionOrder {
    var json: JSON {
        [
            "order": .id(id), "units": .integer(units), "indication": .name(indication),
            "signature": [
                "prescriber": .string(signature.prescriber),
                "signedAt": .instant(signature.signedAt),
            ],
            "indicated": .optional(isIndicated) { .bool($0) },
            "predicates": .list(predicates, \.json),
        ]
    }
}

extension DoseStarted {
    var json: JSON {
        [
            "dose": .id(id), "order": .id(order), "appointment": .optional(appointment) { .id($0) },
            "product": .string(product.name), "moiety": .name(moiety),
            "planned": .quantity(planned),
            "localDate": .date(localDate), "findings": .list(findings, \.json),
            "formularyVersion": .string(formularyVersion),
        ]
    }
}

extension Appointment {
    fileprivate var members: [JSON.Member] {
        [
            .init(name: "appointment", value: .id(id)), .init(name: "order", value: .id(order)),
            .init(name: "slot", value: slot.json),
            .init(name: "findings", value: .list(findings, \.json)),
        ]
    }
}

extension DoseGiven {
    fileprivate var members: [JSON.Member] {
        [
            .init(name: "dose", value: .id(id)), .init(name: "given", value: .quantity(given)),
            .init(name: "lot", value: .string(lot.text)),
            .init(name: "expiry", value: .date(expiry)),
            .init(name: "localDate", value: .date(localDate)),
        ]
    }
}

extension DoseResumed {
    var json: JSON {
        [
            "dose": .id(id), "ratePercent": .integer(ratePercent), "resolved": .bool(isResolved),
            "role": .name(role),
        ]
    }
}

extension Reaction {
    var json: JSON {
        [
            "reaction": .id(id), "dose": .id(dose), "kind": .name(kind), "grade": grade.json,
            "onsetMinute": .optional(onsetMinute) { .integer($0) },
            "deliveredAtOnset": .optional(deliveredAtOnset) { .quantity($0) },
            "rate": .optional(course.rate) { .quantity($0) },
            "gradeScale": .optional(course.gradeScale) { .name($0) },
            "actions": .set(course.actions), "outcome": .optional(course.outcome) { .name($0) },
        ]
    }
}

extension GateOverride {
    var json: JSON {
        [
            "override": .id(id), "gate": .name(gate), "order": .id(order), "reason": .name(reason),
            "justification": justification.json, "role": .name(role),
            "coSigner": .optional(coSigner) { .string($0) }, "expiresAt": .instant(expiresAt),
            "asked": .optional(asked, \.json), "patientRisk": .optional(patientRisk) { .name($0) },
            "evidenceRef": .optional(evidenceRef, \.json),
        ]
    }
}

extension SignOff {
    var json: JSON {
        var reaction: ReactionID?
        var order: OrderID?
        switch subject {
        case .reaction(let id): reaction = id
        case .order(let id): order = id
        case .clinicalContext: break
        }
        return [
            "reaction": .optional(reaction) { .id($0) }, "order": .optional(order) { .id($0) },
            "lifted": .optional(lifted) { .name($0) }, "reason": .name(reason),
            "justification": justification.json, "role": .name(role),
            "coSigner": .optional(coSigner) { .string($0) },
        ]
    }
}

extension AskedGate {
    fileprivate var json: JSON {
        [
            "ruleVersion": .integer(ruleVersion), "severity": .name(severity),
            "evidence": .list(evidence) { .integer($0.value) },
            "predicates": .optional(predicates) { .list($0, \.json) },
        ]
    }
}

extension RecheckOpened {
    var json: JSON {
        [
            "recheck": .string(id.description), "rule": .name(id.rule),
            "ruleVersion": .integer(ruleVersion), "tests": .set(tests), "earliest": .date(earliest),
            "due": .date(due), "overdueAfter": .date(overdueAfter), "urgency": .name(urgency),
            "reason": .string(reason), "predicates": .list(predicates, \.json),
            "evidence": .list(evidence) { .integer($0.value) },
        ]
    }
}
