import EventStore
import Foundation
import Infusion
public import InfusionApplication
import InfusionProjections

extension UtilizationAnswer {
    public var json: JSON {
        [
            "site": .string(question.site.name), "timeZone": .string(timeZone.identifier),
            "from": .date(question.period.first), "to": .date(question.period.last),
            "terms": [
                "lateAfterMinutes": .integer(question.terms[.lateAfter]),
                "preparationMinutes": .integer(question.terms[.preparation]),
                "startWithinMinutes": .integer(question.terms[.startWithin]),
            ],
            "total": utilization.total.json,
            "days": .list(utilization.days) { day in
                ["date": .date(day.date), "figures": day.figures.json]
            },
            "chairs": .list(utilization.chairs) { chair in
                ["chair": .string(chair.chair.name), "figures": chair.figures.json]
            },
            "position": .integer(position.value),
        ]
    }
}

extension UtilizationFigures {
    /// Whole minutes, the rest cut off.
    fileprivate var json: JSON {
        [
            "visits": [
                "all": .integer(allVisits), "booked": .integer(self[.booked]),
                "arrived": .integer(self[.arrived]), "checkedIn": .integer(self[.checkedIn]),
                "fulfilled": .integer(self[.fulfilled]), "cancelled": .integer(self[.cancelled]),
                "noshow": .integer(self[.noshow]),
            ],
            "holds": ["pending": .integer(holdsPending), "lapsed": .integer(holdsLapsed)],
            "openChairMinutes": .optional(openSeconds) { .integer($0 / 60) },
            "scheduled": [
                "minutes": .integer(scheduledSeconds / 60),
                "utilization": .optional(scheduledUtilization, \.json),
            ],
            "actual": [
                "minutes": .integer(actualSeconds / 60),
                "utilization": .optional(actualUtilization, \.json),
                "untimedVisits": .integer(untimed),
            ],
            "noShow": noShow.json, "cancelled": cancelled.json,
            "cancelledOnTheDay": cancelledSameDay.json, "late": lateArrivals.json,
            "templateAdherence": templateAdherence.json,
            "leadTime": [
                "visits": .integer(leadTimes.minutes.count),
                "medianMinutes": .optional(leadTimes.percentile(50)) { .integer($0) },
                "percentile90Minutes": .optional(leadTimes.percentile(90)) { .integer($0) },
            ],
        ]
    }
}

extension Share {
    fileprivate var json: JSON {
        [
            "numerator": .integer(numerator), "denominator": .integer(denominator),
            "percent": .optional(percent) { .decimal($0) },
        ]
    }
}
