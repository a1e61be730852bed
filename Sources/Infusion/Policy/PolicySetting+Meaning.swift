extension PolicySetting {
    /// What it is, with its unit.
    public var meaning: String {
        switch self {
        case .ironMaxAgeDays: "the age of ferritin and saturation on the day of a dose, days"
        case .ironMaxAgeDaysStrict: "the same in oncology and haemodialysis, days"
        case .hemoglobinMaxAgeDays: "the age of haemoglobin on the day of a dose, days"
        case .hemoglobinMaxAgeDaysOncology: "the same during cancer treatment, days"
        case .hemoglobinMaxAgeDaysPreOperative: "the same before surgery, days"
        case .maintenanceMaxAgeDays: "results for a maintenance dose in heart failure, days"
        case .minimumDaysBetweenCourses:
            "between the last dose of a course and the next course, days"
        case .weightMaxAgeDays: "the age of the weight where the dose depends on it, days"
        case .nearLimitKilograms: "so near a weight limit the weight is of the same day, kg"
        case .infectionMaxAgeDays: "how long the answer \"no infection\" is good, days"
        case .pregnancyMaxAgeDays: "how long the answer \"not pregnant\" is good, days"
        case .youngestChildbearingAge: "from this age on pregnancy is asked about, a"
        case .oldestChildbearingAge: "up to this age, a"
        case .earliestGestationDays: "the gestation from which iron may be given, days"
        case .phosphateRepeatCourseMonths: "a further course so soon asks for phosphate, months"
        case .phosphateEarliestDaysAfterDose: "phosphate drawn so long after the last dose, days"
        case .phosphateMaxAgeDays: "and so long before the next one, days"
        case .phosphateForEveryPatient:
            "ask for phosphate after every dose of ferric carboxymaltose"
        case .systolicLowest: "the lowest systolic pressure that is stable, mm[Hg]"
        case .systolicHighest: "the highest, mm[Hg]"
        case .heartRateLowest: "the lowest heart rate that is stable, /min"
        case .heartRateHighest: "the highest, /min"
        case .oxygenSaturationLowest: "the lowest oxygen saturation that is stable, %"
        case .feverFrom: "a temperature that counts as fever, Cel"
        case .oncologyIntervalDays: "between blood counts during cancer treatment, days"
        case .oncologyIntervalDaysWhenLow: "the same while haemoglobin is below 10 g/dL, days"
        case .oncologyGraceDays: "until a monthly count is overdue, days"
        case .cycleCountDays: "a blood count so long before a cycle serves for it, days"
        case .cyclePanelDays: "ferritin and saturation so long before a cycle serve for it, days"
        case .heartFailureIntervalDays: "between panels in heart failure, days"
        case .ckdIntervalDays: "between panels in kidney disease on therapy, days"
        case .hemodialysisIntervalDays: "between ferritin and saturation in haemodialysis, days"
        case .hemodialysisCountIntervalDays: "between haemoglobins in haemodialysis, days"
        case .surveillanceIntervalDays: "between looks in the first year after iron, days"
        case .surveillanceYearDays: "how long that first year is, days"
        case .surveillanceIntervalDaysLater: "between looks after it, days"
        case .surveillanceEndDays: "the last look after iron where no bowel disease is, days"
        case .surveillanceGraceDays: "until such a look is overdue, days"
        case .transfusionMinutesLowest: "the shortest visit for a unit of red cells, min"
        case .transfusionMinutesHighest: "the longest, min"
        case .transfusionRecheckDueDays: "from a unit of red cells to its haemoglobin, days"
        case .transfusionRecheckGraceDays: "until that haemoglobin is overdue, days"
        }
    }

    /// Where its default comes from; § and R- numbers are those of the clinical facts.
    public var source: ClinicalSource {
        switch self {
        case .ironMaxAgeDays, .ironMaxAgeDaysStrict, .hemoglobinMaxAgeDays,
            .hemoglobinMaxAgeDaysOncology, .hemoglobinMaxAgeDaysPreOperative, .weightMaxAgeDays:
            ClinicalSource("clinical facts §3.1", .engineeringDefault, .low)
        case .maintenanceMaxAgeDays:
            ClinicalSource("clinical facts §3.1, §6 R7; Injectafer label", .verified, .high)
        case .minimumDaysBetweenCourses:
            ClinicalSource("clinical facts R-2", .engineeringDefault, .medium)
        case .nearLimitKilograms:
            ClinicalSource("clinical facts R-42", .engineeringDefault, .medium)
        case .infectionMaxAgeDays, .pregnancyMaxAgeDays, .youngestChildbearingAge,
            .oldestChildbearingAge:
            ClinicalSource("clinical facts §4", .engineeringDefault, .medium)
        case .earliestGestationDays:
            ClinicalSource(
                "clinical facts §1.6: 14w0d in the US (V2), from 13w0d on in the EU (V)",
                .secondary, .medium)
        case .phosphateRepeatCourseMonths:
            ClinicalSource("clinical facts §1.5; Injectafer label", .verified, .high)
        case .phosphateEarliestDaysAfterDose, .phosphateMaxAgeDays, .phosphateForEveryPatient:
            ClinicalSource("clinical facts R-16", .engineeringDefault, .medium)
        case .systolicLowest, .systolicHighest, .heartRateLowest, .heartRateHighest,
            .oxygenSaturationLowest:
            ClinicalSource("clinical facts §4 G-VITALS", .engineeringDefault, .low)
        case .feverFrom: ClinicalSource("clinical facts §4 G-INFECT", .engineeringDefault, .high)
        case .oncologyIntervalDays, .oncologyIntervalDaysWhenLow:
            ClinicalSource(
                "SEED-C: \"once a week or once a month\"; the limit of 10 g/dL (ED)",
                .verified, .high)
        case .oncologyGraceDays, .cycleCountDays, .surveillanceGraceDays:
            ClinicalSource("clinical facts §6", .engineeringDefault, .low)
        case .cyclePanelDays:
            ClinicalSource("clinical facts §3.1, §6 R11", .secondary, .medium)
        case .heartFailureIntervalDays: ClinicalSource("clinical facts §6 R8", .secondary, .medium)
        case .ckdIntervalDays, .hemodialysisIntervalDays, .hemodialysisCountIntervalDays:
            ClinicalSource("clinical facts §6 R9, R10; KDIGO 2026", .secondary, .high)
        case .surveillanceIntervalDays, .surveillanceYearDays, .surveillanceIntervalDaysLater:
            ClinicalSource("clinical facts §6 R12, R13; BSG, ECCO", .secondary, .high)
        case .transfusionMinutesLowest, .transfusionMinutesHighest:
            ClinicalSource(
                "clinical facts §9.1; \"one to three hours\" (the third founding document)",
                .verified, .high)
        case .transfusionRecheckDueDays, .transfusionRecheckGraceDays:
            ClinicalSource(
                "clinical facts §4 G-TX: single unit, then re-check (NICE, AoMRC); the days",
                .engineeringDefault, .medium)
        case .surveillanceEndDays:
            ClinicalSource("clinical facts §6 R13; BSG: two to three years", .secondary, .high)
        }
    }
}
