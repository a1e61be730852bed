public import EventStore
public import Postgres

extension PoolClaim {
    /// A connection for a tenant's work: tenants take turns, so that none waits for all of another's.
    /// Only an append may use the reserve, since what was decided is lost if it is not written; of a
    /// tenant hardly more than one is under way at a time.
    public init(of tenant: TenantID, mayUseReserve: Bool = false) {
        self.init(party: tenant.uuid, mayUseReserve: mayUseReserve)
    }
}
