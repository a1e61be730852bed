public import EventStore
public import Infusion

/// The sites of a tenant, with what the rules need to know of each.
public protocol SiteDirectory: Sendable {
    func sites(of tenant: TenantID) async throws(EventLogError) -> [SiteSettings]
}

extension SiteDirectory {
    /// - Throws: ``ApplicationError/unknownSite(_:accepted:)``, naming the sites there are.
    func settings(
        _ site: SiteID, tenant: TenantID
    ) async throws(ApplicationError) -> SiteSettings {
        let known: [SiteSettings]
        do { known = try await sites(of: tenant) } catch { throw .store(error) }
        guard let settings = known.first(where: { $0.site == site }) else {
            throw .unknownSite(site, accepted: known.map(\.site.name).sorted())
        }
        return settings
    }
}

/// Sites given once: for tests, and for a process that serves one known clinic.
public struct FixedSites: SiteDirectory {
    private let byTenant: [TenantID: [SiteSettings]]
    public init(_ byTenant: [TenantID: [SiteSettings]]) { self.byTenant = byTenant }
    public func sites(of tenant: TenantID) async throws(EventLogError) -> [SiteSettings] {
        byTenant[tenant] ?? []
    }
}
