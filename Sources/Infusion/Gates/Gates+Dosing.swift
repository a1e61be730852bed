extension Gates {
    /// G-CUM, hard: administered and planned milligrams against the plan's total, the course's
    /// maximum and any seven dates, all intravenous iron counted; and the doses of the course
    /// against those that the label has (facts §1.2: one dose is one course). Of a visit that is booked, the seven
    /// dates are counted with the others that are, by the last known weight.
    static func cumulativeDose(_ question: GateQuestion) -> Finding {
        DosingCheck(question).finding(
            .cumulativeDose, next: "recalculate", source: question.terms.row.because + "; R-1")
    }

    /// G-INTERVAL, hard: differences of clinic-local dates of doses that have begun, even if
    /// stopped (facts §1.6b, R-5), and 28 days between courses. Of a visit that is booked, between it
    /// and the others that are, too.
    static func interval(_ question: GateQuestion) -> Finding {
        DosingCheck(question).finding(
            .interval, next: "wait-until", source: question.terms.row.because + "; R-5")
    }

    /// G-WTAGE: age, weight and dose limits hard; an indication outside the label soft. An order
    /// signed while an anchored plan runs may hold what is left of it: maintenance, from week 12 on.
    static func weightAndAge(_ question: GateQuestion) -> Finding {
        let isWithinPlan = question.occasion == .ordering && question.runningPlan != nil
        return DosingCheck(question).finding(
            .weightAndAge, next: "review-dosing",
            source: question.terms.row.because + "; R-6"
                + (isWithinPlan ? "; §1.3, R-3: what is left of the plan" : ""))
    }
}

extension DosingRow {
    /// The row and its source, as a comparison says it.
    var because: String { "facts §1.2 \(id): \(source.line)" }
}

extension Gates {
    /// G-HF15, hard: Injectafer in heart failure has no data from a haemoglobin of 15 g/dL on (facts
    /// §1.3), whatever row it is ordered by.
    static func heartFailureHemoglobin(_ question: GateQuestion) -> Finding {
        DosingCheck(question).finding(
            .heartFailureHemoglobin, next: "no-data", source: Gate.heartFailureHemoglobin.because)
    }
}

/// The dosing row's own check, asked with what the picture knows.
struct DosingCheck {
    let question: GateQuestion
    let weight: FreshWeight
    let subject: DosingSubject

    init(_ question: GateQuestion) {
        self.question = question
        weight = FreshWeight(question)
        let newest = question.picture.latest(.hemoglobin)
            .map { GramsPerDeciliter($0.value.canonical) }
        subject = DosingSubject(
            age: question.picture.age(on: question.date), weight: weight.usable,
            hemoglobin: question.terms.planHemoglobin ?? newest, currentHemoglobin: newest)
    }

    /// Of a dose that is asked about or begins: a prescription and a visit are for the whole day's.
    private var testDoseProblems: [DosingProblem] {
        switch question.occasion {
        case .ordering, .booking: return []
        case .reviewing, .starting:
            let testDose = TestDose(of: question.terms.product, among: question.picture.started)
            return testDose?.problem(question.amount, at: question.picture.at).map { [$0] } ?? []
        }
    }

    func problems(of gate: Gate) -> [DosingProblem] {
        let row = question.terms.row
        let indication = question.terms.indication
        let all: [DosingProblem]
        switch (question.occasion, gate) {
        case (.ordering, .cumulativeDose), (.ordering, .weightAndAge),
            (.ordering, .heartFailureHemoglobin):
            all = question.prescriptionProblems {
                row.check(
                    prescribed: question.terms.prescribed, for: subject, indication: indication,
                    plannedTotal: question.terms.plannedTotal, in: question.runningPlan)
            }
        case (.booking, .interval) where !question.visits.isEmpty:
            all = row.intervalProblems(question.proposalBesideVisits, indication: indication)
        case (.booking, .cumulativeDose):
            all = problemsOfDose.filter { !$0.isAboveWeekly } + question.weekProblems
        case (.ordering, _), (.booking, _), (.reviewing, _), (.starting, _): all = problemsOfDose
        }
        return all.filter { $0.gate == gate } + (gate == .heartFailureHemoglobin ? noData : [])
    }

    /// What the label has no data for it has none for under any of its rows: G-HF15 goes by product and
    /// indication (facts §4). The heart-failure row tells it by itself.
    private var noData: [DosingProblem] {
        let terms = question.terms
        guard terms.product.moiety == .ferricCarboxymaltose, terms.product.region == .us,
            terms.indication == .heartFailure, terms.row.population.hemoglobinBelow == nil,
            let current = subject.currentHemoglobin?.banded
        else { return [] }
        let below = question.picture.context.formulary.needs.heartFailure.hemoglobinBelow
        return current >= below ? [.hemoglobinOutside(current, below: below)] : []
    }

