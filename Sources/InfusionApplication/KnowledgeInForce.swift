public import Infusion
public import InfusionJournal
import Synchronization

/// The formulary and the pathways that decide together. One object for as long as they do: two stretches of
/// a log are decided alike where it is the same one.
public final class KnowledgeInForce: Sendable {
    public let formulary: Formulary
    public let pathways: ClinicalPathways
    /// Of each choice of a site, made once: every decision asks for one.
    private let policies = Mutex<[[PolicySetting: PolicySetting.Value]: ClinicalPolicy]>([:])

    public init(formulary: Formulary, pathways: ClinicalPathways) {
        self.formulary = formulary
        self.pathways = pathways
    }

    /// What the events of a decision by these carry.
    public var ruleSet: RuleSetName {
        RuleSetName(formulary: formulary.version, pathways: pathways.version)
    }

    /// How a site decides by these. A number of its own that they do not accept is the nearest that they do.
    public func settings(of site: ClinicSite) -> SiteSettings {
        SiteSettings(
            site: site.id, timeZone: site.timeZone, region: site.region, policy: policy(site.own),
            raisedGates: site.raisedGates)
    }

    private func policy(_ own: [PolicySetting: PolicySetting.Value]) -> ClinicalPolicy {
        policies.withLock { made in
            if let known = made[own] { return known }
            let policy = pathways.taking(own).policy
            made[own] = policy
            return policy
        }
    }
}
