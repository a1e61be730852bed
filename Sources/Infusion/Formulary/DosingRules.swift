public import Foundation

/// Whom a row is for. Age and weight limits are hard.
public struct Population: Hashable, Sendable {
    public let minimumAge: Age
    /// The first age that is too old.
    public let belowAge: Age?
    /// Between `minimumAge` and this one the sources are not verified: a soft problem.
    public let verifiedFrom: Age?
    /// Half-open: `[atLeast, below)`.
    public let weight: WeightRange
    /// The haemoglobin from which the label has no data, as 15 g/dL in the heart-failure table.
    public let hemoglobinBelow: GramsPerDeciliter?

    public init(
        minimumAge: Age, belowAge: Age?, verifiedFrom: Age?, weight: WeightRange,
        hemoglobinBelow: GramsPerDeciliter?
    ) {
        self.minimumAge = minimumAge
        self.belowAge = belowAge
        self.verifiedFrom = verifiedFrom
        self.weight = weight
        self.hemoglobinBelow = hemoglobinBelow
    }
}

/// A half-open range of body weight; an absent end is open.
public struct WeightRange: Hashable, Sendable {
    public let atLeast: Kilograms?
    public let below: Kilograms?

    public init(
        atLeast: Kilograms?, below: Kilograms?
    ) {
        self.atLeast = atLeast
        self.below = below
    }
    public static let any = WeightRange(atLeast: nil, below: nil)
    public func contains(_ weight: Kilograms) -> Bool {
        if let atLeast, weight < atLeast { return false }
        if let below, weight >= below { return false }
        return true
    }
}

/// The most that one visit may give.
public enum DoseRule: Hashable, Sendable {
    case flat(Milligrams)
    case perKilogram(Decimal, cap: Milligrams?)
    /// A dose by its place in the course, as 300, 300, 400.
    case schedule([Milligrams])
    case weightBands([WeightBand])
    /// Injectafer in heart failure (clinical facts §1.3).
    case heartFailureTable(HeartFailureTable)
}

public struct WeightBand: Hashable, Sendable {
    public let weight: WeightRange
    public let dose: Milligrams

    public init(
        weight: WeightRange, dose: Milligrams
    ) {
        self.weight = weight
        self.dose = dose
    }
}

/// When doses of one course may follow each other, in differences of clinic-local dates.
public struct IntervalRule: Hashable, Sendable {
    /// From one dose to the next.
    public let minimumDays: Int
    /// Where an indication asks for a longer minimum than the row's own.
    public let minimumDaysByContext: [ClinicalContext: Int]
    /// From one dose to the next; exceeding it is hard.
    public let maximumDays: Int?
    /// From the first dose of the course to any other.
    public let span: CourseSpan?
    /// Doses in any seven dates.
    public let timesPerWeek: Int?
    /// Days from plan day 1 on which a dose is due, with the window around each; nothing between.
    public let anchored: AnchoredSchedule?
    /// How many doses the course has; one more is allowed for each that was stopped.
    public let doses: Int?

    public init(
        minimumDays: Int, minimumDaysByContext: [ClinicalContext: Int], maximumDays: Int?,
        span: CourseSpan?, timesPerWeek: Int?, anchored: AnchoredSchedule?, doses: Int?
    ) {
        self.minimumDays = minimumDays
        self.minimumDaysByContext = minimumDaysByContext
        self.maximumDays = maximumDays
        self.span = span
        self.timesPerWeek = timesPerWeek
        self.anchored = anchored
        self.doses = doses
    }

    /// From one dose to the next under this indication.
    func minimumDays(for indication: ClinicalContext) -> Int {
        minimumDaysByContext[indication] ?? minimumDays
    }
}

/// The longest a course may take: up to `days` is right, up to `softDays` soft, later hard.
public struct CourseSpan: Hashable, Sendable {
    public let days: Int
    /// `nil` when every later day is soft.
    public let softDays: Int?

    public init(
        days: Int, softDays: Int?
    ) {
        self.days = days
        self.softDays = softDays
    }
}

/// Doses due on fixed days from plan day 1, never re-anchored.
public struct AnchoredSchedule: Hashable, Sendable {
    /// A dose due on `day`, given from `earliest` to `latest`; all in days from plan day 1.
    public struct Slot: Hashable, Sendable {
        public let day: Int
        public let earliest: Int
        public let latest: Int
    }
    public let slots: [Slot]
}

/// The most that one course may hold, apart from its own planned total.
public enum CourseRule: Hashable, Sendable {
    /// The label names none: the need by its own method is the limit.
    case byNeed
    case flat(Milligrams)
    case perKilogram(Decimal)
    /// So many times the largest single dose.
    case doses(Int)
    /// Day 1 and week 6 of the heart-failure table, and three maintenance doses.
    case heartFailureTable(HeartFailureTable)
}

/// The most that any seven consecutive dates may hold, counting every intravenous iron.
public enum WeeklyRule: Hashable, Sendable {
    case none
    case flat(Milligrams)
    case perKilogram(Decimal)
}

/// How long a dose must take at least.
public struct InfusionTimeRule: Hashable, Sendable {
    public enum Route: String, Hashable, Sendable, CaseIterable { case infusion, push }
    public enum Pace: Hashable, Sendable {
        /// At least so many minutes.
        case minutes(Int)
        /// Longer than so many minutes.
        case longerThan(minutes: Int)
        /// At most so many milligrams in a minute.
        case milligramsPerMinute(Decimal)
        /// The label prescribes no time.
        case notPrescribed
    }
    public let route: Route
    /// The dose band that the pace is for: more than `above`, at most `upTo`.
    public let above: Milligrams
    public let upTo: Milligrams?
    public let pace: Pace

    public init(
        route: Route, above: Milligrams, upTo: Milligrams?, pace: Pace
    ) {
        self.route = route
        self.above = above
        self.upTo = upTo
        self.pace = pace
    }
}
