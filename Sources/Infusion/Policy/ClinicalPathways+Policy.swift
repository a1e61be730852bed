extension ClinicalPathways {
    /// The numbers, each where the rules read it.
    public var policy: ClinicalPolicy {
        ClinicalPolicy(
            diagnosis: diagnosis, measurements: measurements, screening: screening,
            phosphate: phosphate, rechecks: rechecks, chairside: chairside,
            transfusion: transfusion)
    }

    private var diagnosis: ClinicalPolicy.Diagnosis {
        ClinicalPolicy.Diagnosis(
            ironMaxAgeDays: whole(.ironMaxAgeDays),
            ironMaxAgeDaysStrict: whole(.ironMaxAgeDaysStrict),
            hemoglobinMaxAgeDays: whole(.hemoglobinMaxAgeDays),
            hemoglobinMaxAgeDaysOncology: whole(.hemoglobinMaxAgeDaysOncology),
            hemoglobinMaxAgeDaysPreOperative: whole(.hemoglobinMaxAgeDaysPreOperative),
            maintenanceMaxAgeDays: whole(.maintenanceMaxAgeDays),
            minimumDaysBetweenCourses: whole(.minimumDaysBetweenCourses))
    }

    private var measurements: ClinicalPolicy.Measurements {
        ClinicalPolicy.Measurements(
            weightMaxAgeDays: whole(.weightMaxAgeDays),
            nearLimitKilograms: whole(.nearLimitKilograms))
    }

    private var screening: ClinicalPolicy.Screening {
        ClinicalPolicy.Screening(
            infectionMaxAgeDays: whole(.infectionMaxAgeDays),
            pregnancyMaxAgeDays: whole(.pregnancyMaxAgeDays),
            youngestChildbearingAge: whole(.youngestChildbearingAge),
            oldestChildbearingAge: whole(.oldestChildbearingAge),
            earliestGestationDays: whole(.earliestGestationDays))
    }

    private var phosphate: ClinicalPolicy.Phosphate {
        ClinicalPolicy.Phosphate(
            repeatCourseMonths: whole(.phosphateRepeatCourseMonths),
            earliestDaysAfterDose: whole(.phosphateEarliestDaysAfterDose),
            maxAgeDays: whole(.phosphateMaxAgeDays),
            checkEveryPatient: isYes(.phosphateForEveryPatient))
    }

    private var chairside: ClinicalPolicy.Chairside {
        ClinicalPolicy.Chairside(
            systolicLowest: whole(.systolicLowest), systolicHighest: whole(.systolicHighest),
            heartRateLowest: whole(.heartRateLowest), heartRateHighest: whole(.heartRateHighest),
            oxygenSaturationLowest: whole(.oxygenSaturationLowest), feverFrom: decimal(.feverFrom))
    }

    private var rechecks: ClinicalPolicy.Rechecks {
        ClinicalPolicy.Rechecks(
            oncologyIntervalDays: whole(.oncologyIntervalDays),
            oncologyIntervalDaysWhenLow: whole(.oncologyIntervalDaysWhenLow),
            oncologyGraceDays: whole(.oncologyGraceDays), cycleCountDays: whole(.cycleCountDays),
            cyclePanelDays: whole(.cyclePanelDays),
            heartFailureIntervalDays: whole(.heartFailureIntervalDays),
            ckdIntervalDays: whole(.ckdIntervalDays),
            hemodialysisIntervalDays: whole(.hemodialysisIntervalDays),
            hemodialysisCountIntervalDays: whole(.hemodialysisCountIntervalDays),
            surveillanceIntervalDays: whole(.surveillanceIntervalDays),
            surveillanceYearDays: whole(.surveillanceYearDays),
            surveillanceIntervalDaysLater: whole(.surveillanceIntervalDaysLater),
            surveillanceEndDays: whole(.surveillanceEndDays),
            surveillanceGraceDays: whole(.surveillanceGraceDays))
    }

    private var transfusion: ClinicalPolicy.Transfusion {
        ClinicalPolicy.Transfusion(
            visitMinutesLowest: whole(.transfusionMinutesLowest),
            visitMinutesHighest: whole(.transfusionMinutesHighest),
            recheckDueDays: whole(.transfusionRecheckDueDays),
            recheckGraceDays: whole(.transfusionRecheckGraceDays))
    }
}
