import EventStore
import Foundation
import Infusion
public import InfusionApplication

extension OpeningsAnswer {
    /// `GET /v1/sites/{id}/openings`.
    public var json: JSON {
        [
            "site": .string(site.name), "timeZone": .string(timeZone.identifier),
            "order": .optional(order) { .id($0) }, "from": .date(first), "to": .date(last),
            "minutes": .integer(openings.minutes),
            "dose": .optional(openings.dose) { .quantity($0) },
            "row": .optional(openings.row) { .string($0.name) },
            "due": .optional(openings.due) { .date($0) },
            "openings": .list(openings.openings) { $0.json(by: ZoneClock(timeZone)) },
            "courses": .list(openings.courses) { course in
                [
                    "visits": .list(course.visits) { $0.json(by: ZoneClock(timeZone)) },
                    "points": .integer(course.points),
                ]
            },
            "days": .list(days, \.json),
            "notJudged": .list(openings.notJudged) { .name($0) },
            "position": .integer(position.value),
        ]
    }

    /// Beside a refusal: each as a booking is sent, and how far it is from what was asked for.
    public var alternatives: JSON {
        let clock = ZoneClock(timeZone)
        return .list(openings.openings) { $0.alternative(by: clock) }
    }
}

extension Opening {
    /// - Parameter clock: Of the site, to say also what its wall clock shows.
    fileprivate func json(by clock: ZoneClock) -> JSON {
        [
            "chair": .string(slot.chair.name), "start": .instant(slot.start),
            "end": .instant(slot.end),
            "local": .string(clock.localTime(of: slot.start).description),
            "utcOffset": .string(clock.utcOffset(at: slot.start)), "date": .date(date),
            "chairsFree": .integer(chairsFree), "rank": rank.json,
            "freshLabs": .optional(freshLabs, \.json),
        ]
    }

    fileprivate func alternative(by clock: ZoneClock) -> JSON {
        [
            "site": .string(slot.site.name), "chair": .string(slot.chair.name),
            "start": .instant(slot.start), "end": .instant(slot.end),
            "local": .string(clock.localTime(of: slot.start).description),
            "utcOffset": .string(clock.utcOffset(at: slot.start)), "date": .date(date),
            "minutesAway": .integer(rank.points), "freshLabs": .optional(freshLabs, \.json),
        ]
    }
}

extension OpeningRank {
    fileprivate var json: JSON {
        [
            "points": .integer(points), "daysFromDue": .integer(daysFromDue),
            "unmet": .list(unmet) { .name($0) },
            "loadPercent": .optional(loadPercent) { .integer($0) },
        ]
    }
}

extension FreshLabs {
    fileprivate var json: JSON {
        [
            "analytes": .list(analytes) { .name($0) }, "from": .date(from), "by": .date(by),
            "recheck": .optional(recheck) { .string($0.description) },
        ]
    }
}

extension OpeningDay {
    fileprivate var json: JSON {
        [
            "date": .date(date), "starts": .integer(starts),
            "constraint": .optional(constraint) { .name($0) },
            "gates": .list(gates) { .name($0) }, "freshLabs": .optional(freshLabs, \.json),
        ]
    }
}
