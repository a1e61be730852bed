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
        guard let since = state.stockIsKept(of: product) else { return nil }
        let rows: [AppointmentRow]
        do {
            rows = try await stockedVisits(
                of: product, site: site, from: since, at: position, tenant: tenant)
        } catch {
            throw .store(error)
        }
        return SiteStock(
            of: product, given: state,
            visits: rows.compactMap { row in
                guard row.appointment != visit, let need = row.stock else { return nil }
                return StockedVisit(row.appointment, start: row.slot.start, need: need)
            })
    }
}
