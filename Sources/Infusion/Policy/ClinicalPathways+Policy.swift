extension ClinicalPathways {
    /// The numbers, each where the rules read it.
    public var policy: ClinicalPolicy {
        ClinicalPolicy(
            diagnosis: diagnosis, courses: courses, measurements: measurements,
            screening: screening,
            phosphate: phosphate, rechecks: rechecks, chairside: chairside,
            transfusion: transfusion, specimens: specimens, gates: gates, anemia: anemia,
            response: response,
            preparation: ClinicalPolicy.Preparation(
                vialRoundingPercent: whole(.vialRoundingPercent),
                vialLeftOverPercent: whole(.vialLeftOverPercent)),
            waiting: ClinicalPolicy.Waiting(routineDays: whole(.waitRoutineDays)),
            tables: PolicyTables(
                version: version,
                because: Dictionary(
                    uniqueKeysWithValues: PolicySetting.allCases.map { ($0, because($0)) }),
                windows: windows, ladders: ladders, iron: IronLimits(self)))
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

    private var courses: ClinicalPolicy.Courses {
        ClinicalPolicy.Courses(
            idleDays: whole(.courseIdleDays),
            daysAfterPlannedGap: whole(.courseDaysAfterPlannedGap))
    }

    private var measurements: ClinicalPolicy.Measurements {
        ClinicalPolicy.Measurements(
            weightMaxAgeDays: whole(.weightMaxAgeDays),
            sameDayWeightKilograms: whole(.sameDayWeightKilograms),
            nearLimitKilograms: whole(.nearLimitKilograms),
            obesityBodyMassIndex: decimal(.obesityBodyMassIndex),
            prePregnancyMaxAgeDays: whole(.prePregnancyWeightMaxAgeDays))
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
            maxAgeDays: whole(.phosphateMaxAgeDays), symptomDays: whole(.phosphateSymptomDays),
            checkEveryPatient: isYes(.phosphateForEveryPatient),
            checkBeforeEveryDose: isYes(.phosphateBeforeEveryDose))
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
            oncologyGraceDays: whole(.oncologyGraceDays),
            oncologyLowHemoglobin: decimal(.oncologyLowHemoglobin),
            oncologyGraceDaysWhenLow: whole(.oncologyGraceDaysWhenLow),
            cycleCountDays: whole(.cycleCountDays),
            cyclePanelDays: whole(.cyclePanelDays),
            heartFailureIntervalDays: whole(.heartFailureIntervalDays),
            ckdIntervalDays: whole(.ckdIntervalDays),
            hemodialysisIntervalDays: whole(.hemodialysisIntervalDays),
            hemodialysisCountIntervalDays: whole(.hemodialysisCountIntervalDays),
            hemodialysisGraceDays: whole(.hemodialysisGraceDays),
            kidneyTherapyDays: whole(.kidneyTherapyDays),
            surveillanceIntervalDays: whole(.surveillanceIntervalDays),
            surveillanceYearDays: whole(.surveillanceYearDays),
            surveillanceIntervalDaysLater: whole(.surveillanceIntervalDaysLater),
            bowelDiseaseLatestDaysLater: whole(.bowelDiseaseLatestDaysLater),
            surveillanceEndDays: whole(.surveillanceEndDays),
            surveillanceGraceDays: whole(.surveillanceGraceDays),
            hemoglobinFall: decimal(.hemoglobinFall),
            hemoglobinFallDays: whole(.hemoglobinFallDays))
    }

    private var transfusion: ClinicalPolicy.Transfusion {
        ClinicalPolicy.Transfusion(
            visitMinutesLowest: whole(.transfusionMinutesLowest),
            visitMinutesHighest: whole(.transfusionMinutesHighest),
            recheckDueDays: whole(.transfusionRecheckDueDays),
            recheckGraceDays: whole(.transfusionRecheckGraceDays),
            emergencyHours: whole(.transfusionEmergencyHours))
    }
}

extension ClinicalPathways {
    private var specimens: ClinicalPolicy.Specimens {
        ClinicalPolicy.Specimens(
            ironDays: whole(.ironSpecimenDays), ironDaysSmall: whole(.ironSpecimenDaysSmall),
            iron: Milligrams(decimal(.ironSpecimenMilligrams)),
            interferenceHours: whole(.ironInterferenceHours),
            transfusionDays: whole(.transfusionSpecimenDays))
    }

    private var gates: ClinicalPolicy.GateLimits {
        ClinicalPolicy.GateLimits(
            sequestrationProtein: decimal(.sequestrationProtein),
            magneticResonanceMonths: whole(.magneticResonanceMonths),
            chemotherapySpacingMinutes: whole(.chemotherapySpacingMinutes),
            stimulationHemoglobin: decimal(.stimulationHemoglobin),
            informationFerritin: decimal(.informationFerritin),
            transfusionHemoglobin: decimal(.transfusionHemoglobin),
            transfusionHemoglobinAtRisk: decimal(.transfusionHemoglobinAtRisk))
    }

    private var anemia: ClinicalPolicy.Anemia {
        ClinicalPolicy.Anemia(
            belowPregnant: decimal(.anemiaBelowPregnant), belowWomen: decimal(.anemiaBelowWomen),
            below: decimal(.anemiaBelow))
    }

