import Foundation

extension DosingRow {
    /// What the row allows `subject`: exact milligrams, per dose, in seven dates, in the course.
    ///
    /// Without a position the single limit is the largest of the course. Throws what is missing, or the
    /// haemoglobin for which the label has no data. Whether the row is for this patient at all is
    /// ``populationProblems(of:)``.
    public func limit(
        for subject: DosingSubject, at position: DosePosition? = nil
    ) throws(DosingProblem) -> DoseLimit {
        DoseLimit(
            single: try single(for: subject, at: position), weekly: try weekly(for: subject),
            course: try course(for: subject))
    }

    private func single(
        for subject: DosingSubject, at position: DosePosition?
    ) throws(DosingProblem) -> Milligrams {
        switch dose {
        case .flat(let amount): return amount
        case .perKilogram(let factor, let cap):
            let amount = Milligrams(try subject.knownWeight().value * factor)
            return cap.map { min($0, amount) } ?? amount
        case .schedule(let amounts):
            guard let position else { return amounts.max() ?? .zero }
            // A stopped dose is made up by one more at the end, of the size of the last.
            return amounts.isEmpty
                ? .zero : amounts[min(max(position.number, 1), amounts.count) - 1]
        case .weightBands(let bands):
            let weight = try subject.knownWeight()
            return bands.first { $0.weight.contains(weight) }?.dose ?? .zero
        case .heartFailureTable(let table):
            let doses = try subject.heartFailureDoses(by: table)
            guard let position else { return doses.day1 }
            if let day = position.dayOfPlan {
                // Between the windows no dose is due; the interval problem says so, with its dates.
                return table.dose(doses, dayOfPlan: day) ?? table.maintenance
            }
            let sequence = table.sequence(doses, in: position.plan)
            // After the last window nothing is due, and the interval problem says so.
            guard let last = sequence.last else { return table.maintenance }
            return position.number > sequence.count
                ? last.dose : sequence[max(position.number, 1) - 1].dose
        }
    }

    /// In any seven dates; `nil` where the row names no limit.
    func weekly(for subject: DosingSubject) throws(DosingProblem) -> Milligrams? {
        switch weekly {
        case .none: nil
        case .flat(let amount): amount
        case .perKilogram(let factor): Milligrams(try subject.knownWeight().value * factor)
        }
    }

    /// In the course; `nil` where the row names no limit.
    func course(for subject: DosingSubject) throws(DosingProblem) -> Milligrams? {
        switch course {
        case .byNeed: return nil
        case .flat(let amount): return amount
        case .perKilogram(let factor): return Milligrams(try subject.knownWeight().value * factor)
        case .doses(let count): return try single(for: subject, at: nil) * Decimal(count)
        case .heartFailureTable(let table):
            return try subject.heartFailureDoses(by: table).total + table.maintenance * 3
        }
    }
}

extension DosingSubject {
    func knownWeight() throws(DosingProblem) -> Kilograms {
        guard let weight else { throw .missing(.weight) }
        return weight
    }

    func heartFailureDoses(
        by table: HeartFailureTable
    ) throws(DosingProblem) -> HeartFailureTable.Doses {
        guard let hemoglobin else { throw .missing(.hemoglobin) }
        return try table.doses(weight: try knownWeight(), hemoglobin: hemoglobin)
    }
}

extension DosingRow {
    /// The table that the row's doses go by; `nil` of every other row.
    var heartFailure: HeartFailureTable? {
        switch dose {
        case .heartFailureTable(let table): table
        case .flat, .perKilogram, .schedule, .weightBands: nil
        }
    }
}
