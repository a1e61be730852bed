import EventStore
import Infusion
import InfusionApplication
import InfusionWire

extension PatientView {
    func json(asOf: AsOf) -> JSON {
        let facts = state.facts
        return [
            "id": .id(id), "version": .integer(version.value), "position": .integer(position.value),
            "effectiveAt": .optional(asOf.effectiveAt) { .instant($0) },
            "identity": identity.json,
            "gender": .optional(state.registration) { .name($0.gender) },
            "site": .optional(state.registration) { .string($0.site.name) },
            "registeredAt": .optional(state.registration) { .instant($0.registeredAt) },
            "mergedInto": .optional(state.mergedInto) { .id($0.value) },
            "merges": .list(state.merges, \.json),
            "weight": .optional(state.weights.latest) { $0.json { .quantity($0) } },
            "height": .optional(state.heights.latest) { $0.json { .quantity($0) } },
            "contexts": .optional(state.contexts.latest) { $0.json { .set($0) } },
            "facts": facts.json, "ironStatus": .list(ironStatus, \.json),
            "labs": .list(state.labs, \.json), "orders": .list(state.orders, \.json),
            "appointments": .list(state.appointments, \.json), "doses": .list(state.doses, \.json),
            "reactions": .list(state.reactions) { $0.json(in: state) },
            "transfusionOrders": .list(state.transfusionOrders, \.json),
            "transfusions": .list(state.transfusions) { kept in
                kept.json { ["id": .id($0.id), "units": .integer($0.units)] }
            },
            "overrides": .list(state.overrides, \.json),
            "openRechecks": .list(openRechecks) { kept in kept.value.json },
        ]
    }

    /// In the order they opened.
    private var openRechecks: [Kept<RecheckOpened>] {
        state.openRechecks.values.sorted { $0.version < $1.version }
    }
}

extension MergeRecord {
    var json: JSON {
        [
            "patient": .id(patient), "mergedAt": .instant(mergedAt),
            "version": .integer(version.value),
            "unmerged": .optional(unmerged) { .name($0.value) },
            "toAttribute": .list(toAttribute) { .integer($0.value) },
        ]
    }
}

extension IronStatus {
    var json: JSON {
        [
            "context": .name(context), "classification": .string(classification.name),
            "eligibleToStart": .optional(eligibleToStart) { .bool($0) }, "flags": .set(flags),
            "predicates": .list(predicates, \.json),
        ]
    }
}

extension ClinicalFacts {
    var json: JSON {
        [
            "infection": .optional(infection.latest) { $0.json { .bool($0) } },
            "pregnancy": .optional(pregnancy.latest) { $0.json(\.json) },
            "ironAllergies": .list(ironAllergies.entries) { $0.json(\.json) },
            "knownIronOverload": .optional(knownIronOverload.latest) { $0.json { .bool($0) } },
            "hypophosphatemiaRisk": .optional(hypophosphatemiaRisk.latest) {
                $0.json { .bool($0) }
            },
            "cardiovascularDisease": .optional(cardiovascularDisease.latest) {
                $0.json { .bool($0) }
            },
            "therapies": .list(therapies.sorted { $0.key.rawValue < $1.key.rawValue }) { entry in
                [
                    "therapy": .name(entry.key),
                    "active": .optional(entry.value.latest) { $0.json { .bool($0) } },
                ]
            },
            "deceased": .optional(deceased.latest) { $0.json { .bool($0) } },
            "conditions": Self.latest(conditions, "condition", "present") { .bool($0) },
            "symptoms": Self.latest(symptoms, "symptom", "present") { .bool($0) },
            "bleeding": Self.latest(bleeding, "source", "active") { .bool($0) },
            "planned": Self.latest(planned, "event", "on") { date in
                .optional(date) { .date($0) }
            },
            "cancerInfusions": .list(cancerInfusions.entries) { kept in
                kept.json { infusion in
                    [
                        "start": .instant(infusion.start), "end": .instant(infusion.end),
                        "cardiotoxic": .bool(infusion.cardiotoxic),
                    ]
                }
            },
            "happened": Self.latest(happened, "event", "on") { date in
                .optional(date) { .date($0) }
            },
            "tested": Self.latest(tested, "test", "on") { date in
                .optional(date) { .date($0) }
            },
        ]
    }

