public import Foundation

/// A number of the rules by the name that files give it. Its value, what a site may make of it and
/// where it comes from are a ``PathwayRow`` of the ``ClinicalPathways``.
public enum PolicySetting: String, CaseIterable, Sendable {
    case ironMaxAgeDays, ironMaxAgeDaysStrict, hemoglobinMaxAgeDays, hemoglobinMaxAgeDaysOncology
    case hemoglobinMaxAgeDaysPreOperative, maintenanceMaxAgeDays, minimumDaysBetweenCourses
    case courseIdleDays, courseDaysAfterPlannedGap
    case vialRoundingPercent, vialLeftOverPercent
    case weightMaxAgeDays, nearLimitKilograms, obesityBodyMassIndex
    case prePregnancyWeightMaxAgeDays
    case infectionMaxAgeDays, pregnancyMaxAgeDays, youngestChildbearingAge, oldestChildbearingAge
    case earliestGestationDays
    case phosphateRepeatCourseMonths, phosphateEarliestDaysAfterDose, phosphateMaxAgeDays
    case phosphateForEveryPatient, phosphateBeforeEveryDose, phosphateSymptomDays
    case systolicLowest, systolicHighest, heartRateLowest, heartRateHighest
    case oxygenSaturationLowest, feverFrom
    case oncologyIntervalDays, oncologyIntervalDaysWhenLow, oncologyGraceDays, cycleCountDays
    case cyclePanelDays, heartFailureIntervalDays, ckdIntervalDays, hemodialysisIntervalDays
    case hemodialysisCountIntervalDays, kidneyTherapyDays
    case surveillanceIntervalDays, surveillanceYearDays
    case surveillanceIntervalDaysLater, bowelDiseaseLatestDaysLater
    case surveillanceEndDays, surveillanceGraceDays
    case transfusionMinutesLowest, transfusionMinutesHighest
    case transfusionRecheckDueDays, transfusionRecheckGraceDays, transfusionEmergencyHours
    case oncologyLowHemoglobin, oncologyGraceDaysWhenLow, hemodialysisGraceDays
    // Windows of the rechecks, from what they count from.
    case symptomCheckEarliestDays, symptomCheckDueDays, symptomCheckOverdueDays
    case hemoglobinTrendEarliestDays, hemoglobinTrendDueDays, hemoglobinTrendOverdueDays
    case hemoglobinResponseEarliestDays, hemoglobinResponseDueDays, hemoglobinResponseOverdueDays
    case ironStoresDueDays, ironStoresOverdueDays
    case phosphateCheckEarliestDays, phosphateCheckDueDays, phosphateCheckOverdueDays
    case phosphateSymptomsEarliestDays, phosphateSymptomsDueDays, phosphateSymptomsOverdueDays
    case fullIronPanelEarliestDays, fullIronPanelDueDays, fullIronPanelOverdueDays
    case maintenanceDueDays, maintenanceOverdueDays
    case cyclePanelDueDays, cyclePanelOverdueDays
    case beforeDeliveryEarliestDays, beforeDeliveryDueDays, beforeDeliveryOverdueDays
    case preOperativeEarliestDays, preOperativeDueDays, preOperativeOverdueDays
    case ferumoxytolEarliestDays, ferumoxytolDueDays, ferumoxytolOverdueDays
    case admissionEarliestDays, admissionDueDays, admissionOverdueDays
    case retreatmentEarliestDays, retreatmentDueDays, retreatmentOverdueDays
    case stimulationEarliestDays, stimulationDueDays, stimulationOverdueDays
    case infectionRecheckDueDays, infectionRecheckOverdueDays
    // The urgency ladder.
    case hemoglobinEmergencyBelow, hemoglobinUrgentBelow, hemoglobinFall, hemoglobinFallDays
    case phosphateEmergencyBelow, phosphateUrgentBelow
    case emergencyDays, urgentDays, soonDays
    // The wait list.
    case waitRoutineDays
    // Limits of the iron status.
    case lowSaturation, raisedProtein, lowReticulocyteHemoglobin, ferritinAlone
    case generalFerritinAbsolute, generalFerritinStores, oncologyFerritinAbsolute
    case oncologyFerritinDeficient, oncologyStimulatedSaturation, oncologyStimulatedFerritin
    case oncologyIndividualizeFerritin, heartFailureFerritinAbsolute
    case heartFailureFerritinFunctional, heartFailureMaintenanceFerritin, kidneyFerritinAbsolute
    case kidneyStartFerritin, kidneyStartSaturation, kidneyStartSaturationAbsolute
    case hemodialysisStartFerritin, hemodialysisStartSaturation, kidneyReviewFerritin
    case bowelDiseaseFerritinAbsolute, bowelDiseaseFerritinMixed
    case bowelDiseaseInactiveFerritinAbsolute, bowelDiseaseRetreatmentFerritin
    case pregnancyFerritinAbsolute, preOperativeFerritinAbsolute, preOperativeFerritinFunctional
    case preOperativeFerritinForLoss, ferritinCeiling, oncologyFerritinCeiling
    case oncologySaturationCeiling, kidneyFerritinCeiling, kidneySaturationCeiling, highSaturation
    case highSaturationFerritin, contradictedFerritin
    // Specimens, single gates, anaemia.
    case ironSpecimenDays, ironSpecimenDaysSmall, ironSpecimenMilligrams, ironInterferenceHours
    case transfusionSpecimenDays
    case sequestrationProtein, magneticResonanceMonths, chemotherapySpacingMinutes
    case stimulationHemoglobin, informationFerritin
    case transfusionHemoglobin, transfusionHemoglobinAtRisk, sameDayWeightKilograms
    case anemiaBelowPregnant, anemiaBelowWomen, anemiaBelow
    // The response to a course.
    case responseFirstDays, responseFinalDays, responseRise, responsePartialRise
    case responsePendingRise, responseTrendFirstDays, responseTrendLastDays, responseTrendRise
    case repleteFerritin, repleteFerritinInflamed, adequatePercent, inadequateFerritin
    case lossFerritin, lossFerritinPercent, lossFall, heldBackFerritin, lowFiltrationRate
    case lowVitaminB12, lowFolate, largeRedCells, smallRedCells

