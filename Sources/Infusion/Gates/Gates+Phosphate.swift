extension Gates {
    /// G-PO4, hard, ferric carboxymaltose only (boxed warning 08/2026; R-16): (a) the last
    /// phosphate is below the limit; (b) a repeat course within 3 calendar months, and
    /// heart-failure maintenance, without a phosphate after the last course; (c) any repeat course
    /// of a patient at risk without one; (d) where the site asks for one before every dose, any dose
    /// without one after the last (facts §1.7).
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
        let drawn = question.picture.readings(.phosphate).last { reading in
            need.last.map { reading.date >= $0.firstDay } ?? true
        }
        guard let drawn else {
            return Finding(
                .phosphate, .hard, .indeterminate, [missing(need, question)],
                next: "check-phosphate")
        }
        let age = question.date.days(since: drawn.date)
        let fresh = age <= policy.maxAgeDays
        let sinceLast = need.last.map { last in
            Predicate.fact(
                "days-after-last-dose", drawn.date.days(since: last.date), unit: "d", ">=",
                last.days, holds: true, source: "\(need.reason): \(last.because)",
                evidence: need.evidence + [drawn.evidence])
        }
        return Finding(
            .phosphate, .hard, fresh ? .passed : .indeterminate,
            [phosphatePredicate(drawn)] + (sinceLast.map { [$0] } ?? []) + [
                .fact(
                    "days-before-dose", age, unit: "d", "<=", policy.maxAgeDays, holds: fresh,
                    source: "\(need.reason): " + question.policy.because(.phosphateMaxAgeDays),
                    evidence: [drawn.evidence])
            ], next: "check-phosphate")
    }

    private static func missing(_ need: PhosphateNeed, _ question: GateQuestion) -> Predicate {
        guard let last = need.last else {
            return .missing(
                "phosphate", unit: Units.MilligramPerDeciliter.ucum, "present", "phosphate",
                source: question.policy.because(.phosphateBeforeEveryDose))
        }
        return .missing(
            "phosphate-drawn-on", ">=", last.firstDay,
            source: "\(need.reason): \(last.because)", evidence: need.evidence)
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
    /// The last ferric carboxymaltose before this dose.
    struct Last {
        /// The date of its last milligram.
        let date: CalendarDate
        /// So many days after it a phosphate counts.
        let days: Int
        let because: String

        var firstDay: CalendarDate { date.adding(days: days) }
    }

    let reason: String
    /// `nil` before the first dose.
    let last: Last?
    let evidence: [EventVersion]

    /// `nil` when none is: as a rule the first exposure, or a later dose of the same course.
    init?(_ question: GateQuestion) {
        let earlier = question.picture.administered.filter {
            $0.moiety == .ferricCarboxymaltose
                && ($0.end?.given.localDate ?? $0.started.localDate) <= question.date
        }
        let always = question.policy.phosphate.checkBeforeEveryDose
        guard let dose = earlier.last, let end = dose.end else {
            guard always else { return nil }
            self.init(reason: "before-every-dose", last: nil, evidence: [])
            return
        }
        let repeated = Self.repeatReason(question, since: end, ofOrder: dose.order)
        if let repeated {
            let last = Last(
                date: end.given.localDate, days: question.policy.phosphate.earliestDaysAfterDose,
                because: question.policy.because(.phosphateEarliestDaysAfterDose))
            self.init(
                reason: repeated.reason, last: last, evidence: [end.version] + repeated.evidence)
        } else if always {
            // Within a course there is no time for more than the next day.
            let last = Last(
                date: end.given.localDate, days: 1,
                because: question.policy.because(.phosphateBeforeEveryDose))
            self.init(reason: "before-every-dose", last: last, evidence: [end.version])
        } else {
            return nil
        }
    }

    /// Why the label asks for one; `nil` where it does not.
    private static func repeatReason(
        _ question: GateQuestion, since end: DoseRecord.End, ofOrder order: OrderID
    ) -> (reason: String, evidence: [EventVersion])? {
        // The heart-failure plan's week 6 is the same course; 12, 24 and 36 are repeat exposure (ED),
        // whichever order they come under.
        if HeartFailurePlan.isMaintenance(question) { return ("maintenance-dose", []) }
        if order == question.terms.id { return nil }
        let months = question.policy.phosphate.repeatCourseMonths
        if question.date <= end.given.localDate.adding(months: months) {
            return ("repeat-course", [])
        }
        // Nobody having asked about risk factors is not the same as there being none.
        guard let risk = question.picture.state.facts.hypophosphatemiaRisk.at(question.picture.at)
        else { return ("repeat-course-risk-unknown", []) }
        return risk.value ? ("repeat-course-at-risk", [risk.version]) : nil
    }

    private init(reason: String, last: Last?, evidence: [EventVersion]) {
        self.reason = reason
        self.last = last
        self.evidence = evidence
    }
}

/// The Injectafer plan in heart failure: day 1, week 6, then maintenance (facts §1.3, R-3).
enum HeartFailurePlan {
    /// Weeks 12, 24 and 36, with the window before them.
    static func isMaintenance(_ question: GateQuestion) -> Bool {
        guard question.terms.row.heartFailure != nil,
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
