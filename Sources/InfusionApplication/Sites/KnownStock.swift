import EventStore
import Infusion
import InfusionProjections

/// What a site has of a product, and who takes of it, as of a position.
struct KnownStock: Sendable {
    let stock: SiteStock
    let position: Position
}

extension ReadModels {
    /// `nil` where the site keeps no account of the product.
    /// - Parameter visit: The one that is judged: what it has now is free for it.
    func stock(
        of product: ProductKey, at site: SiteID, given state: SiteState,
        besides visit: AppointmentID?,
        as position: Position, tenant: TenantID
    ) async throws(ApplicationError) -> SiteStock? {
        guard state.stockIsKept(of: product) != nil else { return nil }
        return SiteStock(
            of: product, given: state,
            visits: try await stockedVisits(
                of: product, at: site, given: state, as: position, tenant: tenant
            ).filter { $0.appointment != visit })
    }

    /// For whom vials of the product are kept, or were used, since account is kept of it.
    func stockedVisits(
        of product: ProductKey, at site: SiteID, given state: SiteState, as position: Position,
        tenant: TenantID
    ) async throws(ApplicationError) -> [StockedVisit] {
        guard let since = state.stockIsKept(of: product) else { return [] }
        do {
            return try await stockedVisits(
                of: product, site: site, from: since, at: position, tenant: tenant
            ).compactMap { row in
                row.stock.map {
                    StockedVisit(row.appointment, start: row.slot.start, need: $0)
                }
            }
        } catch {
            throw .store(error)
        }
    }
}
