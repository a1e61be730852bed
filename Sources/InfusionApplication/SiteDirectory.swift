public import EventStore
import Infusion

/// The sites of a tenant, with what each has decided for itself.
public protocol SiteDirectory: Sendable {
    func sites(of tenant: TenantID) async throws(EventLogError) -> [ClinicSite]
}

extension SiteDirectory {
    /// - Throws: ``ApplicationError/unknownSite(_:accepted:)``, naming the sites there are.
    func site(_ id: SiteID, tenant: TenantID) async throws(ApplicationError) -> ClinicSite {
        let known: [ClinicSite]
        do { known = try await sites(of: tenant) } catch { throw .store(error) }
        guard let site = known.first(where: { $0.id == id }) else {
            throw .unknownSite(id, accepted: known.map(\.id.name).sorted())
        }
        return site
    }
}

/// Sites given once: for tests, and for a process that serves one known clinic.
public struct FixedSites: SiteDirectory {
    private let byTenant: [TenantID: [ClinicSite]]
    public init(_ byTenant: [TenantID: [ClinicSite]]) { self.byTenant = byTenant }
    public func sites(of tenant: TenantID) async throws(EventLogError) -> [ClinicSite] {
        byTenant[tenant] ?? []
    }
}
