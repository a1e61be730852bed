/// What decides beside the program: a formulary, and the settings of the sites.
public struct RuleSet: Sendable {
    public let formulary: Formulary
    public let sites: [SiteID: SiteSettings]

    public init(formulary: Formulary, sites: [SiteID: SiteSettings]) {
        self.formulary = formulary
        self.sites = sites
    }

    /// `nil` for a site that these rules do not know.
    func context(of site: SiteID, now: Instant) -> DecisionContext? {
        sites[site].map { DecisionContext(now: now, site: $0, formulary: formulary) }
    }
}
