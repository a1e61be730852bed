extension Gates {
    /// G-PO4, hard, ferric carboxymaltose only (boxed warning 08/2026; R-16): (a) the last
    /// phosphate is below the limit; (b) a repeat course within 3 calendar months, and
    /// heart-failure maintenance, without a phosphate after the last course; (c) any repeat course
    /// of a patient at risk without one.
    static func phosphate(_ question: GateQuestion) -> Finding {
        guard question.terms.product.moiety == .ferricCarboxymaltose else {
            return Finding(
                .phosphate, .hard, .passed,
                [
                    .fact(
                        "moiety", question.terms.product.moiety.rawValue, "not-in",
                        Moiety.ferricCarboxymaltose.rawValue, holds: true,
                        source: Gate.phosphate.because)
                ])
        }
        let latest = question.picture.latest(.phosphate)
        if let latest {
            switch isLow(latest) {
            case true:
                return Finding(
                    .phosphate, .hard, .blocked, [phosphatePredicate(latest)],
                    next: "correct-phosphate")
            case nil:
                return Finding(
                    .phosphate, .hard, .indeterminate, [phosphatePredicate(latest)],
                    next: "check-phosphate")
            case false: break
            }
        }
        guard let need = PhosphateNeed(question) else {
            return Finding(
                .phosphate, .hard, .passed,
                (latest.map { [phosphatePredicate($0)] } ?? [])
                    + [
                        .fact(
                            "repeat-exposure", false, "=", "false", holds: true,
                            source: question.policy.because(.phosphateRepeatCourseMonths))
                    ])
        }
        return judge(need, question)
    }

    private static func judge(_ need: PhosphateNeed, _ question: GateQuestion) -> Finding {
        let policy = question.policy.phosphate
        let firstDay = need.lastDate.adding(days: policy.earliestDaysAfterDose)
        guard let drawn = question.picture.readings(.phosphate).last(where: { $0.date >= firstDay })
        else {
            return Finding(
                .phosphate, .hard, .indeterminate,
                [
                    .missing(
                        "phosphate-drawn-on", ">=", firstDay,
                        source: "\(need.reason): "
                            + question.policy.because(.phosphateEarliestDaysAfterDose),
                        evidence: need.evidence)
                ], next: "check-phosphate")
        }
        let age = question.date.days(since: drawn.date)
        let fresh = age <= policy.maxAgeDays
        return Finding(
            .phosphate, .hard, fresh ? .passed : .indeterminate,
            [
                phosphatePredicate(drawn),
                .fact(
                    "days-after-last-dose", drawn.date.days(since: need.lastDate), unit: "d", ">=",
                    policy.earliestDaysAfterDose, holds: true,
                    source: "\(need.reason): "
                        + question.policy.because(.phosphateEarliestDaysAfterDose),
                    evidence: need.evidence + [drawn.evidence]),
                .fact(
                    "days-before-dose", age, unit: "d", "<=", policy.maxAgeDays, holds: fresh,
                    source: "\(need.reason): " + question.policy.because(.phosphateMaxAgeDays),
                    evidence: [drawn.evidence]),
            ], next: "check-phosphate")
    }

    /// Below the laboratory's own lower limit, or 2.5 mg/dL where it names none; `nil` where a
    /// comparator leaves it open.
    static func isLow(_ phosphate: LabFact) -> Bool? {
        PhosphateLimit.isBelow(phosphate.value, referenceLow: phosphate.referenceLow)
    }

    private static func phosphatePredicate(_ phosphate: LabFact) -> Predicate {
        Predicate(
            name: "phosphate", value: phosphate.value.text, unit: Units.MilligramPerDeciliter.ucum,
            comparison: ">=", threshold: "\(phosphate.referenceLow ?? PhosphateLimit.lower)",
            holds: isLow(phosphate).map { !$0 },
            source: phosphate.referenceLow == nil
                ? "clinical facts R-16 (ED M)"
                : "clinical facts R-16: the laboratory's own range (ED M)",
            evidence: [phosphate.evidence])
    }
}

/// Why a phosphate is needed before this dose, and since when it must have been drawn.
private struct PhosphateNeed {
    let reason: String
    /// The date of the last ferric carboxymaltose milligram before this dose.
    let lastDate: CalendarDate
    let evidence: [EventVersion]

    /// `nil` when none is: the first exposure, or a later dose of the same course.
    init?(_ question: GateQuestion) {
        let earlier = question.picture.administered.filter {
            $0.moiety == .ferricCarboxymaltose
                && ($0.end?.given.localDate ?? $0.started.localDate) <= question.date
        }
        guard let last = earlier.last, let end = last.end else { return nil }
        let lastDate = end.given.localDate
        let evidence = [end.version]
        // The heart-failure plan's week 6 is the same course; 12, 24 and 36 are repeat exposure (ED),
        // whichever order they come under.
        if HeartFailurePlan.isMaintenance(question) {
            self.init(reason: "maintenance-dose", lastDate: lastDate, evidence: evidence)
            return
        }
        if last.order == question.terms.id { return nil }
        let months = question.policy.phosphate.repeatCourseMonths
        let risk = question.picture.state.facts.hypophosphatemiaRisk.at(question.picture.at)
        if question.date <= lastDate.adding(months: months) {
            self.init(reason: "repeat-course", lastDate: lastDate, evidence: evidence)
        } else if risk?.value ?? true {
            // Nobody having asked about risk factors is not the same as there being none.
            let reason = risk == nil ? "repeat-course-risk-unknown" : "repeat-course-at-risk"
            self.init(
                reason: reason, lastDate: lastDate,
                evidence: evidence + (risk.map { [$0.version] } ?? []))
        } else {
            return nil
        }
    }

    private init(reason: String, lastDate: CalendarDate, evidence: [EventVersion]) {
        self.reason = reason
        self.lastDate = lastDate
        self.evidence = evidence
    }
}

/// The Injectafer plan in heart failure: day 1, week 6, then maintenance (facts §1.3, R-3).
enum HeartFailurePlan {
    /// Weeks 12, 24 and 36, with the window before them.
    static func isMaintenance(_ question: GateQuestion) -> Bool {
        guard question.terms.row.dose == .heartFailureTable,
            let slots = question.terms.row.interval.anchored?.slots, slots.count > 2
        else { return false }
        let day = question.date.days(since: question.courseStart)
        return day >= slots[2].earliest
    }
}

extension LabValue {
    /// `<15`, `8.2`: the canonical number as it was reported to be.
    var text: String { (comparator?.rawValue ?? "") + "\(canonical)" }
}
