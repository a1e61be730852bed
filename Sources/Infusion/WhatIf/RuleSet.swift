/// What decides beside the program: a formulary, and the settings of the sites.
public struct RuleSet: Sendable {
    public let formulary: Formulary
    private let sites: [SiteID: SiteSettings]

    public init(formulary: Formulary, sites: [SiteSettings]) {
        self.formulary = formulary
        self.sites = Dictionary(
            sites.map { ($0.site, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// `nil` for a site that these rules do not know.
    func context(of site: SiteID, now: Instant) -> DecisionContext? {
        sites[site].map { DecisionContext(now: now, site: $0, formulary: formulary) }
    }
}
