import Foundation
import Infusion
import InfusionApplication
import InfusionKnowledge
import YAMLReader

/// The site of a case.
struct CaseSite {
    var site = ClinicSite(id: SiteReader.name, timeZone: .gmt, region: .us)
    /// With the settings in which the site differs from them.
    var pathways: ClinicalPathways
    /// What is decided about it, read when it is known from which day on.
    var plan: YAMLValue?
    var zoneName = "UTC"

    func plan(asOf now: Instant) throws(YAMLProblems) -> SitePlan? {
        guard let plan else { return nil }
        return try SitePlanFile.plan(plan, of: site.id, in: zoneName, now: now)
    }
}

/// The site of a case, and the pathways with the settings in which it differs from them.
enum SiteReader {
    static let name = SiteID("clinic")

    static func read(
        _ value: YAMLValue?, _ pathways: ClinicalPathways
    ) throws(YAMLProblems) -> CaseSite {
        var found = CaseSite(pathways: pathways)
        guard let value else { return found }
        var map = try value.mapping(accepted: "a site, such as {region: eu, timeZone: Europe/Rome}")
        let region = try map.optional("region")?.oneOf(LabelRegion.self) ?? .us
        let told = map.optional("timeZone")
        if let told { found.zoneName = try told.text() }
        let zone = try told.map(zone) ?? found.site.timeZone
        if let policy = map.optional("policy") { found.pathways = try own(policy, pathways) }
        let raised = try map.optional("gates").map(raised) ?? .none
        found.site = ClinicSite(id: name, timeZone: zone, region: region, raisedGates: raised)
        found.plan = map.optional("plan")
        try map.finish()
        return found
    }

    private static func zone(_ value: YAMLValue) throws(YAMLProblems) -> TimeZone {
        guard let zone = TimeZone(identifier: try value.text()) else {
            throw value.invalid(accepted: "an IANA time zone, such as Europe/Rome")
        }
        return zone
    }

    /// The gates that shut harder there.
    private static func raised(_ value: YAMLValue) throws(YAMLProblems) -> RaisedGates {
        var raised: [Gate: Severity] = [:]
        for (name, member) in try value.mapping(accepted: "gates, each by its name").all {
            guard let gate = Gate(rawValue: name) else {
                let accepted = Gate.allCases.map(\.rawValue).joined(separator: ", ")
                throw member.problem("is no gate; accepted: \(accepted)")
            }
            raised[gate] = try member.oneOf(Severity.self)
        }
        do throws(LoweredGate) {
            return try RaisedGates(raised)
        } catch {
            throw value.problem(error.description)
        }
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
