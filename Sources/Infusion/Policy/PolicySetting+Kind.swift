import Foundation

extension PolicySetting {
    /// Where the setting is, and the values it may take.
    public var kind: Kind {
        switch self {
        case .ironMaxAgeDays: .number(\.diagnosis.ironMaxAgeDays, 1...120)
        case .ironMaxAgeDaysStrict: .number(\.diagnosis.ironMaxAgeDaysStrict, 1...120)
        case .hemoglobinMaxAgeDays: .number(\.diagnosis.hemoglobinMaxAgeDays, 0...90)
        case .hemoglobinMaxAgeDaysOncology:
            .number(\.diagnosis.hemoglobinMaxAgeDaysOncology, 0...28)
        case .hemoglobinMaxAgeDaysPreOperative:
            .number(\.diagnosis.hemoglobinMaxAgeDaysPreOperative, 0...28)
        // The label's fourteen days are the most.
        case .maintenanceMaxAgeDays: .number(\.diagnosis.maintenanceMaxAgeDays, 0...14)
        case .minimumDaysBetweenCourses:
            .number(\.diagnosis.minimumDaysBetweenCourses, 7...365)
        case .weightMaxAgeDays: .number(\.measurements.weightMaxAgeDays, 0...90)
        case .nearLimitKilograms: .number(\.measurements.nearLimitKilograms, 0...10)
        case .infectionMaxAgeDays: .number(\.screening.infectionMaxAgeDays, 0...14)
        case .pregnancyMaxAgeDays: .number(\.screening.pregnancyMaxAgeDays, 0...60)
        case .youngestChildbearingAge: .number(\.screening.youngestChildbearingAge, 8...15)
        case .oldestChildbearingAge: .number(\.screening.oldestChildbearingAge, 50...65)
        // EU labels: not in the first trimester, which ends at 13w0d.
        case .earliestGestationDays: .number(\.screening.earliestGestationDays, 91...140)
        // The boxed advice speaks of repeat courses within three months.
        case .phosphateRepeatCourseMonths: .number(\.phosphate.repeatCourseMonths, 3...12)
        case .phosphateEarliestDaysAfterDose: .number(\.phosphate.earliestDaysAfterDose, 7...28)
        case .phosphateMaxAgeDays: .number(\.phosphate.maxAgeDays, 1...28)
        case .phosphateForEveryPatient: .yesOrNo(\.phosphate.checkEveryPatient)
        case .systolicLowest: .number(\.chairside.systolicLowest, 70...110)
        case .systolicHighest: .number(\.chairside.systolicHighest, 140...220)
        case .heartRateLowest: .number(\.chairside.heartRateLowest, 35...60)
        case .heartRateHighest: .number(\.chairside.heartRateHighest, 90...140)
        case .oxygenSaturationLowest: .number(\.chairside.oxygenSaturationLowest, 85...96)
        case .feverFrom: .decimal(\.chairside.feverFrom, 37...38)
        case .oncologyIntervalDays: .number(\.rechecks.oncologyIntervalDays, 7...31)
        case .oncologyIntervalDaysWhenLow: .number(\.rechecks.oncologyIntervalDaysWhenLow, 1...14)
        case .oncologyGraceDays: .number(\.rechecks.oncologyGraceDays, 0...14)
        case .cycleCountDays: .number(\.rechecks.cycleCountDays, 0...7)
        case .cyclePanelDays: .number(\.rechecks.cyclePanelDays, 7...56)
        case .heartFailureIntervalDays: .number(\.rechecks.heartFailureIntervalDays, 84...366)
        case .ckdIntervalDays: .number(\.rechecks.ckdIntervalDays, 28...92)
        case .hemodialysisIntervalDays: .number(\.rechecks.hemodialysisIntervalDays, 28...92)
        case .hemodialysisCountIntervalDays:
            .number(\.rechecks.hemodialysisCountIntervalDays, 7...31)
        case .surveillanceIntervalDays: .number(\.rechecks.surveillanceIntervalDays, 28...183)
        case .surveillanceYearDays: .number(\.rechecks.surveillanceYearDays, 183...731)
        case .surveillanceIntervalDaysLater:
            .number(\.rechecks.surveillanceIntervalDaysLater, 84...366)
        case .surveillanceEndDays: .number(\.rechecks.surveillanceEndDays, 365...3_653)
        case .surveillanceGraceDays: .number(\.rechecks.surveillanceGraceDays, 0...60)
        case .transfusionMinutesLowest: .number(\.transfusion.visitMinutesLowest, 30...150)
        // Facts §9.1: a unit runs for four hours at most, in a chair kept for up to 270 minutes.
        case .transfusionMinutesHighest: .number(\.transfusion.visitMinutesHighest, 150...300)
        case .transfusionRecheckDueDays: .number(\.transfusion.recheckDueDays, 0...7)
        case .transfusionRecheckGraceDays: .number(\.transfusion.recheckGraceDays, 0...14)
        }
    }
}
