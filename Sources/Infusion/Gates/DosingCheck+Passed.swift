/// What the gates of the dosing row found right, each with its own numbers: what nearly failed is as plain
/// as what did.
extension DosingCheck {
    /// The comparisons that hold; of a row that limits nothing here, that there was nothing to compare.
    func held(of gate: Gate, source: String) -> [Predicate] {
        let evidence = evidence(for: gate)
        let held: [Predicate] =
            switch gate {
            case .cumulativeDose: totals(source, evidence)
            case .interval: intervals(source, evidence)
            case .weightAndAge: limits(source, evidence)
            case .order, .diagnosis, .overload, .infection, .anaphylaxisSameProduct,
                .anaphylaxisAnyIron, .firstTrimester, .phosphate,
                .notIronDeficiency, .sequestration, .minorReaction, .atopy, .phosphateSymptoms,
                .heartFailureHemoglobin, .magneticResonance, .chemotherapySpacing,
                .cardiotoxicChemotherapy, .aceInhibitor, .liver, .oralIron,
                .erythropoiesisStimulation, .metastaticBreastCancer, .transfusion,
                .transfusionSameDay, .vitals, .staff, .consent, .heartFailureInformation,
                .immunocompromised, .laterPregnancy:
                []
            }
        if !held.isEmpty { return held }
        return [
            .fact(
                "dose", question.amount.value, unit: Units.Milligram.ucum, "in",
                "the row \(question.terms.row.id)", holds: true, source: source,
                evidence: evidence)
        ]
    }

    /// The milligrams of the course and of seven dates, each beside its limit.
    private func totals(_ source: String, _ evidence: [EventVersion]) -> [Predicate] {
        let row = question.terms.row
        func within(_ name: String, _ total: Milligrams, _ limit: Milligrams?) -> Predicate? {
            limit.map {
                .fact(
                    name, total.value, unit: Units.Milligram.ucum, "<=", $0.value, holds: true,
                    source: source, evidence: evidence)
            }
        }
        let course: Milligrams
        let week: Predicate?
        let proposal = question.proposal
        switch question.occasion {
        case .ordering:
            course = question.terms.prescribed.sum()
            // A prescription has no dates yet.
            week = nil
        case .booking, .reviewing, .starting:
            course = proposal.others.filter(\.inCourse).map(\.amount).sum() + proposal.amount
            let isBooking = question.occasion == .booking
            week = within(
                PredicateName.ironInSevenDates,
                (isBooking ? question.proposalBesideVisits : proposal).fullestWeek,
                try? row.weekly(for: isBooking ? question.subjectOfWeek : subject))
        }
        return [
            within(
                "course-total-\(CourseLimitBasis.label.rawValue)", course,
                try? row.course(for: subject)),
            within(
                "course-total-\(CourseLimitBasis.plannedTotal.rawValue)", course,
                question.terms.plannedTotal),
            week,
        ].compactMap(\.self)
    }

    /// The days to the doses beside it, of which the one that left least room.
    private func intervals(_ source: String, _ evidence: [EventVersion]) -> [Predicate] {
        let row = question.terms.row
        let isBooking = question.occasion == .booking && !question.visits.isEmpty
        let proposal = isBooking ? question.proposalBesideVisits : question.proposal
        let policy = question.policy
        func fact(
            _ name: String, _ value: Int, unit: String?, _ comparison: String,
            _ limit: some CustomStringConvertible, _ source: String
        ) -> Predicate {
            .fact(
                name, value, unit: unit, comparison, limit, holds: true, source: source,
                evidence: evidence)
        }
        guard !proposal.others.isEmpty else {
            return [fact("other-doses", 0, unit: nil, "=", 0, source)]
        }
        var held: [Predicate] = []
        let own = row.interval.minimumDays(for: question.terms.indication)
        if let nearest = row.spacings(proposal, indication: question.terms.indication)
            .min(by: { $0.days - $0.required < $1.days - $1.required })
        {
            let isBetweenCourses =
                nearest.required > own
                && nearest.required == policy.diagnosis.minimumDaysBetweenCourses
            held.append(
                fact(
                    "days-between-doses", nearest.days, unit: "d", ">=", nearest.required,
                    isBetweenCourses ? policy.because(.minimumDaysBetweenCourses) : source))
        }
        if let allowed = row.interval.timesPerWeek {
            held.append(
                fact(
                    "doses-in-7-dates", proposal.dosesInFullestWeek, unit: nil, "<=", allowed,
                    source))
        }
        let day = proposal.dayOfPlan
        if let plan = row.interval.anchored, let index = plan.slot(holding: day) {
            let window = plan.slots[index]
            held.append(
                fact(
                    "day-of-plan", day, unit: "d", "in", "\(window.earliest) to \(window.latest)",
                    source))
        }
        return held
    }

    /// Age, weight and dose, each beside what the row allows, and how old the weight is.
    private func limits(_ source: String, _ evidence: [EventVersion]) -> [Predicate] {
        let row = question.terms.row
        let population = row.population
        var held: [Predicate] = []
        func fact(
            _ name: String, _ value: some CustomStringConvertible, unit: String?,
            _ comparison: String, _ limit: some CustomStringConvertible
        ) {
            held.append(
                .fact(
                    name, value, unit: unit, comparison, limit, holds: true, source: source,
                    evidence: evidence))
        }
        if let age = subject.age {
            fact("age", age, unit: nil, ">=", population.minimumAge)
            if let below = population.belowAge { fact("age", age, unit: nil, "<", below) }
        }
        if let weight = subject.weight, population.weight != .any {
            fact("weight", weight.value, unit: Units.Kilogram.ucum, "in", population.weight.text)
        }
        held += weight.predicates.filter { $0.name == "weight-age" && $0.holds == true }
        for (amount, limit) in doseLimits {
            fact("dose", amount.value, unit: Units.Milligram.ucum, "<=", limit.value)
        }
        return held
    }

    /// The dose, or each of a prescription, with the most that the row allows of it at its place.
    private var doseLimits: [(amount: Milligrams, limit: Milligrams)] {
        let row = question.terms.row
        func limited(
            _ amount: Milligrams, at position: DosePosition
        ) -> (amount: Milligrams, limit: Milligrams)? {
            (try? row.limit(for: subject, at: position).single).map { (amount, $0) }
        }
        guard question.occasion == .ordering else {
            let proposal = question.proposal
            return [
                limited(proposal.amount + proposal.testDoseOfTheDay, at: proposal.position)
            ].compactMap(\.self)
        }
        var told: [(amount: Milligrams, limit: Milligrams)] = []
        for (index, amount) in question.terms.prescribed.enumerated() {
            let position = DosePosition(number: index + 1, plan: question.runningPlan)
            guard let found = limited(amount, at: position),
                !told.contains(where: { $0 == found })
            else { continue }
            told.append(found)
        }
        return told
    }
}
