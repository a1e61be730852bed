public import Foundation

/// The numbers by which the rules of a site decide, out of the ``ClinicalPathways``: what each means, what
/// it may be and where it comes from is said there.
public struct ClinicalPolicy: Hashable, Sendable {
    public var diagnosis: Diagnosis
    public var courses: Courses
    public var measurements: Measurements
    public var screening: Screening
    public var phosphate: Phosphate
    public var rechecks: Rechecks
    public var chairside: Chairside
    public var transfusion: Transfusion
    public var specimens: Specimens
    public var gates: GateLimits
    public var anemia: Anemia
    public var response: Response
    public var preparation: Preparation
    public var waiting: Waiting
    let tables: PolicyTables

    /// How old a result may be on the day of the dose (facts §3.1), in days.
    public struct Diagnosis: Hashable, Sendable {
        public var ironMaxAgeDays: Int
        /// Oncology and haemodialysis.
        public var ironMaxAgeDaysStrict: Int
        public var hemoglobinMaxAgeDays: Int
        /// Oncology during chemotherapy.
        public var hemoglobinMaxAgeDaysOncology: Int
        public var hemoglobinMaxAgeDaysPreOperative: Int
        /// Heart-failure maintenance: new markers and haemoglobin for each dose.
        public var maintenanceMaxAgeDays: Int
        /// Resolution R-2: no labs of a former course, and this much time between courses.
        public var minimumDaysBetweenCourses: Int
    }

    /// When a course closes by itself, in days.
    public struct Courses: Hashable, Sendable {
        /// After the last dose given …
        public var idleDays: Int
        /// … or beyond the interval that the dosing row plans, where that is longer.
        public var daysAfterPlannedGap: Int
    }

    /// How long a signed order waits for its first visit at most, in days; what is more urgent by the ladder.
    public struct Waiting: Hashable, Sendable {
        public var routineDays: Int
    }

    /// How a dose is made.
    public struct Preparation: Hashable, Sendable {
        /// A dose may be changed by so much of itself, so that whole vials make it; 0 is not at all.
        public var vialRoundingPercent: Int
        /// What may be left of the vials for the sake of fewer, of the dose; 0 is as little as can be.
        public var vialLeftOverPercent: Int
    }

    /// Weight for doses that depend on it (facts §3.1), in days.
    public struct Measurements: Hashable, Sendable {
        public var weightMaxAgeDays: Int
        /// Below this weight, and so near a limit (resolution R-42): the same day.
        public var sameDayWeightKilograms: Int
        public var nearLimitKilograms: Int
        /// From which the need is computed from the ideal weight, kg/m² (facts §2.1).
        public var obesityBodyMassIndex: Decimal
        /// In pregnancy the need goes by a weight of so many days before it began at most (facts §2.1).
        public var prePregnancyMaxAgeDays: Int
    }

    /// How recently infection and pregnancy must have been asked about.
    public struct Screening: Hashable, Sendable {
        /// "No infection" is good for so many days before a dose.
        public var infectionMaxAgeDays: Int
        public var pregnancyMaxAgeDays: Int
        /// Ages between which pregnancy is possible, both included.
        public var youngestChildbearingAge: Int
        public var oldestChildbearingAge: Int
        /// In days.
        public var earliestGestationDays: Int
    }

    /// Ferric carboxymaltose and phosphate (resolution R-16).
    public struct Phosphate: Hashable, Sendable {
        public var repeatCourseMonths: Int
        /// Before a repeat course: drawn so many days after the last milligram …
        public var earliestDaysAfterDose: Int
        /// … and so many days before the dose.
        public var maxAgeDays: Int
        /// Symptoms of low phosphate told so many days after a dose at most may be of it.
        public var symptomDays: Int
        /// Ask for phosphate after every dose of everybody.
        public var checkEveryPatient: Bool
        /// Ask for phosphate before every dose (facts §1.7).
        public var checkBeforeEveryDose: Bool
    }

    /// What on arrival counts as unstable (ED; the fever of facts §4, G-INFECT).
    public struct Chairside: Hashable, Sendable {
        /// mm[Hg].
        public var systolicLowest: Int
        public var systolicHighest: Int
        /// /min.
        public var heartRateLowest: Int
        public var heartRateHighest: Int
        /// %.
        public var oxygenSaturationLowest: Int
        /// Cel.
        public var feverFrom: Decimal
    }

