public import Foundation

/// A number of the rules by the name that files give it. Its value, what a site may make of it and
/// where it comes from are a ``PathwayRow`` of the ``ClinicalPathways``.
public enum PolicySetting: String, CaseIterable, Sendable {
    case ironMaxAgeDays, ironMaxAgeDaysStrict, hemoglobinMaxAgeDays, hemoglobinMaxAgeDaysOncology
    case hemoglobinMaxAgeDaysPreOperative, maintenanceMaxAgeDays, minimumDaysBetweenCourses
    case weightMaxAgeDays, nearLimitKilograms
    case infectionMaxAgeDays, pregnancyMaxAgeDays, youngestChildbearingAge, oldestChildbearingAge
    case earliestGestationDays
    case phosphateRepeatCourseMonths, phosphateEarliestDaysAfterDose, phosphateMaxAgeDays
    case phosphateForEveryPatient
    case systolicLowest, systolicHighest, heartRateLowest, heartRateHighest
    case oxygenSaturationLowest, feverFrom
    case oncologyIntervalDays, oncologyIntervalDaysWhenLow, oncologyGraceDays, cycleCountDays
    case cyclePanelDays, heartFailureIntervalDays, ckdIntervalDays, hemodialysisIntervalDays
    case hemodialysisCountIntervalDays, surveillanceIntervalDays, surveillanceYearDays
    case surveillanceIntervalDaysLater, surveillanceEndDays, surveillanceGraceDays
    case transfusionMinutesLowest, transfusionMinutesHighest
    case transfusionRecheckDueDays, transfusionRecheckGraceDays

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
    ]
}
