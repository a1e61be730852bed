import Foundation

// Shorthand for the rows below; every argument left out is the open one.

extension Population {
    static func adults(weight: WeightRange = .any) -> Population {
        .from(.adult, weight: weight)
    }

    static func from(
        _ minimum: Age, below: Age? = nil, verifiedFrom: Age? = nil, weight: WeightRange = .any,
        hemoglobinBelow: GramsPerDeciliter? = nil
    ) -> Population {
        Population(
            minimumAge: minimum, belowAge: below, verifiedFrom: verifiedFrom, weight: weight,
            hemoglobinBelow: hemoglobinBelow)
    }
}

extension WeightRange {
    static func atLeast(_ kilograms: Int) -> WeightRange {
        WeightRange(atLeast: Kilograms(Decimal(kilograms)), below: nil)
    }
    static func below(_ kilograms: Int) -> WeightRange {
        WeightRange(atLeast: nil, below: Kilograms(Decimal(kilograms)))
    }
    static func from(_ kilograms: Int, below: Int) -> WeightRange {
        WeightRange(atLeast: Kilograms(Decimal(kilograms)), below: Kilograms(Decimal(below)))
    }
}

extension IntervalRule {
    /// Without any rule of the label's own, one dose a day.
    static func days(
        _ minimum: Int = 1, byContext: [ClinicalContext: Int] = [:], atMost: Int? = nil,
        span: CourseSpan? = nil, timesPerWeek: Int? = nil, doses: Int? = nil
    ) -> IntervalRule {
        IntervalRule(
            minimumDays: minimum, minimumDaysByContext: byContext, maximumDays: atMost, span: span,
            timesPerWeek: timesPerWeek, anchored: nil, doses: doses)
    }

    static func anchored(_ schedule: AnchoredSchedule) -> IntervalRule {
        IntervalRule(
            minimumDays: 1, minimumDaysByContext: [:], maximumDays: nil, span: nil,
            timesPerWeek: nil, anchored: schedule, doses: schedule.slots.count)
    }
}

extension InfusionTimeRule {
    static func infusion(
        _ pace: Pace, above: Milligrams = .zero, upTo: Milligrams? = nil
    ) -> InfusionTimeRule {
        InfusionTimeRule(route: .infusion, above: above, upTo: upTo, pace: pace)
    }
    static func push(
        _ pace: Pace, above: Milligrams = .zero, upTo: Milligrams? = nil
    ) -> InfusionTimeRule {
        InfusionTimeRule(route: .push, above: above, upTo: upTo, pace: pace)
    }
}

extension Set<ClinicalContext> {
    static let everyContext = Set(ClinicalContext.allCases)
    static let dialysis: Set = [.ckdHemodialysis, .ckdPeritonealDialysis]
    /// What the US labels for iron-deficiency anaemia cover: any cause, and kidney disease without
    /// dialysis. Heart failure and dialysis are left out, the safe reading: there it is a soft flag.
    static let anemiaLabelUS: Set = everyContext.subtracting(dialysis).subtracting([.heartFailure])
}
