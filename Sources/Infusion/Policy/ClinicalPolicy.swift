public import Foundation

/// The ages, windows and thresholds of the rules that no public standard fixes: a site may set
/// each; the defaults are the fact sheet's engineering defaults (ED) unless a source is named.
public struct ClinicalPolicy: Hashable, Sendable {
    public var diagnosis = Diagnosis()
    public var measurements = Measurements()
    public var screening = Screening()
    public var phosphate = Phosphate()
    public var rechecks = Rechecks()
    public var chairside = Chairside()
    public var transfusion = Transfusion()
    public init() {}

    /// How old a result may be on the day of the dose (facts §3.1), in days.
    public struct Diagnosis: Hashable, Sendable {
        public var ironMaxAgeDays = 56
        /// Oncology and haemodialysis.
        public var ironMaxAgeDaysStrict = 28
        public var hemoglobinMaxAgeDays = 28
        /// Oncology during chemotherapy.
        public var hemoglobinMaxAgeDaysOncology = 7
        public var hemoglobinMaxAgeDaysPreOperative = 14
        /// Heart-failure maintenance: new markers and haemoglobin for each dose.
        public var maintenanceMaxAgeDays = 14
        /// Resolution R-2: no labs of a former course, and this much time between courses.
        public var minimumDaysBetweenCourses = 28
        public init() {}
    }

    /// Weight for doses that depend on it (facts §3.1), in days.
    public struct Measurements: Hashable, Sendable {
        public var weightMaxAgeDays = 30
        /// Below 50 kg, or within ± 2 kg of a limit (resolution R-42): the same day.
        public var nearLimitKilograms = 2
        public init() {}
    }

    /// How recently infection and pregnancy must have been asked about.
    public struct Screening: Hashable, Sendable {
        /// "No infection" is good for so many days before a dose.
        public var infectionMaxAgeDays = 7
        public var pregnancyMaxAgeDays = 28
        /// Ages between which pregnancy is possible, both included.
        public var youngestChildbearingAge = 12
        public var oldestChildbearingAge = 55
        /// 14w0d; EU labels say second trimester, 13w0d (facts §1.6).
        public var earliestGestationDays = 98
        public init() {}
    }

    /// Ferric carboxymaltose and phosphate (resolution R-16).
    public struct Phosphate: Hashable, Sendable {
        public var repeatCourseMonths = 3
        /// Before a repeat course: drawn so many days after the last milligram …
        public var earliestDaysAfterDose = 10
        /// … and so many days before the dose.
        public var maxAgeDays = 28
        /// Ask for phosphate after every dose of everybody.
        public var checkEveryPatient = false
        public init() {}
    }

    /// What on arrival counts as unstable (ED; the fever of facts §4, G-INFECT).
    public struct Chairside: Hashable, Sendable {
        /// mm[Hg].
        public var systolicLowest = 90
        public var systolicHighest = 180
        /// /min.
        public var heartRateLowest = 50
        public var heartRateHighest = 120
        /// %.
        public var oxygenSaturationLowest = 92
        /// Cel.
        public var feverFrom: Decimal = 38
        public init() {}
    }

    /// Follow-up that sites tune.
    public struct Rechecks: Hashable, Sendable {
        /// SEED-C: "once a week or once a month".
        public var oncologyIntervalDays = 28
        public var oncologyIntervalDaysWhenLow = 7
        public var oncologyGraceDays = 7
        /// A count of so many days before a cycle of treatment serves for the cycle.
        public var cycleCountDays = 3
        /// Ferritin and saturation of so many days before a cycle serve for the cycle.
        public var cyclePanelDays = 28
        /// Heart failure, "1–2×/yr" (facts §6 R8).
        public var heartFailureIntervalDays = 182
        /// KDIGO 2026 (V2): every three months, and "every 1–3 months" in haemodialysis with
        /// haemoglobin every month.
        public var ckdIntervalDays = 91
        public var hemodialysisIntervalDays = 91
        public var hemodialysisCountIntervalDays = 28
        /// Every three months for a year after iron, then half-yearly (ECCO, V2; BSG, V2).
        public var surveillanceIntervalDays = 91
        public var surveillanceYearDays = 365
        public var surveillanceIntervalDaysLater = 182
        /// BSG: "2–3 y"; without end in inflammatory bowel disease.
        public var surveillanceEndDays = 1_095
        /// Beyond the due date of a repeating look, where the facts name no other.
        public var surveillanceGraceDays = 30
        public init() {}
    }

    /// Red cells in a chair (facts §9.1; SEED-C: "one to three hours").
    public struct Transfusion: Hashable, Sendable {
        public var visitMinutesLowest = 60
        public var visitMinutesHighest = 180
        /// The haemoglobin after a unit is due so many days after it …
        public var recheckDueDays = 1
        /// … and overdue so many days after that: a weekly unit asks for it within the week (ED).
        public var recheckGraceDays = 6
        public init() {}
    }
}
