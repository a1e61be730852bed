import Foundation

extension DosingRow {
    /// Every way in which a prescription, which has no dates yet, is outside the row.
    /// - Parameter plan: The row's anchored plan, where it had begun before this order was signed.
    public func check(
        prescribed: [Milligrams], for subject: DosingSubject, indication: ClinicalContext,
        plannedTotal: Milligrams?, in plan: RunningPlan? = nil
    ) -> [DosingProblem] {
        var problems = populationProblems(of: subject) + contextProblems(indication) + rowCautions
        for (index, amount) in prescribed.enumerated() {
            problems += doseProblems(
                amount, for: subject, at: DosePosition(number: index + 1, plan: plan))
        }
        problems += courseProblems(prescribed.sum(), for: subject, plannedTotal: plannedTotal)
        problems += countProblems(prescribed.count)
        return problems.withoutRepeats()
    }

    /// Every way in which a dose on its date is outside the row.
    public func check(
        _ proposal: ProposedDose, for subject: DosingSubject, indication: ClinicalContext
    ) -> [DosingProblem] {
        let inCourse = proposal.others.filter(\.inCourse)
        var problems = populationProblems(of: subject) + contextProblems(indication) + rowCautions
        problems += doseProblems(
            proposal.amount + proposal.testDoseOfTheDay, for: subject, at: proposal.position)
        problems += weeklyProblems(proposal, for: subject)
        problems += courseProblems(
            inCourse.map(\.amount).sum() + proposal.amount, for: subject,
            plannedTotal: proposal.plannedTotal)
        problems += countProblems(inCourse.count { !$0.isStopped } + 1)
        problems += intervalProblems(proposal, indication: indication)
        return problems.withoutRepeats()
    }

    /// Age, weight and haemoglobin; what is needed and missing is a problem of its own.
    public func populationProblems(of subject: DosingSubject) -> [DosingProblem] {
        var problems: [DosingProblem] = []
        if let age = subject.age {
            if age < population.minimumAge {
                problems.append(.belowAge(age, required: population.minimumAge))
            } else if let below = population.belowAge, age >= below {
                problems.append(.aboveAge(age, below: below))
            } else if let verified = population.verifiedFrom, age < verified {
                problems.append(.caution(.unverifiedAge))
            }
        } else {
            problems.append(.missing(.age))
        }
        if population.weight != .any {
            if let weight = subject.weight {
                if !population.weight.contains(weight) {
                    problems.append(.weightOutside(weight, allowed: population.weight))
                }
            } else {
                problems.append(.missing(.weight))
            }
        }
        if let below = population.hemoglobinBelow {
            let known = [subject.hemoglobin, subject.currentHemoglobin].compactMap { $0?.banded }
            if subject.hemoglobin == nil { problems.append(.missing(.hemoglobin)) }
            for value in known where value >= below {
                problems.append(.hemoglobinOutside(value, below: below))
            }
        }
        return problems
    }

    private func contextProblems(_ indication: ClinicalContext) -> [DosingProblem] {
        contexts.contains(indication) ? [] : [.wrongContext(indication, labelled: contexts)]
    }

    /// A row whose source is not a label or guideline that was read stays marked at every use.
    private var rowCautions: [DosingProblem] {
        var all = cautions
        if isOffLabel { all.append(.offLabelRow) }
        if source.mark != .verified { all.append(.unverifiedRow) }
        return all.map { .caution($0) }
    }

    private func doseProblems(
        _ amount: Milligrams, for subject: DosingSubject, at position: DosePosition
    ) -> [DosingProblem] {
        guard amount > .zero else { return [.doseNotPositive(amount)] }
        let single: Milligrams
        do {
            single = try limit(for: subject, at: position).single
        } catch {
            return [error]
        }
        var problems: [DosingProblem] = []
        if amount > single { problems.append(.doseAboveSingle(amount, limit: single)) }
        if let weight = subject.weight {
            // §1.3: the table does not state the 15 mg/kg rule; above it a clinician should look (ED).
            if heartFailure != nil, amount.value > weight.value * 15 {
                problems.append(.caution(.heartFailureAbove15PerKilogram))
            }
        }
        // §1.2, FDI-EU: no absolute cap in the EU; Australia and Canada advise at most 1,500 mg (V2).
        if moiety == .ferricDerisomaltose, region == .eu, amount.value > 1500 {
            problems.append(.caution(.derisomaltoseAbove1500))
        }
        return problems
    }

    /// One dose is one course where the label has one, and so on (facts §1.2). A stopped dose is final and
    /// its rest another dose of the order, so that the two are one of the label's.
    private func countProblems(_ doses: Int) -> [DosingProblem] {
        guard let allowed = interval.doses, doses > allowed else { return [] }
        return [.tooManyDoses(doses, allowed: allowed)]
    }

    private func courseProblems(
        _ total: Milligrams, for subject: DosingSubject, plannedTotal: Milligrams?
    ) -> [DosingProblem] {
        var problems: [DosingProblem] = []
        do {
            if let limit = try course(for: subject), total > limit {
                problems.append(.aboveCourse(total, limit: limit, basis: .label))
            }
        } catch {
            problems.append(error)
        }
        if let plannedTotal, total > plannedTotal {
            problems.append(.aboveCourse(total, limit: plannedTotal, basis: .plannedTotal))
        }
        return problems
    }

    /// Rolling seven dates, of every intravenous iron (R-5, §1.6b). A limit in plain milligrams holds
    /// where the weight that the single dose needs is missing too.
    func weeklyProblems(_ proposal: ProposedDose, for subject: DosingSubject) -> [DosingProblem] {
        do {
            guard let limit = try weekly(for: subject) else { return [] }
            let total = proposal.fullestWeek
            return total > limit ? [.aboveWeekly(total, limit: limit)] : []
        } catch {
            return [error]
        }
    }
}

extension ProposedDose {
    /// 25 + 75 mg are the 100 mg of day 1.
    var testDoseOfTheDay: Milligrams {
        others.filter { $0.isTestDose && $0.date == date }.map(\.amount).sum()
    }

    /// Days from plan day 1: given, or the first date of the course.
    var dayOfPlan: Int {
        let first = others.filter(\.inCourse).map(\.date).min() ?? date
        return date.days(since: planDay1 ?? min(first, date))
    }

    /// Among the doses of its course that are not later.
    var position: DosePosition {
        DosePosition(
            number: others.count { $0.inCourse && $0.date <= date } + 1, dayOfPlan: dayOfPlan)
    }

    /// The seven weeks of seven dates that hold the dose.
    var weeks: [ClosedRange<Int>] {
        (date.dayNumber - 6...date.dayNumber).map { $0...$0 + 6 }
    }

    /// With the dose itself, the most of any of them.
    var fullestWeek: Milligrams {
        let sums = weeks.map { week in
            others.filter { week.contains($0.date.dayNumber) }.map(\.amount).sum()
        }
        return (sums.max() ?? .zero) + amount
    }

    /// Days with a dose, the dose's own among them.
    var dosesInFullestWeek: Int {
        let counts = weeks.map { week in
            Set(others.map(\.date.dayNumber).filter(week.contains)).count
        }
        return (counts.max() ?? 0) + 1
    }
}

extension [Milligrams] {
    func sum() -> Milligrams { reduce(.zero, +) }
}

extension [DosingProblem] {
    /// The same problem found by two paths is told once; the order stays.
    func withoutRepeats() -> [DosingProblem] {
        var seen: Set<DosingProblem> = []
        return filter { seen.insert($0).inserted }
    }
}
