/// The dose in question among all the patient's iron: what the row's intervals and the limit of a week are asked of.
extension GateQuestion {
    /// Among all the iron that has begun, before its date and after it.
    var proposal: ProposedDose {
        let testDose = TestDose(of: terms.product, among: picture.started)
        return ProposedDose(
            amount: amount, date: date,
            others: picture.started.map { dose in
                AdministeredIron(
                    date: dose.started.localDate, amount: dose.counted,
                    inCourse: dose.order == terms.id, isTestDose: testDose?.isTest(dose) ?? false,
                    isStopped: dose.end?.stopped != nil)
            }, plannedTotal: terms.plannedTotal, planDay1: planDay1,
            minimumDaysBetweenCourses: policy.diagnosis.minimumDaysBetweenCourses)
    }

    /// A visit's dose among the iron of the visits to come too, each with the dose whose turn it is once this visit
    /// stands among them.
    var proposalBesideVisits: ProposedDose {
        let given = proposal
        let own = PlannedDose(
            order: terms.id, at: picture.at, date: date, amount: .zero, version: nil)
        let visits = picture.state.inTurn([own] + visits)
        return ProposedDose(
            amount: visits[0].amount, date: date,
            others: given.others
                + visits.dropFirst().map {
                    AdministeredIron(
                        date: $0.date, amount: $0.amount, inCourse: $0.order == terms.id)
                }, plannedTotal: given.plannedTotal, planDay1: given.planDay1,
            minimumDaysBetweenCourses: given.minimumDaysBetweenCourses)
    }

    /// Whether a visit's dose is more than its row allows in seven dates, beside what is given and what is to come.
    var weekProblems: [DosingProblem] { weekProblems(of: proposalBesideVisits) }

    private func weekProblems(of proposal: ProposedDose) -> [DosingProblem] {
        terms.row.weeklyProblems(proposal, for: subjectOfWeek).filter(\.isAboveWeekly)
    }

    /// By the last known weight, however old: the dose itself asks for a fresh one.
    var subjectOfWeek: DosingSubject {
        DosingSubject(
            age: nil, weight: picture.state.weights.at(picture.at)?.value, hemoglobin: nil)
    }

    /// Why a visit is not on its date beside the other iron: the interval or the limit of a week, where they are hard.
    /// What G-INTERVAL and G-CUM refuse a booking for, without all that they say of it.
    var dateProblem: OpeningConstraint? {
        let proposal = proposalBesideVisits
        let sequence = terms.row.sequenceProblems(proposal, indication: terms.indication)
        if sequence.contains(where: { $0.severity == .hard }) { return .interval }
        return weekProblems(of: proposal).isEmpty ? nil : .weeklyLimit
    }
}

extension DosingProblem {
    var isAboveWeekly: Bool {
        switch self {
        case .aboveWeekly: true
        case .belowAge, .aboveAge, .weightOutside, .hemoglobinOutside, .missing, .doseAboveSingle,
            .doseNotPositive, .aboveCourse, .tooManyDoses, .intervalTooShort, .tooOftenInWeek,
            .intervalTooLong,
            .testDoseMissing, .testDoseWait, .wrongContext, .caution:
            false
        }
    }
}
