extension DosingProblem {
    /// The first date on which an interval would hold.
    var earliest: CalendarDate? {
        switch self {
        case .intervalTooShort(_, _, let earliest), .tooOftenInWeek(_, _, let earliest): earliest
        case .belowAge, .aboveAge, .weightOutside, .hemoglobinOutside, .missing, .doseAboveSingle,
            .doseNotPositive, .aboveWeekly, .aboveCourse, .intervalTooLong, .wrongContext, .caution,
            .testDoseMissing, .testDoseWait:
            nil
        }
    }

    /// The comparison that failed, readable without the code.
    func predicate(source: String, evidence: [EventVersion]) -> Predicate {
        func failed(
            _ name: String, _ value: some CustomStringConvertible, unit: String?,
            _ comparison: String,
            _ threshold: some CustomStringConvertible
        ) -> Predicate {
            .fact(
                name, value, unit: unit, comparison, threshold, holds: false, source: source,
                evidence: evidence)
        }
        let mg = Units.Milligram.ucum
        switch self {
        case .belowAge(let age, let required): return failed("age", age, unit: nil, ">=", required)
        case .aboveAge(let age, let below): return failed("age", age, unit: nil, "<", below)
        case .weightOutside(let weight, let allowed):
            return failed("weight", weight.value, unit: Units.Kilogram.ucum, "in", allowed.text)
        case .hemoglobinOutside(let value, let below):
            return failed(
                "hemoglobin", value.value, unit: Units.GramPerDeciliter.ucum, "<", below.value)
        case .missing(let input):
            return .missing(
                input.rawValue, "present", input.rawValue, source: source, evidence: evidence)
        case .doseAboveSingle(let dose, let limit):
            return failed("dose", dose.value, unit: mg, "<=", limit.value)
        case .doseNotPositive(let dose): return failed("dose", dose.value, unit: mg, ">", 0)
        case .aboveWeekly(let total, let limit):
            return failed(PredicateName.ironInSevenDates, total.value, unit: mg, "<=", limit.value)
        case .aboveCourse(let total, let limit, let basis):
            return failed(
                "course-total-\(basis.rawValue)", total.value, unit: mg, "<=", limit.value)
        case .intervalTooShort(let days, let required, _):
            return failed("days-between-doses", days, unit: "d", ">=", required)
        case .tooOftenInWeek(let doses, let allowed, _):
            return failed("doses-in-7-dates", doses, unit: nil, "<=", allowed)
        case .intervalTooLong(let days, let allowed, _):
            return failed("days-between-doses", days, unit: "d", "<=", allowed)
        case .testDoseMissing(let dose, let required):
            return failed("dose-before-test-dose", dose.value, unit: mg, "=", required.value)
        case .testDoseWait(let minutes, let required):
            return failed("minutes-after-test-dose", minutes, unit: "min", ">=", required)
        case .wrongContext(let context, let labelled):
            return failed(
                "indication", context.rawValue, unit: nil, "in",
                labelled.map(\.rawValue).sorted().joined(separator: ", "))
        case .caution(let caution):
            return failed("caution", caution.rawValue, unit: nil, "=", "none")
        }
    }
}

extension WeightRange {
    /// `[50, 70)`: half-open, an absent end open.
    var text: String {
        "[\(atLeast.map { "\($0.value)" } ?? "0"), \(below.map { "\($0.value)" } ?? "∞"))"
    }
}
