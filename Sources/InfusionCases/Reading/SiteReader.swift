import Faults
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
    var zoneName = "UTC"
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
        let told = map.optional("timeZone")
        _ = map.optional("plan")
        let read = try allRead(
            reading(try map.optional("region")?.oneOf(LabelRegion.self) ?? .us),
            reading(try told.map(zone) ?? found.site.timeZone),
            reading(
                try map.optional("policy").map { (value) throws(YAMLProblems) in
                    try own(value, pathways)
                } ?? pathways),
            reading(try map.optional("gates").map(raised) ?? .none), reading(try map.finish()))
        if let told { found.zoneName = try told.text() }
        found.pathways = read.2
        found.site = ClinicSite(
            id: name, timeZone: read.1, region: read.0, raisedGates: read.3)
        return found
    }

    /// What is decided about it as of a day, though all else that is said of it be wrong.
    static func plan(
        _ site: YAMLValue?, in zoneName: String?, now: Instant
    ) throws(YAMLProblems) -> SitePlan? {
        guard var map = try? site?.mapping(), let plan = map.optional("plan") else { return nil }
        return try SitePlanFile.plan(plan, of: name, in: zoneName ?? "UTC", now: now)
    }

    private static func zone(_ value: YAMLValue) throws(YAMLProblems) -> TimeZone {
        guard let zone = TimeZone(identifier: try value.text()) else {
            throw value.invalid(accepted: "an IANA time zone, such as Europe/Rome")
        }
        return zone
    }

    /// The gates that shut harder there.
    private static func raised(_ value: YAMLValue) throws(YAMLProblems) -> RaisedGates {
        let raised: [(Gate, Severity)] = try value.members(accepted: "gates, each by its name") {
            (name, member) throws(YAMLProblems) in
            guard let gate = Gate(rawValue: name) else {
                let accepted = Gate.allCases.map(\.rawValue).joined(separator: ", ")
                throw member.problem("is no gate; accepted: \(accepted)")
            }
            return (gate, try member.oneOf(Severity.self))
        }
        do throws(LoweredGate) {
            return try RaisedGates(Dictionary(uniqueKeysWithValues: raised))
        } catch {
            throw value.problem(error.description)
        }
    }

    /// The pathways with what the site sets itself.
    private static func own(
        _ value: YAMLValue, _ pathways: ClinicalPathways
    ) throws(YAMLProblems) -> ClinicalPathways {
        var own = pathways
        _ = try value.members(accepted: "settings of the policy") {
            (name, member) throws(YAMLProblems) in
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
