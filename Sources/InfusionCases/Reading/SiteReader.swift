import Foundation
import Infusion
import InfusionApplication
import YAMLReader

/// The site of a case, and the pathways with the settings in which it differs from them.
enum SiteReader {
    static let name = SiteID("clinic")

    static func read(
        _ value: YAMLValue?, _ pathways: ClinicalPathways
    ) throws(YAMLProblems) -> (site: ClinicSite, pathways: ClinicalPathways) {
        guard let value else {
            return (ClinicSite(id: name, timeZone: utc, region: .us), pathways)
        }
        var map = try value.mapping(accepted: "a site, such as {region: eu, timeZone: Europe/Rome}")
        let region = try map.optional("region")?.oneOf(LabelRegion.self) ?? .us
        let zone = try map.optional("timeZone").map(zone) ?? utc
        let own = try map.optional("policy").map { (value) throws(YAMLProblems) in
            try Self.own(value, pathways)
        }
        try map.finish()
        return (ClinicSite(id: name, timeZone: zone, region: region), own ?? pathways)
    }

    private static let utc = TimeZone.gmt

    private static func zone(_ value: YAMLValue) throws(YAMLProblems) -> TimeZone {
        guard let zone = TimeZone(identifier: try value.text()) else {
            throw value.invalid(accepted: "an IANA time zone, such as Europe/Rome")
        }
        return zone
    }

    /// The pathways with what the site sets itself.
    private static func own(
        _ value: YAMLValue, _ pathways: ClinicalPathways
    ) throws(YAMLProblems) -> ClinicalPathways {
        var own = pathways
        for (name, member) in try value.mapping(accepted: "settings of the policy").all {
            guard let setting = PolicySetting(rawValue: name) else {
                let accepted = PolicySetting.allCases.map(\.rawValue).joined(separator: ", ")
                throw member.problem("is no setting; accepted: \(accepted)")
            }
            let value: PolicySetting.Value
            let accepted = pathways.accepted(for: setting)
            switch setting.shape {
            case .whole, .decimal: value = .decimal(try member.decimal(accepted: accepted))
            case .yesOrNo: value = .yesOrNo(try member.bool())
            }
            guard own.set(value, for: setting) else {
                throw member.invalid(accepted: accepted)
            }
        }
        return own
    }
}