    /// Looks that repeat, and how late they may come.
    public struct Rechecks: Hashable, Sendable {
        public var oncologyIntervalDays: Int
        public var oncologyIntervalDaysWhenLow: Int
        public var oncologyGraceDays: Int
        /// The haemoglobin below which the weekly end of "once a week or once a month" holds, g/dL.
        public var oncologyLowHemoglobin: Decimal
        /// A weekly count is late sooner than a monthly one.
        public var oncologyGraceDaysWhenLow: Int
        /// A count of so many days before a cycle of treatment serves for the cycle.
        public var cycleCountDays: Int
        /// Ferritin and saturation of so many days before a cycle serve for the cycle.
        public var cyclePanelDays: Int
        public var heartFailureIntervalDays: Int
        public var ckdIntervalDays: Int
        public var hemodialysisIntervalDays: Int
        public var hemodialysisCountIntervalDays: Int
        public var hemodialysisGraceDays: Int
        /// Iron is therapy of kidney disease for so long after its last dose.
        public var kidneyTherapyDays: Int
        public var surveillanceIntervalDays: Int
        public var surveillanceYearDays: Int
        public var surveillanceIntervalDaysLater: Int
        /// In inflammatory bowel disease, after the first year: the last day in time after the last look.
        public var bowelDiseaseLatestDaysLater: Int
        /// Without end in inflammatory bowel disease.
        public var surveillanceEndDays: Int
        /// Beyond the due date of a repeating look, where the facts name no other.
        public var surveillanceGraceDays: Int
        /// Haemoglobin down by so much is urgent, g/dL …
        public var hemoglobinFall: Decimal
        /// … from the highest of so many days before.
        public var hemoglobinFallDays: Int
    }

    /// Red cells in a chair (facts §9.1).
    public struct Transfusion: Hashable, Sendable {
        public var visitMinutesLowest: Int
        public var visitMinutesHighest: Int
        /// The haemoglobin after a unit is due so many days after it …
        public var recheckDueDays: Int
        /// … and overdue so many days after that.
        public var recheckGraceDays: Int
        /// A bleeding or an emergency symptom told so many hours ago is one of now.
        public var emergencyHours: Int
    }

    /// For how long a specimen says nothing of the patient's own iron (facts §3.1; R-15).
    public struct Specimens: Hashable, Sendable {
        /// After much iron, and in how many days it was given.
        public var ironDays: Int
        public var ironDaysSmall: Int
        /// Much iron.
        public var iron: Milligrams
        /// After ferric carboxymaltose.
        public var interferenceHours: Int
        /// After red cells.
        public var transfusionDays: Int
    }

    /// What single gates compare with (facts §4).
    public struct GateLimits: Hashable, Sendable {
        /// C-reactive protein above which G-SEQ is hard, mg/L.
        public var sequestrationProtein: Decimal
        public var magneticResonanceMonths: Int
        public var chemotherapySpacingMinutes: Int
        /// From which an ESA is not advised, g/dL.
        public var stimulationHemoglobin: Decimal
        /// From which G-HFINFO shows itself, ng/mL.
        public var informationFerritin: Decimal
        /// Below which somebody looks the same day, g/dL.
        public var transfusionHemoglobin: Decimal
        /// The same with cardiovascular disease, symptoms, or oncology on treatment.
        public var transfusionHemoglobinAtRisk: Decimal
    }

    /// Haemoglobin below which adults are anaemic, g/dL (WHO, sea level; facts §3).
    public struct Anemia: Hashable, Sendable {
        public var belowPregnant: Decimal
        public var belowWomen: Decimal
        public var below: Decimal
    }

    /// How a course was answered (facts §7.1 and §7.2; ).
    public struct Response: Hashable, Sendable {
        /// After the last milligram, from which a result may answer.
        public var firstDays: Int
        /// After the last milligram, from which a level is final.
        public var finalDays: Int
        /// Haemoglobin up, g/dL.
        public var rise: Decimal
        public var partialRise: Decimal
        public var pendingRise: Decimal
        /// An early trend: between these days, up by so much, g/dL.
        public var trendFirstDays: Int
        public var trendLastDays: Int
        public var trendRise: Decimal
        /// Ferritin, ng/mL.
        public var repleteFerritin: Decimal
        public var repleteFerritinInflamed: Decimal
        /// Of the plan's total.
        public var adequatePercent: Int
        /// Ferritin, ng/mL.
        public var inadequateFerritin: Decimal
        public var lossFerritin: Decimal
        /// Of ferritin's peak.
        public var lossFerritinPercent: Int
        /// Haemoglobin down, g/dL.
        public var lossFall: Decimal
        /// Ferritin, ng/mL.
        public var heldBackFerritin: Decimal
        /// mL/min/1.73 m².
        public var filtrationRate: Decimal
        /// pg/mL.
        public var vitaminB12: Decimal
        /// ng/mL.
        public var folate: Decimal
        /// fL.
        public var largeRedCells: Decimal
        public var smallRedCells: Decimal
    }
}
