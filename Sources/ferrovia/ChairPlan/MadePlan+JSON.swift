import ChairPlanning
import Foundation
import InfusionWire

extension MadePlan {
    var json: JSON {
        let report = PlanReport(plan, of: instance)
        let scale = ObjectiveScale(instance)
        return [
            "objective": objective.json(scale),
            "bound": .optional(bound) { $0.json(scale) },
            "gap": .optional(gap) {
                [
                    "member": .name($0.member), "reached": .integer($0.reached),
                    "bound": .integer($0.bound),
                ]
            },
            "seconds": .thousandths(seconds),
            "bookings": .array(
                zip(instance.visits, plan.bookings).compactMap { visit, booking in
                    booking.map {
                        [
                            "visit": .string(visit.id),
                            "chair": .string(instance.chairs[$0.chair].id),
                            "start": .integer($0.start),
                            "end": .integer($0.start + visit.chairMinutes),
                        ]
                    }
                }),
            "unserved": .list(report.unserved, \.json),
            "brokenPromises": .list(report.brokenPromises, \.json),
            "movedPromises": .list(report.movedPromises) {
                [
                    "visit": .string($0.visit), "promised": .integer($0.promised),
                    "start": .integer($0.start),
                ]
            },
            "conflicts": .list(report.conflicts) {
                ["visit": .string($0.visit), "reason": .name($0.reason)]
            },
            "improvements": .list(improvements) {
                ["seconds": .thousandths($0.seconds), "objective": $0.objective.json(scale)]
            },
        ]
    }
}

extension PlanObjective {
    func json(_ scale: ObjectiveScale) -> JSON {
        [
            "unservedWeight": .integer(unservedWeight),
            "overtimeMinutes": .integer(overtimeMinutes),
            "waitingMinutes": .integer(waitingMinutes), "peakNurses": .integer(peakNurses),
            "combined": .integer(scale.combined(self)),
        ]
    }
}

extension UnservedVisit {
    fileprivate var json: JSON { ["visit": .string(visit), "reason": .name(reason)] }
}

extension JSON {
    /// To three digits after the point.
    static func thousandths(_ value: Double) -> JSON {
        .number(
            value.formatted(
                .number.precision(.fractionLength(3)).grouping(.never).locale(
                    Locale(identifier: "en_US_POSIX"))))
    }
}
