import Foundation

extension ResponseAssessment {
    /// The answer to a course as it stands at `instant`; `nil` while no iron was given.
    /// - Parameter order: `nil` for the last course that iron was given in.
    public static func assess(
        _ order: OrderID? = nil, given state: PatientState, at instant: Instant,
        in context: DecisionContext
    ) -> ResponseAssessment? {
        let picture = ClinicalPicture(state: state, context: context, at: instant)
        guard let course = ResponseCourse(order, picture) else { return nil }
        let level = LevelJudgement(course)
        let causes = ResponseCauses(course, level)
        let verdicts = causes.verdicts
        return ResponseAssessment(
            order: course.order.id, lastDose: course.lastDose, days: course.days,
            level: level.level, isProvisional: level.isProvisional,
            isEarlyTrend: level.isEarlyTrend, isIronReplete: course.isIronReplete,
            predicates: level.predicates, verdicts: verdicts, missing: causes.missing,
            missingTests: causes.missingTests(for: verdicts))
    }
}

/// Facts §7.1 with R-31: which level a course has reached.
struct LevelJudgement {
    let level: ResponseLevel
    let isProvisional: Bool
    let isEarlyTrend: Bool
    let predicates: [Predicate]
    /// From the baseline to the newest answering haemoglobin, g/dL; `nil` without either.
    let rise: Decimal?
    /// Days from the last milligram to that haemoglobin.
    let answeredOn: Int?

    private static let unit = Units.GramPerDeciliter.ucum

    init(_ course: ResponseCourse) {
        let baseline = course.baseline
        let (limit, normal) = course.picture.anemiaLimit(at: course.picture.at)
        let newest = course.answering(.hemoglobin).last
        let isAnemic = baseline.map {
            ReportedRange($0.value.canonical, $0.value.comparator).isBelow(limit) ?? true
        }
        isEarlyTrend = Self.earlyTrend(course, baseline)
        var predicates: [Predicate] = []
        if let baseline {
            predicates.append(
                course.comparison(
                    "baseline-hemoglobin", baseline, "<", limit, isAnemic, normal))
        } else {
            predicates.append(
                .missing("baseline-hemoglobin", unit: Self.unit, "<", limit, source: normal))
        }
        let since = Self.disturbances(course, until: newest)
        predicates += since
        let answer = newest?.date.days(since: course.lastDose)
        answeredOn = answer
        let limits = course.limits
        guard let newest, let answer else {
            rise = nil
            isProvisional = true
            let isEarly = course.next == nil && course.days < limits.firstDays
            let isSpoilt = baseline == nil || !since.isEmpty || course.next != nil
            level = isEarly ? .tooEarly : isSpoilt ? .notAssessable : .pending
            predicates += Self.ended(course)
            predicates.append(
                .missing(
                    "hemoglobin-from-day-\(limits.firstDays)", unit: Self.unit, "present",
                    "hemoglobin", source: course.because(.responseFirstDays)))
            self.predicates = predicates
            return
        }
        let isFinal = answer >= limits.finalDays
        isProvisional = !isFinal
        guard let baseline, since.isEmpty else {
            rise = nil
            level = .notAssessable
            self.predicates = predicates
            return
        }
        let rise = newest.value.canonical - baseline.value.canonical
        self.rise = rise
        let isNormal =
            ReportedRange(newest.value.canonical, newest.value.comparator).isAtLeast(limit) ?? false
        predicates += [
            .fact(
                "hemoglobin-rise", rise, unit: Self.unit, ">=", limits.rise,
                holds: rise >= limits.rise, source: course.because(.responseRise),
                evidence: [baseline.evidence, newest.evidence]),
            course.comparison("hemoglobin", newest, ">=", limit, isNormal, normal),
            .fact(
                "days-since-last-dose", answer, unit: "d", ">=", limits.finalDays,
                holds: isFinal, source: course.because(.responseFinalDays),
                evidence: [course.end.version, newest.evidence]),
        ]
        let judged =
            isAnemic == false
            ? Self.byStores(course, isFinal: isFinal)
            : Self.byRise(rise, isNormal: isNormal, isFinal: isFinal, limits)
        switch judged {
        case .responder, .partial, .nonResponder, .notAssessable: level = judged
        // What they wait for cannot come any more.
        case .pending, .tooEarly:
            level = course.next == nil ? judged : .notAssessable
            predicates += Self.ended(course)
        }
        self.predicates = predicates
    }

    /// That the next course ended this one's answer, where it did.
    private static func ended(_ course: ResponseCourse) -> [Predicate] {
        guard let next = course.next else { return [] }
        return [
            .fact(
                "next-course", next.started.localDate, "=", "none", holds: false,
                source: ResponseLevel.notAssessable.because, evidence: [next.version])
        ]
    }

    private static func byRise(
        _ rise: Decimal, isNormal: Bool, isFinal: Bool, _ limits: ClinicalPolicy.Response
    ) -> ResponseLevel {
        if rise >= limits.rise || isNormal { return .responder }
        if rise >= limits.partialRise { return .partial }
        if isFinal { return .nonResponder }
        return rise >= limits.pendingRise ? .tooEarly : .pending
    }

    /// Who was not anaemic is judged on ferritin and saturation (facts §7.1, heart failure).
    private static func byStores(_ course: ResponseCourse, isFinal: Bool) -> ResponseLevel {
        switch course.isIronReplete {
        case true?: .responder
        case false?: isFinal ? .nonResponder : .pending
        case nil: .pending
        }
    }

    /// What stands between the baseline and the answer: red cells, an ESA begun, a bleed begun. What
    /// had begun before and is told again is none, what has ended meanwhile is one all the same.
    private static func disturbances(
        _ course: ResponseCourse, until answer: LabFact?
    ) -> [Predicate] {
        let picture = course.picture
        let from = course.baseline?.collectedAt ?? course.firstDose.startedAt
        let until = answer?.collectedAt ?? picture.at
        let between = { (instant: Instant) in instant > from && instant <= until }
        var found: [Predicate] = []
        func because(_ name: String, _ value: String, _ evidence: [EventVersion]) {
            found.append(
                .fact(
                    name, value, "=", "none", holds: false,
                    source: ResponseLevel.notAssessable.because, evidence: evidence))
        }
        func begun(_ told: Timeline<Bool>?) -> [Kept<Bool>] {
            told?.beginnings.filter { between($0.effectiveAt) } ?? []
        }
        let facts = picture.state.facts
        for transfusion in picture.state.transfusions where between(transfusion.effectiveAt) {
            because("transfusion", "\(transfusion.value.units) units", [transfusion.version])
        }
        for agent in begun(facts.therapies[.erythropoiesisStimulatingAgent]) {
            because("esa-started", "true", [agent.version])
        }
        for source in BleedingSource.allCases {
            for told in begun(facts.bleeding[source]) {
                because("bleeding", source.rawValue, [told.version])
            }
        }
        return found
    }

    /// BSG: up so far within two weeks suggests iron deficiency; a sign, and no verdict.
    private static func earlyTrend(_ course: ResponseCourse, _ baseline: LabFact?) -> Bool {
        guard let baseline else { return false }
        let limits = course.limits
        return course.since(.hemoglobin).contains { lab in
            (limits.trendFirstDays...limits.trendLastDays)
                .contains(lab.date.days(since: course.lastDose))
                && lab.value.canonical - baseline.value.canonical >= limits.trendRise
        }
    }
}