    private var response: ClinicalPolicy.Response {
        ClinicalPolicy.Response(
            firstDays: whole(.responseFirstDays), finalDays: whole(.responseFinalDays),
            rise: decimal(.responseRise), partialRise: decimal(.responsePartialRise),
            pendingRise: decimal(.responsePendingRise),
            trendFirstDays: whole(.responseTrendFirstDays),
            trendLastDays: whole(.responseTrendLastDays), trendRise: decimal(.responseTrendRise),
            repleteFerritin: decimal(.repleteFerritin),
            repleteFerritinInflamed: decimal(.repleteFerritinInflamed),
            adequatePercent: whole(.adequatePercent),
            inadequateFerritin: decimal(.inadequateFerritin),
            lossFerritin: decimal(.lossFerritin),
            lossFerritinPercent: whole(.lossFerritinPercent), lossFall: decimal(.lossFall),
            heldBackFerritin: decimal(.heldBackFerritin),
            filtrationRate: decimal(.lowFiltrationRate), vitaminB12: decimal(.lowVitaminB12),
            folate: decimal(.lowFolate), largeRedCells: decimal(.largeRedCells),
            smallRedCells: decimal(.smallRedCells))
    }
}

extension ClinicalPathways {
    private var windows: RecheckWindows {
        RecheckWindows(
            symptomCheck: window(
                .symptomCheckEarliestDays, .symptomCheckDueDays, .symptomCheckOverdueDays),
            hemoglobinTrend: window(
                .hemoglobinTrendEarliestDays, .hemoglobinTrendDueDays,
                .hemoglobinTrendOverdueDays),
            hemoglobinResponse: window(
                .hemoglobinResponseEarliestDays, .hemoglobinResponseDueDays,
                .hemoglobinResponseOverdueDays),
            phosphate: window(
                .phosphateCheckEarliestDays, .phosphateCheckDueDays, .phosphateCheckOverdueDays),
            phosphateSymptoms: window(
                .phosphateSymptomsEarliestDays, .phosphateSymptomsDueDays,
                .phosphateSymptomsOverdueDays),
            fullIronPanel: window(
                .fullIronPanelEarliestDays, .fullIronPanelDueDays, .fullIronPanelOverdueDays),
            beforeDelivery: window(
                .beforeDeliveryEarliestDays, .beforeDeliveryDueDays, .beforeDeliveryOverdueDays),
            preOperative: window(
                .preOperativeEarliestDays, .preOperativeDueDays, .preOperativeOverdueDays),
            ferumoxytol: window(
                .ferumoxytolEarliestDays, .ferumoxytolDueDays, .ferumoxytolOverdueDays),
            admission: window(.admissionEarliestDays, .admissionDueDays, .admissionOverdueDays),
            retreatment: window(
                .retreatmentEarliestDays, .retreatmentDueDays, .retreatmentOverdueDays),
            stimulation: window(
                .stimulationEarliestDays, .stimulationDueDays, .stimulationOverdueDays),
            ironStores: dates(.ironStoresDueDays, .ironStoresOverdueDays),
            infection: dates(.infectionRecheckDueDays, .infectionRecheckOverdueDays),
            maintenance: dates(.maintenanceDueDays, .maintenanceOverdueDays),
            cyclePanel: dates(.cyclePanelDueDays, .cyclePanelOverdueDays),
            emergency: atOnce(.emergencyDays), urgent: atOnce(.urgentDays), soon: atOnce(.soonDays))
    }

    /// Due from its own day on.
    private func atOnce(_ overdue: PolicySetting) -> RecheckWindows.Dates {
        RecheckWindows.Dates(
            due: 0, overdueAfter: whole(overdue), becauseDue: because(overdue),
            becauseOverdue: because(overdue))
    }

    private func window(
        _ earliest: PolicySetting, _ due: PolicySetting, _ overdue: PolicySetting
    ) -> RecheckWindow {
        dates(due, overdue).window(from: whole(earliest), because: because(earliest))
    }

    private func dates(
        _ due: PolicySetting, _ overdue: PolicySetting
    ) -> RecheckWindows.Dates {
        RecheckWindows.Dates(
            due: whole(due), overdueAfter: whole(overdue), becauseDue: because(due),
            becauseOverdue: because(overdue))
    }

    private var ladders: UrgencyLadders {
        UrgencyLadders(
            hemoglobin: UrgencyLadder(
                analyte: .hemoglobin,
                rungs: [
                    rung(.hemoglobinEmergencyBelow, .emergency),
                    rung(.hemoglobinUrgentBelow, .urgent),
                ]),
            phosphate: UrgencyLadder(
                analyte: .phosphate,
                rungs: [
                    rung(.phosphateEmergencyBelow, .emergency),
                    rung(.phosphateUrgentBelow, .urgent),
                ]))
    }

    private func rung(_ below: PolicySetting, _ urgency: Urgency) -> UrgencyLadder.Rung {
        UrgencyLadder.Rung(
            below: decimal(below), urgency: urgency, source: self[below].source,
            because: because(below))
    }
}
