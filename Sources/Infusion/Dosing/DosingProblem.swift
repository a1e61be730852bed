/// Why a dose or a prescription is outside its row. Closed: gates act on every case.
public enum DosingProblem: Error, Hashable, Sendable {
    case belowAge(Age, required: Age)
    case aboveAge(Age, below: Age)
    case weightOutside(Kilograms, allowed: WeightRange)
    case hemoglobinOutside(GramsPerDeciliter, below: GramsPerDeciliter)
    case missing(DosingInput)
    case doseAboveSingle(Milligrams, limit: Milligrams)
    case doseNotPositive(Milligrams)
    /// The fullest seven dates that hold the dose.
    case aboveWeekly(Milligrams, limit: Milligrams)
    case aboveCourse(Milligrams, limit: Milligrams, basis: CourseLimitBasis)
    /// More doses in the course than the label's schedule has; a stopped one, which another makes up, is
    /// not counted.
    case tooManyDoses(Int, allowed: Int)
    /// `earliest` is the first date on which the row's interval rules would hold.
    case intervalTooShort(days: Int, required: Int, earliest: CalendarDate?)
    /// More doses in seven dates than the row allows.
    case tooOftenInWeek(doses: Int, allowed: Int, earliest: CalendarDate?)
    case intervalTooLong(days: Int, allowed: Int, severity: Severity)
    /// The label's test dose has to come first.
    case testDoseMissing(Milligrams, required: Milligrams)
    /// Minutes since the end of the test dose.
    case testDoseWait(minutes: Int, required: Int)
    /// An indication that the label does not cover: off-label.
    case wrongContext(ClinicalContext, labelled: Set<ClinicalContext>)
    case caution(DosingCaution)
}

/// What a row needs to know and was not told.
public enum DosingInput: String, Hashable, Sendable, CaseIterable { case age, weight, hemoglobin }

/// Which limit a course exceeds.
public enum CourseLimitBasis: String, Hashable, Sendable, CaseIterable {
    case label
    /// The order's own planned total.
    case plannedTotal
}

/// Something a clinician should look at that no limit forbids.
public enum DosingCaution: String, Hashable, Sendable, CaseIterable {
    /// The whole row is off-label practice.
    case offLabelRow = "off-label-row"
    /// The label itself speaks of limited experience.
    case limitedExperience = "limited-experience"
    /// A value of the row is not verified at its source.
    case unverifiedRow = "unverified-row"
    /// The sources disagree on this age.
    case unverifiedAge = "unverified-age"
    /// The heart-failure table asks for more than 15 mg/kg (clinical facts §1.3).
    case heartFailureAbove15PerKilogram = "heart-failure-above-15-mg-per-kg"
    /// Australia and Canada advise at most 1,500 mg of ferric derisomaltose at once.
    case derisomaltoseAbove1500 = "derisomaltose-above-1500"
}

extension DosingProblem {
    /// Age, weight and dose limits are hard; an indication outside the label is soft.
    public var severity: Severity {
        switch self {
        case .belowAge, .aboveAge, .weightOutside, .hemoglobinOutside, .missing, .doseAboveSingle,
            .doseNotPositive, .aboveWeekly, .aboveCourse, .tooManyDoses, .intervalTooShort,
            .tooOftenInWeek, .testDoseMissing, .testDoseWait:
            .hard
        case .intervalTooLong(_, _, let severity): severity
        case .wrongContext, .caution: .soft
        }
    }

    /// The gate that the problem shuts.
    public var gate: Gate {
        switch self {
        case .belowAge, .aboveAge, .weightOutside, .missing, .doseAboveSingle, .doseNotPositive,
            .wrongContext, .caution, .testDoseMissing:
            .weightAndAge
        case .hemoglobinOutside: .heartFailureHemoglobin
        case .aboveWeekly, .aboveCourse, .tooManyDoses: .cumulativeDose
        case .intervalTooShort, .tooOftenInWeek, .intervalTooLong, .testDoseWait: .interval
        }
    }

    /// Missing data leave the answer open rather than negative.
    public var isIndeterminate: Bool {
        switch self {
        case .missing: true
        case .belowAge, .aboveAge, .weightOutside, .hemoglobinOutside, .doseAboveSingle,
            .doseNotPositive, .aboveWeekly, .aboveCourse, .tooManyDoses, .intervalTooShort,
            .tooOftenInWeek, .intervalTooLong, .wrongContext, .caution, .testDoseMissing,
            .testDoseWait:
            false
        }
    }
}
