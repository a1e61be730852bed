import ChairPlanning
import InfusionWire

extension PlanInstance {
    /// The instance in the format that ``PlanFile`` reads, every default written out.
    var json: JSON {
        guard let now, case .object(let members) = timeless else { return timeless }
        return .object(members + [JSON.Member(name: "now", value: .integer(now))])
    }

    private var timeless: JSON {
        [
            "format": .string(PlanFile.format), "startEvery": .integer(startGridMinutes),
            "days": .list(days) {
                [
                    "opens": .integer($0.opens), "overtimeFrom": .integer($0.overtimeFrom),
                    "closes": .integer($0.closes),
                ]
            },
            "rules": [
                "startsPerNurse": .integer(rules.startsPerNurse),
                "patientsPerNurse": .integer(rules.patientsPerNurse),
                "bufferMinutes": .integer(rules.bufferMinutes),
            ],
            "weights": .object(
                VisitUrgency.allCases.map {
                    JSON.Member(name: $0.rawValue, value: .integer(weights[$0]))
                }),
            "chairs": .list(chairs) {
                [
                    "id": .string($0.id), "tags": .list($0.tags.sorted()) { .string($0) },
                    "available": .list($0.available, JSON.interval),
                ]
            },
            "nurses": .list(nurses) {
                ["id": .string($0.id), "shifts": .list($0.shifts, JSON.interval)]
            },
            "cover": .list(cover, JSON.interval),
            "stock": .object(
                stock.sorted { $0.key < $1.key }.map {
                    JSON.Member(name: $0.key, value: .integer($0.value))
                }),
            "visits": .list(visits, \.json),
        ]
    }
}

extension PlannedVisit {
    fileprivate var json: JSON {
        var members: [JSON.Member] = [
            JSON.Member(name: "id", value: .string(id)),
            JSON.Member(name: "patient", value: .string(patient)),
            JSON.Member(name: "urgency", value: .name(urgency)),
            JSON.Member(
                name: "phases",
                value: .list(phases) {
                    ["minutes": .integer($0.minutes), "nurse": .bool($0.needsNurse)]
                }),
            JSON.Member(name: "turnover", value: .integer(turnoverMinutes)),
            JSON.Member(name: "needs", value: .list(needs.sorted()) { .string($0) }),
        ]
        if let uses {
            members.append(
                JSON.Member(
                    name: "uses",
                    value: ["product": .string(uses.product), "units": .integer(uses.units)]))
        }
        switch timing {
        case .requested(let earliest, let ready, let latest):
            members.append(
                JSON.Member(
                    name: "window",
                    value: [
                        "earliest": .integer(earliest), "ready": .integer(ready),
                        "latest": .integer(latest),
                    ]))
        case .promised(let start, let earlier, let later):
            members.append(
                JSON.Member(
                    name: "promised",
                    value: [
                        "start": .integer(start), "earlier": .integer(earlier),
                        "later": .integer(later),
                    ]))
        case .started(let start, let chair):
            members.append(
                JSON.Member(
                    name: "started", value: ["start": .integer(start), "chair": .string(chair)]))
        }
        return .object(members)
    }
}

extension JSON {
    fileprivate static func interval(_ interval: Range<Int>) -> JSON {
        ["from": .integer(interval.lowerBound), "until": .integer(interval.upperBound)]
    }
}
