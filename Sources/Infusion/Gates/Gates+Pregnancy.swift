extension Gates {
    /// 40w0d is the due date.
    static let gestationDays = 280

    /// G-TRIM1: no intravenous iron in the first trimester (MHRA 2013, EMA; facts §1.6). Pregnant
    /// with gestation unknown is hard, be it the answer that says so, the context or the indication; not
    /// knowing whether, where it is possible, is soft.
    static func firstTrimester(_ question: GateQuestion) -> Finding {
        let source = Gate.firstTrimester.because
        let picture = question.picture
        let screening = question.policy.screening
        guard let known = picture.state.facts.pregnancy.at(picture.at) else {
            return pregnancyUnknown(question, evidence: [])
        }
        let told = Predicate.fact(
            "pregnancy", known.value.name, "in", "not-pregnant, pregnant",
            holds: known.value.isTold,
            source: source, evidence: [known.version])
        switch known.value {
        case .unknown: return pregnancyUnknown(question, evidence: [known.version])
        case .notPregnant:
            if let stated = statedPregnancy(question, denied: known.effectiveAt) {
                return undated(question, [told, stated], evidence: [known.version])
            }
            guard Self.mayBePregnant(question) else {
                return Finding(.firstTrimester, .hard, .passed, [told])
            }
            let days = question.date.days(since: picture.localDate(known.effectiveAt))
            let fresh = days <= screening.pregnancyMaxAgeDays
            let age = Predicate.fact(
                "days-since-asked", days, unit: "d", "<=", screening.pregnancyMaxAgeDays,
                holds: fresh, source: question.policy.because(.pregnancyMaxAgeDays),
                evidence: [known.version])
            return Finding(
                .firstTrimester, fresh ? .hard : .soft, fresh ? .passed : .indeterminate,
                [told, age], next: "ask-about-pregnancy")
        case .pregnant(nil):
            return undated(question, [told], evidence: [known.version])
        case .pregnant(let dueDate?):
            let days = gestationDays - dueDate.days(since: question.date)
            let passes = days >= screening.earliestGestationDays
            return Finding(
                .firstTrimester, .hard, passes ? .passed : .blocked,
                [
                    told,
                    .fact(
                        "gestation", days, unit: "d", ">=", screening.earliestGestationDays,
                        holds: passes, source: question.policy.because(.earliestGestationDays),
                        evidence: [known.version]),
                ], next: "oral-iron-or-obstetrics",
                from: dueDate.adding(days: screening.earliestGestationDays - gestationDays))
        }
    }

    /// G-TRIM23, information and never a gate: from the site's earliest gestation on benefit and risk are
    /// weighed, and with ferric carboxymaltose the foetus is monitored (facts §1.6). Where nobody has
    /// said how far, it cannot be told; what the first trimester asks is G-TRIM1's.
    static func laterPregnancy(_ question: GateQuestion) -> Finding {
        let known = question.picture.state.facts.pregnancy.at(question.picture.at)
        let evidence = known.map { [$0.version] } ?? []
        switch known?.value {
        case .pregnant(let dueDate?): return datedNote(question, dueDate, evidence: evidence)
        case .pregnant(nil): return undatedNote(question, [], evidence: evidence)
        case .notPregnant, .unknown, nil:
            let denied = known?.value == .notPregnant ? known?.effectiveAt : nil
            if let stated = statedPregnancy(question, denied: denied) {
                return undatedNote(question, [stated], evidence: evidence)
            }
            return Finding(
                .laterPregnancy, .information, .passed,
                [
                    .fact(
                        "known-pregnancy", false, "=", "false", holds: true,
                        source: Gate.laterPregnancy.because, evidence: evidence)
                ])
        }
    }

    private static func datedNote(
        _ question: GateQuestion, _ dueDate: CalendarDate, evidence: [EventVersion]
    ) -> Finding {
        let days = gestationDays - dueDate.days(since: question.date)
        let earliest = question.policy.screening.earliestGestationDays
        let isLater = days >= earliest
        let gestation = Predicate.fact(
            "gestation", days, unit: "d", "<", earliest, holds: !isLater,
            source: question.policy.because(.earliestGestationDays), evidence: evidence)
        guard isLater else {
            return Finding(.laterPregnancy, .information, .passed, [gestation])
        }
        let reported = Moiety.ferricCarboxymaltose
        guard question.terms.product.moiety == reported else {
            return Finding(
                .laterPregnancy, .information, .blocked, [gestation],
                next: "weigh-benefit-and-risk")
        }
        let bradycardia = Predicate.fact(
            "foetal-bradycardia-reported-with", reported.rawValue, "not-in", reported.rawValue,
            holds: false, source: Gate.laterPregnancy.because)
        return Finding(
            .laterPregnancy, .information, .blocked, [gestation, bradycardia],
            next: "weigh-benefit-and-risk-and-monitor-fetus")
    }

    /// How far nobody has said, so that the note may be due or not.
    private static func undatedNote(
        _ question: GateQuestion, _ stated: [Predicate], evidence: [EventVersion]
    ) -> Finding {
        let gestation = Predicate.missing(
            "gestation", unit: "d", "<", question.policy.screening.earliestGestationDays,
            source: question.policy.because(.earliestGestationDays), evidence: evidence)
        return Finding(
            .laterPregnancy, .information, .indeterminate, stated + [gestation],
            next: "date-the-pregnancy")
    }

    /// Pregnant, and nobody has said how far.
    private static func undated(
        _ question: GateQuestion, _ told: [Predicate], evidence: [EventVersion]
    ) -> Finding {
        let gestation = Predicate.missing(
            "gestation", unit: "d", ">=", question.policy.screening.earliestGestationDays,
            source: question.policy.because(.earliestGestationDays), evidence: evidence)
        return Finding(
            .firstTrimester, .hard, .indeterminate, told + [gestation], next: "date-the-pregnancy")
    }

    /// What says that the patient is pregnant without saying how far: a context, for as long as it is
    /// active, or the indication of the order, unless the answer is newer that she is not.
    static func statedPregnancy(_ question: GateQuestion, denied: Instant?) -> Predicate? {
        func stated(by what: String, _ evidence: [EventVersion]) -> Predicate {
            .fact(
                "pregnancy-stated-by", what, "=", "none", holds: false,
                source: Gate.firstTrimester.because, evidence: evidence)
        }
        if let contexts = question.picture.contexts, contexts.value.contains(.pregnancy) {
            return stated(by: "context", [contexts.version])
        }
        guard question.terms.indication == .pregnancy else { return nil }
        if let denied, let placed = question.terms.placed, denied > placed.orderedAt { return nil }
        return stated(by: "indication", question.terms.placed.map { [$0.version] } ?? [])
    }

    private static func pregnancyUnknown(
        _ question: GateQuestion, evidence: [EventVersion]
    ) -> Finding {
        if let stated = statedPregnancy(question, denied: nil) {
            return undated(question, [stated], evidence: evidence)
        }
        let source = question.policy.because(.pregnancyMaxAgeDays)
        guard mayBePregnant(question) else {
            return Finding(
                .firstTrimester, .hard, .passed,
                [
                    .fact(
                        "pregnancy", "not possible by sex and age", "in",
                        "not-pregnant, not possible", holds: true, source: source,
                        evidence: question.picture.state.registration.map { [$0.version] } ?? [])
                ])
        }
        return Finding(
            .firstTrimester, .soft, .indeterminate,
            [
                .missing(
                    "pregnancy", "in", "not-pregnant, pregnant", source: source, evidence: evidence)
            ], next: "ask-about-pregnancy")
    }

    /// Not male, and of an age, or of no known one, at which pregnancy is possible.
    private static func mayBePregnant(_ question: GateQuestion) -> Bool {
        guard let registration = question.picture.state.registration else { return true }
        switch registration.gender {
        case .male: return false
        case .female, .other, .unknown:
            guard let age = question.picture.age(on: question.date) else { return true }
            return age.years >= question.policy.screening.youngestChildbearingAge
                && age.years <= question.policy.screening.oldestChildbearingAge
        }
    }
}

extension PregnancyStatus {
    var name: String {
        switch self {
        case .notPregnant: "not-pregnant"
        case .pregnant: "pregnant"
        case .unknown: "unknown"
        }
    }

    var isTold: Bool {
        switch self {
        case .notPregnant, .pregnant: true
        case .unknown: false
        }
    }
}
