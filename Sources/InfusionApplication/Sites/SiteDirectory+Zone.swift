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

    /// Where products have to be licensed that are given there; `nil` for a site that the directory does not name.
    func region(
        of site: SiteID, tenant: TenantID
    ) async throws(ApplicationError) -> LabelRegion? {
        do { return try await sites(of: tenant).first { $0.id == site }?.region } catch {
            throw .store(error)
        }
    }

    /// What a visit at the site goes by, whatever was decided about it.
    func place(
        of site: SiteID, as state: SiteState, tenant: TenantID
    ) async throws(ApplicationError) -> VisitPlace {
        VisitPlace(
            timeZone: try await timeZone(of: site, as: state, tenant: tenant),
            region: try await region(of: site, tenant: tenant))
    }
}
