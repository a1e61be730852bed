extension DosingRow {
    /// Every interval rule the dose's date breaks (R-5; clinic-local dates, §1.6b).
    ///
    /// Minimum intervals count every intravenous iron, of this course and of others, before and after:
    /// the facts leave open whether another product's dose counts, and the safe reading is that it does.
    public func intervalProblems(
        _ proposal: ProposedDose, indication: ClinicalContext
    ) -> [DosingProblem] {
        let earliest = earliestIntervalDate(proposal, indication: indication)
        return shortProblems(proposal, indication: indication, earliest: earliest)
            + longProblems(proposal)
    }

    /// The same without the first date on which they would hold, whose search takes longest.
    func sequenceProblems(
        _ proposal: ProposedDose, indication: ClinicalContext
    ) -> [DosingProblem] {
        shortProblems(proposal, indication: indication, earliest: nil) + longProblems(proposal)
    }

    /// The first date, from the proposal's own, on which neither an interval nor the weekly limit is hard
    /// against the dose; `nil` when a window has closed, or none is found within 400 days.
    public func earliestDate(
        _ proposal: ProposedDose, for subject: DosingSubject, indication: ClinicalContext
    ) -> CalendarDate? {
        (0...400).lazy.map { proposal.moved(to: proposal.date.adding(days: $0)) }.first {
            candidate in
            let problems =
                shortProblems(candidate, indication: indication, earliest: nil)
                + longProblems(candidate) + weeklyProblems(candidate, for: subject)
            return problems.allSatisfy { $0.severity != .hard }
        }?.date
    }

    private func earliestIntervalDate(
        _ proposal: ProposedDose, indication: ClinicalContext
    ) -> CalendarDate? {
        (0...400).lazy.map { proposal.moved(to: proposal.date.adding(days: $0)) }.first {
            candidate in
            shortProblems(candidate, indication: indication, earliest: nil).isEmpty
                && longProblems(candidate).allSatisfy { $0.severity != .hard }
        }?.date
    }

    private func shortProblems(
        _ proposal: ProposedDose, indication: ClinicalContext, earliest: CalendarDate?
    ) -> [DosingProblem] {
        var problems: [DosingProblem] = []
        for spacing in spacings(proposal, indication: indication)
        where spacing.days < spacing.required {
            problems.append(
                .intervalTooShort(
                    days: spacing.days, required: spacing.required, earliest: earliest))
        }
        let doses = proposal.dosesInFullestWeek
        if let allowed = interval.timesPerWeek, doses > allowed {
            problems.append(.tooOftenInWeek(doses: doses, allowed: allowed, earliest: earliest))
        }
        if let schedule = interval.anchored {
            problems += betweenWindows(proposal, schedule, earliest: earliest)
        }
        return problems
    }

    /// The days to each other dose, and how many they must be at least.
    func spacings(
        _ proposal: ProposedDose, indication: ClinicalContext
    ) -> [(days: Int, required: Int)] {
        let minimum = interval.minimumDays(for: indication)
        return proposal.others.filter { !($0.isTestDose && $0.date == proposal.date) }.map {
            (
                abs(proposal.date.days(since: $0.date)),
                $0.inCourse ? minimum : max(minimum, proposal.minimumDaysBetweenCourses)
            )
        }
    }

    /// A day that no window holds, or whose window another dose of the plan has used.
    private func betweenWindows(
        _ proposal: ProposedDose, _ schedule: AnchoredSchedule, earliest: CalendarDate?
    ) -> [DosingProblem] {
        let day = proposal.dayOfPlan
        guard day <= schedule.lastDay else { return [] }
        let dayOne = proposal.date.adding(days: -day)
        let used = Set(
            proposal.others.filter(\.inCourse).compactMap {
                schedule.slot(holding: $0.date.days(since: dayOne))
            })
        if let slot = schedule.slot(holding: day), !used.contains(slot) { return [] }
        let next = schedule.slots.indices.first { index in
            !used.contains(index) && schedule.slots[index].earliest > day
        }
        guard let next else {
            return [.intervalTooLong(days: day, allowed: schedule.lastDay, severity: .hard)]
        }
        let required = schedule.slots[next].earliest
        return [.intervalTooShort(days: day, required: required, earliest: earliest)]
    }

    private func longProblems(_ proposal: ProposedDose) -> [DosingProblem] {
        var problems: [DosingProblem] = []
        let dates = proposal.others.filter(\.inCourse).map(\.date)
        if let maximum = interval.maximumDays {
            let before = dates.filter { $0 <= proposal.date }.max()
            let after = dates.filter { $0 > proposal.date }.min()
            for neighbour in [before, after].compactMap(\.self) {
                let days = abs(proposal.date.days(since: neighbour))
                if days > maximum {
                    problems.append(.intervalTooLong(days: days, allowed: maximum, severity: .hard))
                }
            }
        }
        if let span = interval.span {
            let all = dates + [proposal.date]
            if let first = all.min(), let last = all.max(), last.days(since: first) > span.days {
                let days = last.days(since: first)
                let soft = span.softDays.map { days <= $0 } ?? true
                problems.append(
                    .intervalTooLong(days: days, allowed: span.days, severity: soft ? .soft : .hard)
                )
            }
        }
        if let schedule = interval.anchored, proposal.dayOfPlan > schedule.lastDay {
            problems.append(
                .intervalTooLong(
                    days: proposal.dayOfPlan, allowed: schedule.lastDay, severity: .hard))
        }
        return problems
    }
}
