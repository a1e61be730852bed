import Foundation

/// The weight a dose may rest on (facts §3.1): not too old, and of the same day where it is low or near
/// a limit of the labels. A stale one is as good as none.
struct FreshWeight {
    static let limits = [35, 50, 70]

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
                .missing(
                    "weight", unit: unit, "present", "weight",
                    source: question.policy.because(.weightMaxAgeDays))
            ]
            return
        }
        let maximum = Self.maximumAge(of: known.value, question)
        let date = question.picture.localDate(known.effectiveAt)
        let age = question.date.days(since: date)
        let source = question.policy.because(.weightMaxAgeDays)
        usable = age <= maximum.days ? known.value : nil
        predicates = [
            .fact(
                "weight", known.value.value, unit: unit, "present", "weight", holds: true,
                source: source, evidence: [known.version]),
            .fact(
                "weighed-on", date, "present", "date", holds: true, source: source,
                evidence: [known.version]),
            .fact(
                "weight-age", age, unit: "d", "<=", maximum.days, holds: age <= maximum.days,
                source: maximum.because, evidence: [known.version]),
        ]
    }

    private static func maximumAge(
        of weight: Kilograms, _ question: GateQuestion
    ) -> MaximumAge {
        let policy = question.policy.measurements
        let usual = MaximumAge(
            days: policy.weightMaxAgeDays, because: question.policy.because(.weightMaxAgeDays))
        // An order's first dose is on a day to come; the weight of the dose is asked for then.
        if question.occasion == .ordering { return usual }
        let near = limits.first {
            abs(weight.value - Decimal($0)) <= Decimal(policy.nearLimitKilograms)
        }
        if let near {
            return MaximumAge(
                days: 0,
                because: "of the same day within \(policy.nearLimitKilograms) kg of \(near) kg: "
                    + question.policy.because(.nearLimitKilograms))
        }
        if weight.value < Decimal(policy.sameDayWeightKilograms) {
            return MaximumAge(
                days: 0,
                because: "of the same day below \(policy.sameDayWeightKilograms) kg: "
                    + question.policy.because(.sameDayWeightKilograms))
        }
        return usual
    }
}

extension ClinicalPicture {
    /// The last weight before a pregnancy began, unless it is too old by then.
    func weight(beforePregnancyDue dueDate: CalendarDate) -> Kept<Kilograms>? {
        let began = dueDate.adding(days: -Gates.gestationDays)
        let maximum = context.site.policy.measurements.prePregnancyMaxAgeDays
        return state.weights.entries.last { localDate($0.effectiveAt) <= began }.flatMap {
            began.days(since: localDate($0.effectiveAt)) <= maximum ? $0 : nil
        }
    }
}
