public import Foundation

/// A setting of ``ClinicalPolicy`` by the name that files give it, with what it may be.
///
/// What a label says can be made stricter and never weaker: the accepted values end there.
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

    /// What a setting holds, and where.
    public enum Kind {
        case number(WritableKeyPath<ClinicalPolicy, Int>, ClosedRange<Int>)
        case decimal(WritableKeyPath<ClinicalPolicy, Decimal>, ClosedRange<Decimal>)
        case yesOrNo(WritableKeyPath<ClinicalPolicy, Bool>)
    }

    /// A value as a file has it.
    public enum Value: Sendable {
        case decimal(Decimal)
        case yesOrNo(Bool)
    }

    /// What the value may be, in words: `0 to 56`, `yes or no`.
    public var accepted: String {
        switch kind {
        case .number(_, let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .decimal(_, let range): "a number from \(range.lowerBound) to \(range.upperBound)"
        case .yesOrNo: "yes or no"
        }
    }

    /// The value in `policy`, as a file would have it.
    public func text(in policy: ClinicalPolicy) -> String {
        switch kind {
        case .number(let path, _): "\(policy[keyPath: path])"
        case .decimal(let path, _): "\(policy[keyPath: path])"
        case .yesOrNo(let path): policy[keyPath: path] ? "yes" : "no"
        }
    }

    /// Sets the value; `false`, and nothing changed, where it is not ``accepted``.
    public func set(_ value: Value, in policy: inout ClinicalPolicy) -> Bool {
        switch (kind, value) {
        case (.number(let path, let range), .decimal(let decimal)):
            let number = NSDecimalNumber(decimal: decimal).intValue
            guard Decimal(number) == decimal, range.contains(number) else { return false }
            policy[keyPath: path] = number
        case (.decimal(let path, let range), .decimal(let decimal)):
            guard range.contains(decimal) else { return false }
            policy[keyPath: path] = decimal
        case (.yesOrNo(let path), .yesOrNo(let answer)):
            policy[keyPath: path] = answer
        case (.number, .yesOrNo), (.decimal, .yesOrNo), (.yesOrNo, .decimal):
            return false
        }
        return true
    }
}
