import EventStore
import Foundation
import Infusion

extension SiteDirectory {
    /// The zone whose clocks a site's dates are of: by its own events; by the directory where it has none.
    func timeZone(
        of site: SiteID, as state: SiteState, tenant: TenantID
    ) async throws(ApplicationError) -> TimeZone {
        if let name = state.timeZone {
            guard let zone = TimeZone(identifier: name) else {
                throw .store(
                    EventLogError(
                        .storeFailed, "this program does not know the time zone of \(site)"))
            }
            return zone
        }
        let known: [ClinicSite]
        do { known = try await sites(of: tenant) } catch { throw .store(error) }
        guard let settings = known.first(where: { $0.id == site }) else {
            throw .siteNeverOpened
        }
        return settings.timeZone
    }
}
