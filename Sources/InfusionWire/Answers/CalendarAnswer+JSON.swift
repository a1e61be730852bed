import EventStore
import Foundation
import Infusion
public import InfusionApplication

extension CalendarAnswer {
    /// Chairs and time: the dates with what is known of the site, and every appointment once.
    public var json: JSON {
        let clock = ZoneClock(timeZone)
        return [
            "site": .string(site.name), "timeZone": .string(timeZone.identifier),
            "days": .list(days) { day in
                [
                    "date": .date(day.date),
                    "day": .optional(day.span) { $0.json(by: clock) },
                    "site": .optional(day.site) {
                        $0.json(visit: nil, version: version, position: position)
                    },
                ]
            },
            "appointments": .list(entries) { $0.json(by: clock) },
            "position": .integer(position.value),
        ]
    }
}

extension CalendarEntry {
    fileprivate func json(by clock: ZoneClock) -> JSON {
        [
            "appointment": .id(appointment), "patient": .id(patient), "order": .id(order),
            "kind": .optional(kind) { .name($0) },
            "chair": .string(slot.chair.name), "start": slot.start.json(by: clock),
            "end": slot.end.json(by: clock), "minutes": .integer(minutes),
            "status": .name(status), "expired": .bool(isExpired),
            "heldUntil": .optional(heldUntil) { $0.json(by: clock) },
            "arrived": .optional(arrived) { $0.json(by: clock) },
            "started": .optional(started) { $0.json(by: clock) },
            "discharged": .optional(discharged) { $0.json(by: clock) },
            "capacityOverride": .optional(capacityOverride) { .object($0.members) },
            "changes": .integer(changes), "changedAt": .instant(changedAt),
        ]
    }
}
