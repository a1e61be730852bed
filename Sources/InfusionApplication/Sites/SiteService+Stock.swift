import EventStore
import Foundation
public import Infusion
import InfusionProjections

/// What a site has of its vials.
extension SiteService {
    public func stock(
        of site: SiteID, knownAt: AsOf.Knowledge, actor: Actor
    ) async throws(ApplicationError) -> SiteStockAnswer {
        let view = try await self.site(site, knownAt: knownAt, actor: actor)
        guard let name = view.state.timeZone, let zone = TimeZone(identifier: name) else {
            throw .store(.unknownTimeZone(of: site))
        }
        let moment = try await log.moment(
            of: knownAt, at: view.position, tenant: actor.tenant, now: now())
        var visits: [ProductKey: [StockedVisit]] = [:]
        for product in view.state.stockProducts {
            visits[product] = try await readModels.stockedVisits(
                of: product, at: site, given: view.state, as: view.position, tenant: actor.tenant)
        }
        return SiteStockAnswer(
            site: site, timeZone: zone, moment: moment,
            accounts: view.state.stockAccounts(visits: visits, at: moment),
            version: view.version, position: view.position)
    }
}
