public import EventStore
import Foundation
public import Infusion

extension SiteDay {
    /// - Parameter visit: Minutes of a visit whose last start is asked for.
    public func json(visit: Int?, version: StreamVersion, position: Position) -> JSON {
        let clock = ZoneClock(timeZone)
        return [
            "site": .string(site.name), "date": .date(date),
            "timeZone": .string(timeZone.identifier),
            "day": .optional(day) { $0.json(by: clock) },
            "open": .list(open.all) { $0.json(by: clock) },
            "closures": .list(closures) { closure in
                [
                    "closure": .string(closure.id.name),
                    "from": .string(closure.period.from.description),
                    "until": .string(closure.period.until.description),
                    "reason": .name(closure.reason),
                ]
            },
            "chairs": .list(chairs) { $0.json(of: self, visit: visit, by: clock) },
            "staffing": .list(staffing) { step in
                [
                    "span": step.span.json(by: clock), "nurses": .integer(step.nurses),
                    "resuscitation": .integer(step.resuscitation),
                ]
            },
            "notJudged": .list(notJudged) { .name($0) },
            "limits": [
                "startsPerNurse": .integer(limits[.startsPerNurse]),
                "patientsPerNurse": .integer(limits[.patientsPerNurse]),
                "closingBufferMinutes": .integer(limits[.closingBufferMinutes]),
            ],
            "lastStart": .optional(visit.flatMap { lastStart(of: $0) }) { $0.json(by: clock) },
            "version": .integer(version.value), "position": .integer(position.value),
        ]
    }
}

extension SiteDay.Chair {
    fileprivate func json(of day: SiteDay, visit: Int?, by clock: ZoneClock) -> JSON {
        [
            "chair": .string(chair.id.name), "kind": .name(chair.kind),
            "equipment": .set(chair.equipment),
            "isolated": .bool(chair.isIsolated),
            "usable": .list(usable.all) { $0.json(by: clock) },
            "outages": .list(outages) { outage in
                [
                    "outage": .string(outage.id.name),
                    "from": .string(outage.from.description),
                    "until": .optional(outage.until) { .string($0.description) },
                    "reason": .name(outage.reason),
                ]
            },
            "lastStart": .optional(visit.flatMap { day.lastStart(of: $0, in: chair.id) }) {
                $0.json(by: clock)
            },
        ]
    }
}

extension TimeSpan {
    func json(by clock: ZoneClock) -> JSON {
        ["from": from.json(by: clock), "until": until.json(by: clock)]
    }
}

extension Instant {
    /// The instant, and what the site's clocks show then.
    func json(by clock: ZoneClock) -> JSON {
        ["instant": .instant(self), "local": .string(clock.localTime(of: self).description)]
    }
}
