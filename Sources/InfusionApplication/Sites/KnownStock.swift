import EventStore
import Infusion
import InfusionProjections

/// What a site has of a product, and who takes of it, as of a position.
struct KnownStock: Sendable {
    let stock: SiteStock
    let position: Position
}

extension ReadModels {
    /// `nil` where the site keeps no account of the product. As the log has it: a hold keeps its vials until it
    /// is told to have expired.
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
        try await stockedRows(
            of: product, at: site, given: state, as: position, tenant: tenant
        ).compactMap(\.stockedVisit)
    }

    fileprivate func stockedRows(
        of product: ProductKey, at site: SiteID, given state: SiteState, as position: Position,
        tenant: TenantID
    ) async throws(ApplicationError) -> [AppointmentRow] {
        guard let since = state.stockIsKept(of: product) else { return [] }
        do {
            return try await stockedVisits(
                of: product, site: site, from: since, at: position, tenant: tenant)
        } catch {
            throw .store(error)
        }
    }
}

extension StandingVisits {
    /// For whom vials of the product are kept, or were used, since account is kept of it: those of a hold that has
    /// run out are anybody's who asks.
    func stockedVisits(
        of product: ProductKey, at site: SiteID, given state: SiteState, knownAt position: Position,
        asOf now: Instant
    ) async throws(ApplicationError) -> [StockedVisit] {
        try await readModels.stockedRows(
            of: product, at: site, given: state, as: position, tenant: tenant
        ).filter { !$0.isLapsed(at: now) }.compactMap(\.stockedVisit)
    }
}

extension InfusionService {
    /// What a visit that is looked for would find.
    func stockToOffer(
        of product: ProductKey, at site: SiteID, given state: SiteState,
        besides visit: AppointmentID?, as position: Position, tenant: TenantID
    ) async throws(ApplicationError) -> SiteStock? {
        guard state.stockIsKept(of: product) != nil else { return nil }
        let visits = try await StandingVisits(readModels: readModels, tenant: tenant)
            .stockedVisits(of: product, at: site, given: state, knownAt: position, asOf: now())
        return SiteStock(
            of: product, given: state, visits: visits.filter { $0.appointment != visit })
    }
}

extension AppointmentRow {
    fileprivate var stockedVisit: StockedVisit? {
        stock.map { StockedVisit(appointment, start: slot.start, need: $0) }
    }
}
