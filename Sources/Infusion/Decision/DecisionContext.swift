public import Foundation

/// What a decision needs besides the command and the state: all of it input, none of it looked up.
public struct DecisionContext: Sendable {
    public let now: Instant
    public let site: SiteSettings
    public let formulary: Formulary
    /// Who asks, as the caller authenticated them; compared with a co-signer. `nil` when not known.
    public let actor: String?
    /// Where the visit is to be that the command asks for, or waits for; `nil` where it is about none, or any site
    /// will do.
    public let visitPlace: VisitPlace?
    /// The site of the visit that the command is about, on the visit's date; `nil` where it is about none, or
    /// nothing was ever decided about the site.
    public let visitSite: VisitSite?
    /// What that site has of the product of the visit; `nil` where it keeps no account of it.
    public let stock: SiteStock?
    /// The other patient of a command that concerns two; `nil` where it concerns one.
    public let counterpart: OtherPatient?

    public init(
        now: Instant, site: SiteSettings, formulary: Formulary, actor: String? = nil,
        visitPlace: VisitPlace? = nil, visitSite: VisitSite? = nil, stock: SiteStock? = nil,
        counterpart: OtherPatient? = nil
    ) {
        self.now = now
        self.site = site
        self.formulary = formulary
        self.actor = actor
        self.visitPlace = visitPlace
        self.visitSite = visitSite
        self.stock = stock
        self.counterpart = counterpart
    }
}

/// What differs from site to site.
public struct SiteSettings: Sendable {
    public let site: SiteID
    /// IANA zone of the clinic's calendar dates.
    public let timeZone: TimeZone
    public let region: LabelRegion
    /// The ages, windows and thresholds that decide here.
    public let policy: ClinicalPolicy
    /// The gates that shut harder here.
    public let raisedGates: RaisedGates
    public init(
        site: SiteID, timeZone: TimeZone, region: LabelRegion, policy: ClinicalPolicy,
        raisedGates: RaisedGates = .none
    ) {
        self.site = site
        self.timeZone = timeZone
        self.region = region
        self.policy = policy
        self.raisedGates = raisedGates
    }
}
