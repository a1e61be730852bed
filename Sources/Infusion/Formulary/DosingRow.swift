/// One row of the dosing table (clinical facts §1.2): what one label allows for one group of patients.
public struct DosingRow: Hashable, Sendable {
    public let id: DosingRowID
    public let moiety: Moiety
    public let region: LabelRegion
    /// The label's own words for what it treats.
    public let indication: String
    /// The contexts the label covers; any other is off-label, a soft problem.
    public let contexts: Set<ClinicalContext>
    public let population: Population
    public let dose: DoseRule
    public let interval: IntervalRule
    public let course: CourseRule
    public let weekly: WeeklyRule
    /// How far a site may raise a weekly maximum on which the sources disagree.
    public let weeklySiteMaximum: Milligrams?
    public let infusion: [InfusionTimeRule]
    /// The whole row is practice outside any label, as `LMWID-US-TDI` is.
    public let isOffLabel: Bool
    /// Raised whenever the row is used.
    public let cautions: [DosingCaution]
    /// What the label asks for that no field here can hold.
    public let notes: [String]
    public let source: ClinicalSource

    public init(
        id: DosingRowID, moiety: Moiety, region: LabelRegion, indication: String,
        contexts: Set<ClinicalContext>, population: Population, dose: DoseRule,
        interval: IntervalRule, course: CourseRule, weekly: WeeklyRule,
        weeklySiteMaximum: Milligrams?, infusion: [InfusionTimeRule], isOffLabel: Bool,
        cautions: [DosingCaution],
        notes: [String], source: ClinicalSource
    ) {
        self.id = id
        self.moiety = moiety
        self.region = region
        self.indication = indication
        self.contexts = contexts
        self.population = population
        self.dose = dose
        self.interval = interval
        self.course = course
        self.weekly = weekly
        self.weeklySiteMaximum = weeklySiteMaximum
        self.infusion = infusion
        self.isOffLabel = isOffLabel
        self.cautions = cautions
        self.notes = notes
        self.source = source
    }
}
