/// One visit of a split total, counted from the first.
public struct PlannedVisit: Hashable, Sendable {
    public let day: Int
    public let dose: Milligrams
}

extension DosingRow {
    /// The fewest visits that hold `total` under the row's limits, each as early as the limits allow.
    ///
    /// A proposal for a person to sign, never an order. Where a weekly limit is the only rule between two
    /// doses the visits stand at least seven dates apart, as `2000 → 1000 + 1000` does. Throws the limit
    /// that makes the total impossible.
    public func split(
        _ total: Milligrams, for subject: DosingSubject, indication: ClinicalContext
    ) throws(DosingProblem) -> [PlannedVisit] {
        guard total > .zero else { throw .doseNotPositive(total) }
        if let problem = populationProblems(of: subject).first(where: { $0.severity == .hard }) {
            throw problem
        }
        if let limit = try limit(for: subject).course, total > limit {
            throw .aboveCourse(total, limit: limit, basis: .label)
        }
        if let heartFailure { return try heartFailureVisits(total, for: subject, by: heartFailure) }
        let dayOne = CalendarDate(dayNumber: 0)
        var visits: [PlannedVisit] = []
        var remaining = total
        while remaining > .zero {
            let gap = visits.isEmpty ? 0 : max(1, usualGap)
            let from = (visits.last?.day ?? 0) + gap
            let others = visits.map {
                AdministeredIron(date: dayOne.adding(days: $0.day), amount: $0.dose, inCourse: true)
            }
            let single = try limit(for: subject, at: DosePosition(number: visits.count + 1)).single
            guard single > .zero else { throw .doseAboveSingle(remaining, limit: single) }
            let amount = min(single, remaining)
            let proposal = ProposedDose(
                amount: amount, date: dayOne.adding(days: from), others: others, plannedTotal: nil)
            guard let date = earliestDate(proposal, for: subject, indication: indication) else {
                throw longestProblem(proposal)
            }
            visits.append(PlannedVisit(day: date.dayNumber, dose: amount))
            remaining = remaining - amount
        }
        return visits
    }

    /// The table's own doses on their own days; no other split of a heart-failure total exists.
    private func heartFailureVisits(
        _ total: Milligrams, for subject: DosingSubject, by table: HeartFailureTable
    ) throws(DosingProblem) -> [PlannedVisit] {
        var remaining = total
        var visits: [PlannedVisit] = []
        for visit in table.sequence(try subject.heartFailureDoses(by: table))
        where remaining > .zero {
            let dose = min(visit.dose, remaining)
            visits.append(PlannedVisit(day: visit.day, dose: dose))
            remaining = remaining - dose
        }
        return visits
    }

    private var usualGap: Int {
        switch weekly {
        case .none: interval.minimumDays
        case .flat, .perKilogram:
            interval.timesPerWeek == nil ? max(7, interval.minimumDays) : interval.minimumDays
        }
    }

    private func longestProblem(_ proposal: ProposedDose) -> DosingProblem {
        let allowed = interval.span?.days ?? interval.maximumDays ?? 400
        return .intervalTooLong(days: proposal.dayOfPlan, allowed: allowed, severity: .hard)
    }
}
