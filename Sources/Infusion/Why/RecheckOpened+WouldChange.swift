extension RecheckOpened {
    /// What would close the row: the first answer or result that satisfies it, and from which date; else
    /// that a person takes it off. `nil` where it is not open.
    /// - Parameters:
    ///   - state: What is known and true at `instant`, the row open in it.
    public func wouldChange(
        given state: PatientState, at instant: Instant, in context: DecisionContext
    ) -> WouldChange? {
        guard state.openRechecks[id] != nil else { return nil }
        let hypothesis = Hypothesis(state: state, context: context)
        let candidates = RecheckCandidates(row: self, hypothesis: hypothesis, at: instant)
        return WouldChange.first(of: candidates.all, otherwise: .noSingleFact) { trial, at in
            hypothesis.state(after: trial, at: at).map { state in
                state.rechecksClosedByPerson.contains(id)
                    || Rechecks.closes(id, given: state, in: context)
            } ?? false
        }
    }
}

/// The new facts that might close a row of the queue, the easiest to come by first.
private struct RecheckCandidates {
    let row: RecheckOpened
    let hypothesis: Hypothesis
    let at: Instant

    var all: [Candidate] {
        // Before the earliest day nothing satisfies the row; after iron or red cells a result may not
        // count for some days more, which trying tells.
        let first = max(hypothesis.date(at), row.earliest)
        let window = hypothesis.context.site.policy.specimens.ironDays
        let days = (0...window + 1).map { first.adding(days: $0) }
        // The person is always tried, however much was before.
        let last = facts + [closure]
        return days.flatMap { day in looks(on: day) }.prefix(WhyLimits.candidates - last.count)
            + last
    }

    /// What takes the row's ground away, where no result alone does.
    private var facts: [Candidate] {
        let make = CandidateMaker(hypothesis: hypothesis, at: at)
        switch row.id.rule {
        case .hemoglobinResponse: return betterHemoglobin(make)
        case .beforeDelivery:
            return [make.answer("pregnancy", "not-pregnant", .pregnancy(.notPregnant))]
        case .preOperative:
            return [make.answer("planned-surgery", "none", .planned(.surgery, on: nil))]
        case .oncologyIronPanel:
            return [
                make.answer("planned-cycle", "none", .planned(.cancerTreatmentCycle, on: nil))
            ]
        case .erythropoiesisStimulation: return [make.no(.erythropoiesisStimulatingAgent)]
        case .symptomCheck, .hemoglobinTrend, .ironStores, .phosphate, .phosphateSymptoms,
            .fullIronPanel, .heartFailureWeek12, .heartFailureWeek24, .heartFailureWeek36,
            .heartFailure, .ckdIronPanel, .hemodialysisBloodCount, .hemodialysisIronPanel,
            .oncologyBloodCount, .bowelDiseaseSurveillance, .generalSurveillance, .ferumoxytol,
            .afterTransfusion, .infection:
            return []
        }
    }

    /// Where there was no response: the least haemoglobin that is one, or that is normal.
    private func betterHemoglobin(_ make: CandidateMaker) -> [Candidate] {
        let picture = ClinicalPicture(
            state: hypothesis.state, context: hypothesis.context, at: at)
        let course = picture.administered.last.flatMap { ResponseCourse($0.order, picture) }
        let response = hypothesis.context.site.policy.response
        let limits = [
            course?.baseline.map { $0.value.canonical + response.partialRise },
            picture.anemiaBelow(at: at),
        ].compactMap(\.self).map { Choice.Limit(.atLeast, $0) }
        return Analyte.hemoglobin.choices(
            limits, known: picture.latest(.hemoglobin)?.value.canonical
        )
        .map { make.result(.hemoglobin, $0) }
    }

    private func looks(on day: CalendarDate) -> [Candidate] {
        let make = CandidateMaker(hypothesis: hypothesis, at: hypothesis.moment(at, on: day))
        let tests = Analyte.allCases.filter(row.tests.contains)
        if row.id.rule == .infection {
            return [
                make.answer("active-infection", "false", .infection(active: false)),
                make.no(.intravenousAntibiotic),
            ]
        }
        if tests.isEmpty { return [make.no(.bonePain)] }
        return tests.map { make.any([$0]) } + (tests.count > 1 ? [make.any(tests)] : [])
    }

    private var closure: Candidate {
        Candidate(
            fact: NewFact(
                .closure, row.id.description, nil, "present", "a person's reason",
                on: hypothesis.date(at)),
            trials: [.command(.closeRecheck(row.id, reason: .clinicianDecision))], at: at)
    }
}
