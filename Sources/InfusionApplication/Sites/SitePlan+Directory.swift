import Foundation
public import Infusion

/// What the plan of a site and the sites file have to say of each other: the plan is what is decided about the
/// site, and the sites file what the clinical rules take its patients' zone and region from.
public enum SitesFileWord: Hashable, Sendable {
    case agrees
    /// The clinical dates of its patients would be those of another zone than its days.
    case contradicts(timeZone: String)
    /// No patient can be registered there.
    case missing
}

extension SitePlan {
    /// - Parameter known: The sites of the tenant by the sites file.
    public func word(of known: [ClinicSite]) -> SitesFileWord {
        guard let settings = known.first(where: { $0.id == site }) else { return .missing }
        return settings.timeZone.identifier == timeZone
            ? .agrees : .contradicts(timeZone: settings.timeZone.identifier)
    }
}
