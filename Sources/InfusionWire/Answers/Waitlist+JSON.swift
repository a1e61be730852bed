import EventStore
public import Infusion
public import InfusionApplication
public import InfusionProjections

extension WaitlistPage {
    /// `GET /v1/sites/{id}/waitlist`.
    public var json: JSON {
        [
            "rows": .list(rows, \.json), "next": .optional(next) { .string($0.token) },
            "position": .integer(position.value),
        ]
    }
}

extension WaitlistRow {
    var json: JSON {
        .object(
            [.init(name: "patient", value: .id(patient))] + request.members + [
                .init(name: "urgency", value: .name(urgency)),
                .init(name: "due", value: .date(due)),
                .init(name: "since", value: .instant(since)),
                .init(name: "status", value: .name(status)),
                .init(name: "offer", value: .optional(offer, \.json)),
                .init(name: "openedPosition", value: .integer(opened.value)),
            ])
    }
}

extension WaitlistRow.Offer {
    var json: JSON { ["appointment": .id(appointment), "until": .instant(until)] }
}

extension WaitlistRequest {
    var members: [JSON.Member] {
        [
            .init(name: "order", value: .id(order)),
            .init(name: "site", value: .optional(site) { .string($0.name) }),
            .init(name: "minutes", value: .integer(minutes)),
            .init(name: "earliest", value: .optional(earliest) { .date($0) }),
            .init(name: "latest", value: .optional(latest) { .date($0) }),
            .init(
                name: "weekdays",
                value: .list(Weekday.allCases.filter(weekdays.contains)) { .name($0) }),
            .init(
                name: "hours",
                value: .optional(hours) {
                    ["from": .string($0.from.description), "until": .string($0.untilText)]
                }),
            .init(name: "noticeHours", value: .integer(noticeHours)),
        ]
    }
}

extension ClockSpan {
    /// A day's end is `24:00`.
    fileprivate var untilText: String { until == .midnight ? "24:00" : until.description }
}

extension WaitlistEntry {
    /// What an event of the timeline says of an entry.
    public var json: JSON { .object(request.members + priority.members) }
}

extension WaitlistPriority {
    fileprivate var members: [JSON.Member] {
        [
            .init(name: "ruleVersion", value: .integer(ruleVersion)),
            .init(name: "urgency", value: .name(urgency)),
            .init(name: "due", value: .date(due)),
            .init(name: "predicates", value: .list(predicates, \.json)),
            .init(name: "evidence", value: .list(evidence) { .integer($0.value) }),
        ]
    }
}

extension WaitlistOffer {
    public var json: JSON {
        [
            "order": .id(order), "appointment": .id(appointment),
            "freed": .optional(freed) { .id($0) },
        ]
    }
}

extension WaitlistLeft {
    public var json: JSON { ["order": .id(order), "reason": reason.json] }
}

extension WaitlistLeft.Reason {
    fileprivate var json: JSON {
        func told(
            _ kind: String, _ visit: AppointmentID? = nil, _ person: CancellationReason? = nil
        ) -> JSON {
            [
                "kind": .string(kind), "appointment": .optional(visit) { .id($0) },
                "person": .optional(person) { .name($0) },
            ]
        }
        return switch self {
        case .booked(let visit): told("booked", visit)
        case .orderEnded: told("orderEnded")
        case .patientDeceased: told("patientDeceased")
        case .patientErased: told("patientErased")
        case .withdrawnByPerson(let reason): told("withdrawnByPerson", nil, reason)
        }
    }
}

extension PatientWaitlist {
    /// `GET /v1/patients/{id}/waitlist`.
    public var json: JSON {
        [
            "patient": .id(patient),
            "entries": .list(entries) { entry in
                .object(
                    entry.request.members + entry.priority.members + [
                        .init(name: "since", value: .instant(entry.enteredAt)),
                        .init(
                            name: "offer",
                            value: entry.left == nil
                                ? .optional(offers[entry.order], \.json) : .null),
                        .init(
                            name: "left",
                            value: .optional(entry.left) {
                                ["at": .instant($0.effectiveAt), "reason": $0.value.json]
                            }),
                    ])
            },
            "position": .integer(position.value),
        ]
    }
}

extension WaitlistOffersAnswer {
    /// `GET /v1/sites/{id}/waitlist/offers`.
    public var json: JSON {
        [
            "site": .string(site.name), "chair": .string(chair.name),
            "free": .list(free) { ["start": .instant($0.from), "end": .instant($0.until)] },
            "freed": .optional(freed) { .id($0) },
            "gaveBack": .list(gaveBack) {
                [
                    "chair": .string($0.chair.name), "start": .instant($0.start),
                    "end": .instant($0.end),
                ]
            },
            "candidates": .list(candidates) {
                ["entry": $0.row.json, "candidacy": $0.candidacy.json]
            },
            "next": .optional(next) { .string($0.token) }, "position": .integer(position.value),
        ]
    }
}

extension WaitlistCandidacy {
    fileprivate var json: JSON {
        var (slot, misfit, until, code, gates): (JSON, JSON, JSON, JSON, JSON) = (
            .null, .null, .null, .null, .array([])
        )
        var constraint = JSON.null
        switch self {
        case .fits(let fit):
            slot = [
                "site": .string(fit.site.name), "chair": .string(fit.chair.name),
                "start": .instant(fit.start), "end": .instant(fit.end),
            ]
        case .unsuitable(let what): misfit = .name(what)
        case .offeredBefore: break
        case .offered(let instant): until = .instant(instant)
        case .refused(let refusal): code = .string(refusal.code)
        case .gatesShut(let shut): gates = .list(shut) { .name($0) }
        case .full(let limit): constraint = .name(limit)
        }
        return [
            "kind": .string(name), "slot": slot, "misfit": misfit, "until": until, "code": code,
            "gates": gates, "constraint": constraint,
        ]
    }
}