    /// What was last said of each, by name.
    private static func latest<Name: RawRepresentable<String>, Value>(
        _ timelines: [Name: Timeline<Value>], _ name: String, _ member: String,
        _ json: @escaping (Value) -> JSON
    ) -> JSON {
        .list(timelines.sorted { $0.key.rawValue < $1.key.rawValue }) { entry in
            .object([
                .init(name: name, value: .name(entry.key)),
                .init(name: member, value: .optional(entry.value.latest) { $0.json(json) }),
            ])
        }
    }
}

extension LabRecord {
    var json: JSON {
        [
            "lab": .id(id), "analyte": .name(analyte),
            "referenceLow": .optional(referenceLow) { .decimal($0) },
            "source": .optional(source, \.json), "readable": .bool(isReadable),
            "statements": .list(chain, \.json),
            "retraction": .optional(retraction) { $0.json { .name($0) } },
        ]
    }
}

extension OrderRecord {
    var json: JSON {
        [
            "order": order.json, "orderedAt": .instant(orderedAt), "status": .name(status),
            "holds": .list(holds) { $0.json { .name($0) } },
            "cancellation": .optional(cancellation) { $0.json { .name($0) } },
            "given": .quantity(given), "remaining": .quantity(remaining),
            "version": .integer(version.value),
        ]
    }
}

extension TransfusionOrderRecord {
    var json: JSON {
        [
            "order": order.json, "orderedAt": .instant(orderedAt), "status": .name(status),
            "cancellation": .optional(cancellation) { $0.json { .name($0) } },
            "transfusion": .optional(filled) { .id($0.value.transfusion) },
            "version": .integer(version.value),
        ]
    }
}

extension AppointmentRecord {
    var json: JSON {
        [
            "appointment": .id(id), "order": .id(order), "slot": slot.json,
            "status": .string(status.name), "findings": .list(findings, \.json),
            "capacityOverride": .optional(capacityOverride) { .object($0.members) },
            "stock": .optional(stock) { .object($0.members) },
            "version": .integer(version.value),
        ]
    }
}

extension DoseRecord {
    var json: JSON {
        [
            "started": started.json, "startedAt": .instant(startedAt), "status": .name(status),
            "pauses": .list(pauses) { pause in
                [
                    "reason": .name(pause.reason), "pausedAt": .instant(pause.from),
                    "resumedAt": .optional(pause.resumption) { .instant($0.effectiveAt) },
                    "ratePercent": .optional(pause.resumption) { .integer($0.value.ratePercent) },
                    "version": .integer(pause.version.value),
                ]
            },
            "end": .optional(end) { end in
                [
                    "given": .quantity(end.given.given), "lot": .string(end.given.lot.text),
                    "expiry": .date(end.given.expiry), "endedAt": .instant(end.at),
                    "stopped": .optional(end.stopped) { .name($0) },
                ]
            },
            "discharge": .optional(discharge) { kept in
                kept.json {
                    ["observedMinutes": .integer($0.observedMinutes), "stable": .bool($0.stable)]
                }
            },
            "version": .integer(version.value),
        ]
    }
}

extension ReactionRecord {
    /// With what the algorithm asks for, by the grade of now.
    func json(in state: PatientState) -> JSON {
        [
            "reaction": reaction.json, "observedAt": .instant(at), "grade": grade.json,
            "grades": .list(grades) { $0.json(\.json) }, "class": .name(bedsideClass),
            "steps": .list(BedsideSteps(self, in: state)?.steps ?? [], \.json),
            "version": .integer(version.value),
        ]
    }
}

extension BedsideStep {
    var json: JSON {
        [
            "step": .name(action), "minutes": .optional(minutes) { .integer($0) },
            "until": .optional(until) { .instant($0) }, "done": .optional(isDone) { .bool($0) },
            "source": .string(source),
        ]
    }
}

extension OverrideRecord {
    var json: JSON {
        [
            "override": self.override.json, "grantedAt": .instant(grantedAt),
            "spentBy": .optional(spentBy) { .id($0) }, "version": .integer(version.value),
        ]
    }
}
