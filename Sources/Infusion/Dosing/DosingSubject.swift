/// What of the patient a dosing row reads. What is missing and needed becomes a problem, never a pass.
public struct DosingSubject: Hashable, Sendable {
    public let age: Age?
    /// Actual weight: every label's limit per kilogram uses it.
    public let weight: Kilograms?
    /// The haemoglobin that the plan rests on: the heart-failure table is read once, at planning.
    public let hemoglobin: GramsPerDeciliter?
    /// The newest haemoglobin, where it differs: at 15 g/dL or more the heart-failure row stops.
    public let currentHemoglobin: GramsPerDeciliter?

    public init(
        age: Age?, weight: Kilograms?, hemoglobin: GramsPerDeciliter?,
        currentHemoglobin: GramsPerDeciliter? = nil
    ) {
        self.age = age
        self.weight = weight
        self.hemoglobin = hemoglobin
        self.currentHemoglobin = currentHemoglobin
    }
}

/// Intravenous iron given on a clinic-local date, of any product: a started dose counts, even at 1 mg.
public struct AdministeredIron: Hashable, Sendable {
    public let date: CalendarDate
    public let amount: Milligrams
    /// Given, or planned, under the order whose dose is being checked.
    public let inCourse: Bool
    /// The label's test dose: the rest of the day's dose follows it on the same date.
    public let isTestDose: Bool
    /// Ended before all of it was given: its rest is a dose of its own.
    public let isStopped: Bool
    public init(
        date: CalendarDate, amount: Milligrams, inCourse: Bool, isTestDose: Bool = false,
        isStopped: Bool = false
    ) {
        self.date = date
        self.amount = amount
        self.inCourse = inCourse
        self.isTestDose = isTestDose
        self.isStopped = isStopped
    }
}

/// A dose on a date, to be checked against a row.
public struct ProposedDose: Hashable, Sendable {
    public let amount: Milligrams
    public let date: CalendarDate
    /// All other iron, given or booked, before or after `date`.
    public let others: [AdministeredIron]
    /// The course's total by its own method; `nil` checks the label's limits alone.
    public let plannedTotal: Milligrams?
    /// Plan day 1 of an anchored schedule, where it lies in another order; else the course's first dose.
    public let planDay1: CalendarDate?
    /// From the last dose of another course to this one; a site setting.
    public let minimumDaysBetweenCourses: Int

    public init(
        amount: Milligrams, date: CalendarDate, others: [AdministeredIron],
        plannedTotal: Milligrams?,
        planDay1: CalendarDate? = nil, minimumDaysBetweenCourses: Int = 28
    ) {
        self.amount = amount
        self.date = date
        self.others = others
        self.plannedTotal = plannedTotal
        self.planDay1 = planDay1
        self.minimumDaysBetweenCourses = minimumDaysBetweenCourses
    }

    func moved(to date: CalendarDate) -> ProposedDose {
        ProposedDose(
            amount: amount, date: date, others: others, plannedTotal: plannedTotal,
            planDay1: planDay1,
            minimumDaysBetweenCourses: minimumDaysBetweenCourses)
    }
}

/// Where in its course a dose stands.
public struct DosePosition: Hashable, Sendable {
    /// From 1.
    public let number: Int
    /// From plan day 1, which is day 0; `nil` for a prescription, which has no dates yet.
    public let dayOfPlan: Int?
    /// The anchored plan that had begun when the prescription was signed; `nil` for its first order.
    public let plan: RunningPlan?
    public init(number: Int, dayOfPlan: Int? = nil, plan: RunningPlan? = nil) {
        self.number = number
        self.dayOfPlan = dayOfPlan
        self.plan = plan
    }
}

/// An anchored plan that had begun when a further order was signed: the order's doses stand in the
/// windows that are left of it.
public struct RunningPlan: Hashable, Sendable {
    /// From plan day 1, which is day 0, to the signature.
    public let day: Int
    /// The windows in which doses of the plan have begun, by their index.
    public let used: Set<Int>
    public init(day: Int, used: Set<Int>) {
        self.day = day
        self.used = used
    }
}

/// What a row allows one patient, in exact milligrams.
public struct DoseLimit: Hashable, Sendable {
    public let single: Milligrams
    /// In any seven consecutive dates, all intravenous iron counted.
    public let weekly: Milligrams?
    public let course: Milligrams?
}
