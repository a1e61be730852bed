public import Foundation
public import Infusion

/// A site of a tenant, with what it has decided for itself.
public struct ClinicSite: Hashable, Sendable {
    public let id: SiteID
    /// IANA zone of the clinic's calendar dates.
    public let timeZone: TimeZone
    public let region: LabelRegion
    /// The numbers in which it differs from the pathways.
    public let own: [PolicySetting: PolicySetting.Value]
    /// The gates that shut harder here than their rules say.
    public let raisedGates: RaisedGates

    public init(
        id: SiteID, timeZone: TimeZone, region: LabelRegion,
        own: [PolicySetting: PolicySetting.Value] = [:], raisedGates: RaisedGates = .none
    ) {
        self.id = id
        self.timeZone = timeZone
        self.region = region
        self.own = own
        self.raisedGates = raisedGates
    }

    /// Its own numbers that `pathways` do not accept, each with what they do, in the order of the settings.
    public func beyond(_ pathways: ClinicalPathways) -> [Beyond] {
        PolicySetting.allCases.compactMap { setting in
            guard let value = own[setting], !pathways[setting].accepts(value) else { return nil }
            return Beyond(
                site: id, setting: setting, value: value,
                accepted: pathways.accepted(for: setting))
        }
    }

    /// A number of a site that pathways do not accept.
    public struct Beyond: Hashable, Sendable, CustomStringConvertible {
        public let site: SiteID
        public let setting: PolicySetting
        public let value: PolicySetting.Value
        /// What they do accept, in words.
        public let accepted: String

        public var description: String {
            "site \(site.name) sets \(setting.rawValue) to \(value); accepted: \(accepted)"
        }
    }
}
