import Foundation

extension PolicySetting {
    /// What the rules count it in; a file says the same unit or is refused.
    public var shape: Shape {
        switch self {
        case .ironMaxAgeDays, .ironMaxAgeDaysStrict, .hemoglobinMaxAgeDays,
            .hemoglobinMaxAgeDaysOncology, .hemoglobinMaxAgeDaysPreOperative,
            .maintenanceMaxAgeDays, .minimumDaysBetweenCourses, .weightMaxAgeDays,
            .prePregnancyWeightMaxAgeDays,
            .infectionMaxAgeDays, .pregnancyMaxAgeDays, .earliestGestationDays,
            .phosphateEarliestDaysAfterDose, .phosphateMaxAgeDays, .oncologyIntervalDays,
            .oncologyIntervalDaysWhenLow, .oncologyGraceDays, .cycleCountDays, .cyclePanelDays,
            .heartFailureIntervalDays, .ckdIntervalDays, .hemodialysisIntervalDays,
            .hemodialysisCountIntervalDays, .surveillanceIntervalDays, .surveillanceYearDays,
            .surveillanceIntervalDaysLater, .surveillanceEndDays, .surveillanceGraceDays,
            .transfusionRecheckDueDays, .transfusionRecheckGraceDays, .oncologyGraceDaysWhenLow,
            .hemodialysisGraceDays, .symptomCheckEarliestDays, .symptomCheckDueDays,
            .symptomCheckOverdueDays, .hemoglobinTrendEarliestDays, .hemoglobinTrendDueDays,
            .hemoglobinTrendOverdueDays, .hemoglobinResponseEarliestDays,
            .hemoglobinResponseDueDays, .hemoglobinResponseOverdueDays, .ironStoresDueDays,
            .ironStoresOverdueDays, .phosphateCheckEarliestDays, .phosphateCheckDueDays,
            .phosphateCheckOverdueDays, .phosphateSymptomsEarliestDays, .phosphateSymptomsDueDays,
            .phosphateSymptomsOverdueDays, .fullIronPanelEarliestDays, .fullIronPanelDueDays,
            .fullIronPanelOverdueDays, .maintenanceDueDays, .maintenanceOverdueDays,
            .cyclePanelDueDays, .cyclePanelOverdueDays, .beforeDeliveryEarliestDays,
            .beforeDeliveryDueDays, .beforeDeliveryOverdueDays, .preOperativeEarliestDays,
            .preOperativeDueDays, .preOperativeOverdueDays, .ferumoxytolEarliestDays,
            .ferumoxytolDueDays, .ferumoxytolOverdueDays, .admissionEarliestDays,
            .admissionDueDays, .admissionOverdueDays, .retreatmentEarliestDays,
            .retreatmentDueDays, .retreatmentOverdueDays, .stimulationEarliestDays,
            .stimulationDueDays, .stimulationOverdueDays, .emergencyDays, .urgentDays, .soonDays,
            .waitRoutineDays, .infectionRecheckDueDays, .infectionRecheckOverdueDays,
            .phosphateSymptomDays, .kidneyTherapyDays, .bowelDiseaseLatestDaysLater,
            .hemoglobinFallDays, .courseIdleDays, .courseDaysAfterPlannedGap,
            .ironSpecimenDays, .ironSpecimenDaysSmall, .transfusionSpecimenDays,
            .responseFirstDays, .responseFinalDays, .responseTrendFirstDays, .responseTrendLastDays:
            .whole("d")
        case .nearLimitKilograms, .sameDayWeightKilograms: .whole("kg")
        case .obesityBodyMassIndex: .decimal("kg/m2")
        case .youngestChildbearingAge, .oldestChildbearingAge: .whole("a")
        case .phosphateRepeatCourseMonths, .magneticResonanceMonths: .whole("mo")
        case .systolicLowest, .systolicHighest: .whole("mm[Hg]")
        case .heartRateLowest, .heartRateHighest: .whole("/min")
        case .oxygenSaturationLowest, .adequatePercent, .lossFerritinPercent, .vialRoundingPercent,
            .vialLeftOverPercent:
            .whole("%")
        case .transfusionMinutesLowest, .transfusionMinutesHighest, .chemotherapySpacingMinutes:
            .whole("min")
        case .feverFrom: .decimal("Cel")
        case .oncologyLowHemoglobin, .hemoglobinEmergencyBelow, .hemoglobinUrgentBelow,
            .hemoglobinFall, .stimulationHemoglobin, .transfusionHemoglobin,
            .transfusionHemoglobinAtRisk,
            .anemiaBelowPregnant, .anemiaBelowWomen, .anemiaBelow, .responseRise,
            .responsePartialRise, .responsePendingRise, .responseTrendRise, .lossFall:
            .decimal(Analyte.hemoglobin.canonicalUnit)
        case .phosphateEmergencyBelow, .phosphateUrgentBelow:
            .decimal(Analyte.phosphate.canonicalUnit)
        case .ferritinAlone, .generalFerritinAbsolute, .generalFerritinStores,
            .oncologyFerritinAbsolute, .oncologyFerritinDeficient, .oncologyStimulatedFerritin,
            .oncologyIndividualizeFerritin, .heartFailureFerritinAbsolute,
            .heartFailureFerritinFunctional, .heartFailureMaintenanceFerritin,
            .kidneyFerritinAbsolute, .kidneyStartFerritin, .hemodialysisStartFerritin,
            .kidneyReviewFerritin, .bowelDiseaseFerritinAbsolute, .bowelDiseaseFerritinMixed,
            .bowelDiseaseInactiveFerritinAbsolute, .bowelDiseaseRetreatmentFerritin,
            .pregnancyFerritinAbsolute, .preOperativeFerritinAbsolute,
            .preOperativeFerritinFunctional, .preOperativeFerritinForLoss, .ferritinCeiling,
            .oncologyFerritinCeiling, .kidneyFerritinCeiling, .highSaturationFerritin,
            .contradictedFerritin, .informationFerritin, .repleteFerritin,
            .repleteFerritinInflamed, .inadequateFerritin, .lossFerritin, .heldBackFerritin:
            .decimal(Analyte.ferritin.canonicalUnit)
        case .lowSaturation, .oncologyStimulatedSaturation, .kidneyStartSaturation,
            .kidneyStartSaturationAbsolute, .hemodialysisStartSaturation,
            .oncologySaturationCeiling, .kidneySaturationCeiling, .highSaturation:
            .decimal(Analyte.transferrinSaturation.canonicalUnit)
        case .raisedProtein, .sequestrationProtein: .decimal(Analyte.cReactiveProtein.canonicalUnit)
        case .lowReticulocyteHemoglobin: .decimal(Analyte.reticulocyteHemoglobin.canonicalUnit)
        case .lowFiltrationRate:
            .decimal(Analyte.estimatedGlomerularFiltrationRate.canonicalUnit)
        case .lowVitaminB12: .decimal(Analyte.vitaminB12.canonicalUnit)
        case .lowFolate: .decimal(Analyte.folate.canonicalUnit)
        case .largeRedCells, .smallRedCells: .decimal(Analyte.meanCorpuscularVolume.canonicalUnit)
        case .ironInterferenceHours, .transfusionEmergencyHours: .whole("h")
        case .ironSpecimenMilligrams: .decimal(Units.Milligram.ucum)
        case .phosphateForEveryPatient, .phosphateBeforeEveryDose: .yesOrNo
        }
    }

    /// The UCUM unit; `nil` of an answer.
    public var unit: String? {
        switch shape {
        case .whole(let unit), .decimal(let unit): unit
        case .yesOrNo: nil
        }
    }

    /// Whether it can be a value of this setting at all.
    public func fits(_ value: Value) -> Bool {
        switch (shape, value) {
        case (.whole, .decimal(let number)): Decimal(Self.whole(number)) == number
        case (.decimal, .decimal), (.yesOrNo, .yesOrNo): true
        case (.whole, .yesOrNo), (.decimal, .yesOrNo), (.yesOrNo, .decimal): false
        }
    }

    static func whole(_ number: Decimal) -> Int { NSDecimalNumber(decimal: number).intValue }
}
