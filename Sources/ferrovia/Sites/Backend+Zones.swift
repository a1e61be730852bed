import EventStore
import Foundation
import Infusion
import InfusionApplication

extension Backend {
    /// The zone whose clocks each site's times are of, as known at a position: by its own events, else by the
    /// sites file. A site of neither is left out.
    func zones(
        of sites: Set<SiteID>, knownAt position: Position
    ) async throws -> [SiteID: TimeZone] {
        guard !sites.isEmpty else { return [:] }
        var zones: [SiteID: TimeZone] = [:]
        for site in try await Backend.sitesIfNamed()?.sites(of: tenant) ?? [] {
            zones[site.id] = site.timeZone
        }
        for id in sites {
            do throws(ApplicationError) {
                let site = try await self.sites.site(
                    id, knownAt: .position(position), actor: actor)
                if let name = site.state.timeZone { zones[id] = TimeZone(identifier: name) }
            } catch {
                // A site that nobody opened has no events of its own.
                guard case .notFound = error else { throw error }
            }
        }
        return zones
    }
}
