import EventStore
import Infusion
import Synchronization

/// Sites as they are now, those that were lately asked about kept in memory.
struct SiteLoader<Changes: ProjectionChanges>: Sendable {
    private let log: any EventLog<Changes>
    private let cache = SiteStateCache()

    init(log: any EventLog<Changes>) { self.log = log }

    /// As the log has it now: what was folded before, and what has come since.
    func current(
        _ site: SiteID, tenant: TenantID
    ) async throws(ApplicationError) -> LoadedSite {
        let key = SiteStateCache.Key(tenant: tenant, site: site)
        let loaded = try await log.site(
            site, tenant: tenant, onto: cache.site(key) ?? .nothing, upTo: nil)
        cache.keep(loaded, for: key)
        return loaded
    }

    /// For a state that a shorter log has never had.
    func forget(_ site: SiteID, tenant: TenantID) {
        cache.forget(SiteStateCache.Key(tenant: tenant, site: site))
    }
}

/// Folded sites on which bookings were lately decided. Events do not change, so a state is right for its
/// version for ever, and the append compares the version. Bounded; when full, all go, which costs a read
/// of each.
final class SiteStateCache: Sendable {
    struct Key: Hashable {
        let tenant: TenantID
        let site: SiteID
    }

    private let sites = Mutex<[Key: LoadedSite]>([:])

    func site(_ key: Key) -> LoadedSite? { sites.withLock { $0[key] } }

    func keep(_ site: LoadedSite, for key: Key) {
        sites.withLock { sites in
            if sites[key] == nil, sites.count >= ApplicationLimits.cachedSites { sites = [:] }
            sites[key] = site
        }
    }

    func forget(_ key: Key) {
        sites.withLock { $0[key] = nil }
    }
}
