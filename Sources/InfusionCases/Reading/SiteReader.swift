import Foundation
import Infusion
import YAMLReader

/// The site of a case, with the settings that differ from the defaults.
enum SiteReader {
    static let name = SiteID("clinic")

    static func read(_ value: YAMLValue?) throws(YAMLProblems) -> SiteSettings {
        guard let value else { return settings(zone: utc, region: .us, policy: ClinicalPolicy()) }
        var map = try value.mapping(accepted: "a site, such as {region: eu, timeZone: Europe/Rome}")
        let region = try map.optional("region")?.oneOf(LabelRegion.self) ?? .us
        let zone = try map.optional("timeZone").map(zone) ?? utc
        let policy = try map.optional("policy").map(policy) ?? ClinicalPolicy()
        try map.finish()
        return settings(zone: zone, region: region, policy: policy)
    }

    private static let utc = TimeZone.gmt

    private static func settings(
        zone: TimeZone, region: LabelRegion, policy: ClinicalPolicy
    ) -> SiteSettings {
        SiteSettings(site: name, timeZone: zone, region: region, policy: policy)
    }

    private static func zone(_ value: YAMLValue) throws(YAMLProblems) -> TimeZone {
        guard let zone = TimeZone(identifier: try value.text()) else {
            throw value.invalid(accepted: "an IANA time zone, such as Europe/Rome")
        }
        return zone
    }

    private static func policy(_ value: YAMLValue) throws(YAMLProblems) -> ClinicalPolicy {
        var policy = ClinicalPolicy()
        for (name, member) in try value.mapping(accepted: "settings of the policy").all {
            guard let setting = PolicySetting(rawValue: name) else {
                let accepted = PolicySetting.allCases.map(\.rawValue).joined(separator: ", ")
                throw member.problem("is no setting; accepted: \(accepted)")
            }
            try setting.read(member, into: &policy)
        }
        return policy
    }
}

/// A setting of ``ClinicalPolicy`` by its name.
enum PolicySetting: String, CaseIterable {
    case ironMaxAgeDays, ironMaxAgeDaysStrict, hemoglobinMaxAgeDays, hemoglobinMaxAgeDaysOncology
    case hemoglobinMaxAgeDaysPreOperative, maintenanceMaxAgeDays, minimumDaysBetweenCourses
    case weightMaxAgeDays, nearLimitKilograms, infectionMaxAgeDays, pregnancyMaxAgeDays
    case earliestGestationDays, phosphateRepeatCourseMonths, phosphateEarliestDaysAfterDose
    case phosphateMaxAgeDays, phosphateForEveryPatient, oncologyIntervalDays
    case oncologyIntervalDaysWhenLow, oncologyGraceDays

    private var number: WritableKeyPath<ClinicalPolicy, Int>? {
        switch self {
        case .ironMaxAgeDays: \.diagnosis.ironMaxAgeDays
        case .ironMaxAgeDaysStrict: \.diagnosis.ironMaxAgeDaysStrict
        case .hemoglobinMaxAgeDays: \.diagnosis.hemoglobinMaxAgeDays
        case .hemoglobinMaxAgeDaysOncology: \.diagnosis.hemoglobinMaxAgeDaysOncology
        case .hemoglobinMaxAgeDaysPreOperative: \.diagnosis.hemoglobinMaxAgeDaysPreOperative
        case .maintenanceMaxAgeDays: \.diagnosis.maintenanceMaxAgeDays
        case .minimumDaysBetweenCourses: \.diagnosis.minimumDaysBetweenCourses
        case .weightMaxAgeDays: \.measurements.weightMaxAgeDays
        case .nearLimitKilograms: \.measurements.nearLimitKilograms
        case .infectionMaxAgeDays: \.screening.infectionMaxAgeDays
        case .pregnancyMaxAgeDays: \.screening.pregnancyMaxAgeDays
        case .earliestGestationDays: \.screening.earliestGestationDays
        case .phosphateRepeatCourseMonths: \.phosphate.repeatCourseMonths
        case .phosphateEarliestDaysAfterDose: \.phosphate.earliestDaysAfterDose
        case .phosphateMaxAgeDays: \.phosphate.maxAgeDays
        case .oncologyIntervalDays: \.rechecks.oncologyIntervalDays
        case .oncologyIntervalDaysWhenLow: \.rechecks.oncologyIntervalDaysWhenLow
        case .oncologyGraceDays: \.rechecks.oncologyGraceDays
        case .phosphateForEveryPatient: nil
        }
    }

    func read(_ value: YAMLValue, into policy: inout ClinicalPolicy) throws(YAMLProblems) {
        if let number {
            policy[keyPath: number] = try value.integer(0...1_000)
        } else {
            policy.phosphate.checkEveryPatient = try value.bool()
        }
    }
}
