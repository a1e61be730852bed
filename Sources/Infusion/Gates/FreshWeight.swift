import Foundation

/// The weight a dose may rest on (facts §3.1): not too old, and of the same day where it is low or near
/// a limit of the labels. A stale one is as good as none.
struct FreshWeight {
    static let limits = [35, 50, 70]

    /// How old the weight may be on the day of the dose, and why.
    private struct MaximumAge {
        let days: Int
        let because: String

        init(of weight: Kilograms, _ question: GateQuestion) {
            let policy = question.policy.measurements
            let near = FreshWeight.limits.first {
                abs(weight.value - Decimal($0)) <= Decimal(policy.nearLimitKilograms)
            }
            // An order's first dose is on a day to come; the weight of the dose is asked for then.
            if question.occasion == .ordering {
                self.init(days: policy.weightMaxAgeDays, because: "facts §3.1 (ED)")
            } else if let near {
                self.init(
                    days: 0,
                    because: "facts §3.1, R-42: of the same day within "
                        + "\(policy.nearLimitKilograms) kg of \(near) kg")
            } else if weight.value < Decimal(policy.sameDayWeightKilograms) {
                self.init(
                    days: 0,
                    because: "facts §3.1: of the same day below "
                        + "\(policy.sameDayWeightKilograms) kg")
            } else {
                self.init(days: policy.weightMaxAgeDays, because: "facts §3.1 (ED)")
            }
        }

        private init(days: Int, because: String) {
            self.days = days
            self.because = because
        }
    }

    let known: Kept<Kilograms>?
    let usable: Kilograms?
    /// The weight, the day it was taken on and how old it may be; or that there is none.
    let predicates: [Predicate]

    init(_ question: GateQuestion) {
        known = question.picture.state.weights.at(question.picture.at)
        let unit = Units.Kilogram.ucum
        guard let known else {
            usable = nil
            predicates = [
                .missing("weight", unit: unit, "present", "weight", source: "facts §3.1 (ED)")
            ]
            return
        }
        let maximum = MaximumAge(of: known.value, question)
        let date = question.picture.localDate(known.effectiveAt)
        let age = question.date.days(since: date)
        usable = age <= maximum.days ? known.value : nil
        predicates = [
            .fact(
                "weight", known.value.value, unit: unit, "present", "weight", holds: true,
                source: "facts §3.1", evidence: [known.version]),
            .fact(
                "weighed-on", date, "present", "date", holds: true, source: "facts §3.1",
                evidence: [known.version]),
            .fact(
                "weight-age", age, unit: "d", "<=", maximum.days, holds: age <= maximum.days,
                source: maximum.because, evidence: [known.version]),
        ]
    }
}