    private var problemsOfDose: [DosingProblem] {
        question.doseProblems {
            question.terms.row.check(
                question.proposal, for: subject, indication: question.terms.indication)
                + testDoseProblems
        }
    }

    func finding(_ gate: Gate, next: String, source: String) -> Finding {
        let problems = problems(of: gate)
        if problems.isEmpty {
            return Finding(gate, .hard, .passed, held(of: gate, source: source))
        }
        let hard = problems.filter { $0.severity != .soft && $0.severity != .information }
        let certain = hard.filter { !$0.isIndeterminate }
        let verdict: Verdict = hard.isEmpty || !certain.isEmpty ? .blocked : .indeterminate
        return Finding(
            gate, hard.isEmpty ? .soft : .hard, verdict,
            problems.flatMap { predicates(of: $0, source: source, gate) },
            next: verdict == .indeterminate ? "measure" : next, from: passesFrom(gate, problems))
    }

    /// What is wrong with a weight that cannot be used is told by the weight itself.
    private func predicates(
        of problem: DosingProblem, source: String, _ gate: Gate
    ) -> [Predicate] {
        if problem == .missing(.weight) { return weight.predicates }
        return [
            problem.predicate(
                source: isBetweenCourses(problem)
                    ? question.policy.because(.minimumDaysBetweenCourses) : source,
                evidence: evidence(for: gate))
        ]
    }

    /// Whether it is the days between courses that are too few, and not the row's own.
    private func isBetweenCourses(_ problem: DosingProblem) -> Bool {
        guard case .intervalTooShort(_, let required, _) = problem else { return false }
        let own = question.terms.row.interval.minimumDays(for: question.terms.indication)
        return required > own && required == question.policy.diagnosis.minimumDaysBetweenCourses
    }

    private func passesFrom(_ gate: Gate, _ problems: [DosingProblem]) -> CalendarDate? {
        switch gate {
        case .interval: return problems.compactMap(\.earliest).max()
        case .cumulativeDose:
            guard problems.count == 1, problems[0].isAboveWeekly else { return nil }
            let isVisit = question.occasion == .booking
            return question.terms.row.earliestDate(
                isVisit ? question.proposalBesideVisits : question.proposal,
                for: isVisit ? question.subjectOfWeek : subject,
                indication: question.terms.indication)
        case .order, .diagnosis, .overload, .infection, .anaphylaxisSameProduct,
            .anaphylaxisAnyIron, .firstTrimester, .phosphate, .weightAndAge,
            .notIronDeficiency, .sequestration, .minorReaction, .atopy, .phosphateSymptoms,
            .heartFailureHemoglobin, .magneticResonance, .chemotherapySpacing,
            .cardiotoxicChemotherapy, .aceInhibitor, .liver, .oralIron,
            .erythropoiesisStimulation, .metastaticBreastCancer, .transfusion,
            .transfusionSameDay, .vitals, .staff, .consent, .heartFailureInformation,
            .immunocompromised, .laterPregnancy:
            return nil
        }
    }

    func evidence(for gate: Gate) -> [EventVersion] {
        switch gate {
        case .interval:
            question.picture.started.map(\.version) + question.visits.compactMap(\.version)
        case .cumulativeDose:
            question.picture.started.map { $0.end?.version ?? $0.version }
                + question.visits.compactMap(\.version)
        case .weightAndAge:
            (weight.known.map { [$0.version] } ?? [])
                + (question.picture.state.registration.map { [$0.version] } ?? [])
        case .heartFailureHemoglobin:
            question.picture.latest(.hemoglobin).map { [$0.evidence] } ?? []
        case .order, .diagnosis, .overload, .infection, .anaphylaxisSameProduct,
            .anaphylaxisAnyIron, .firstTrimester, .phosphate,
            .notIronDeficiency, .sequestration, .minorReaction, .atopy, .phosphateSymptoms,
            .magneticResonance, .chemotherapySpacing, .cardiotoxicChemotherapy,
            .aceInhibitor, .liver, .oralIron, .erythropoiesisStimulation,
            .metastaticBreastCancer, .transfusion, .transfusionSameDay, .vitals, .staff,
            .consent, .heartFailureInformation,
            .immunocompromised, .laterPregnancy:
            []
        }
    }
}