    /// A value as a file has it.
    public enum Value: Hashable, Sendable, CustomStringConvertible {
        case decimal(Decimal)
        case yesOrNo(Bool)

        public var description: String {
            switch self {
            case .decimal(let number): "\(number)"
            case .yesOrNo(let answer): answer ? "yes" : "no"
            }
        }
    }

    /// What a value may be at all.
    public enum Shape: Hashable, Sendable {
        /// A whole number of a UCUM unit.
        case whole(String)
        /// Any number of a UCUM unit.
        case decimal(String)
        case yesOrNo
    }

    /// Settings of which none may overtake the next one: the accepted values of one end where those of
    /// the next begin.
    public static let ascending: [[PolicySetting]] = [
        [.youngestChildbearingAge, .oldestChildbearingAge],
        [.systolicLowest, .systolicHighest], [.heartRateLowest, .heartRateHighest],
        [.transfusionMinutesLowest, .transfusionMinutesHighest],
        [.symptomCheckEarliestDays, .symptomCheckDueDays, .symptomCheckOverdueDays],
        [.hemoglobinTrendEarliestDays, .hemoglobinTrendDueDays, .hemoglobinTrendOverdueDays],
        [
            .hemoglobinResponseEarliestDays, .hemoglobinResponseDueDays,
            .hemoglobinResponseOverdueDays,
        ],
        [.ironStoresDueDays, .ironStoresOverdueDays],
        [.phosphateCheckEarliestDays, .phosphateCheckDueDays, .phosphateCheckOverdueDays],
        [.phosphateSymptomsEarliestDays, .phosphateSymptomsDueDays, .phosphateSymptomsOverdueDays],
        [.fullIronPanelEarliestDays, .fullIronPanelDueDays, .fullIronPanelOverdueDays],
        [.maintenanceDueDays, .maintenanceOverdueDays],
        [.cyclePanelDueDays, .cyclePanelOverdueDays],
        [.beforeDeliveryEarliestDays, .beforeDeliveryDueDays, .beforeDeliveryOverdueDays],
        [.preOperativeEarliestDays, .preOperativeDueDays, .preOperativeOverdueDays],
        [.ferumoxytolEarliestDays, .ferumoxytolDueDays, .ferumoxytolOverdueDays],
        [.admissionEarliestDays, .admissionDueDays, .admissionOverdueDays],
        [.retreatmentEarliestDays, .retreatmentDueDays, .retreatmentOverdueDays],
        [.stimulationEarliestDays, .stimulationDueDays, .stimulationOverdueDays],
        [.infectionRecheckDueDays, .infectionRecheckOverdueDays],
        [.hemoglobinEmergencyBelow, .hemoglobinUrgentBelow],
        [.phosphateEmergencyBelow, .phosphateUrgentBelow],
        [.emergencyDays, .urgentDays, .soonDays, .waitRoutineDays],
        [.generalFerritinAbsolute, .generalFerritinStores],
        [
            .oncologyFerritinAbsolute, .oncologyFerritinDeficient, .oncologyIndividualizeFerritin,
            .oncologyStimulatedFerritin,
        ],
        [.heartFailureFerritinAbsolute, .heartFailureFerritinFunctional],
        [
            .ferritinAlone, .kidneyFerritinAbsolute, .kidneyStartFerritin, .kidneyFerritinCeiling,
        ],
        [.kidneyFerritinAbsolute, .hemodialysisStartFerritin, .kidneyFerritinCeiling],
        [.lowSaturation, .kidneyStartSaturation, .kidneyStartSaturationAbsolute],
        [.lowSaturation, .hemodialysisStartSaturation],
        [.bowelDiseaseFerritinAbsolute, .bowelDiseaseFerritinMixed],
        [.preOperativeFerritinAbsolute, .preOperativeFerritinFunctional],
        [.contradictedFerritin, .highSaturationFerritin],
        [.ironSpecimenDaysSmall, .ironSpecimenDays, .ironStoresOverdueDays],
        [.ironSpecimenDaysSmall, .ironStoresDueDays],
        [.transfusionHemoglobin, .transfusionHemoglobinAtRisk],
        [.anemiaBelowPregnant, .anemiaBelowWomen, .anemiaBelow],
        [.responseFirstDays, .responseFinalDays],
        [.responsePendingRise, .responsePartialRise, .responseRise],
        [.responseTrendFirstDays, .responseTrendLastDays],
        [.repleteFerritin, .repleteFerritinInflamed], [.smallRedCells, .largeRedCells],
    ]
}
