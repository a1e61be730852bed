import EventStore
import Synchronization

/// What the bodies of requests under way weigh, in all and of one tenant.
///
/// A request keeps its body, and what was read from it, until it is answered, and a command may wait long.
/// Where commands wait they are counted; a few thousand of the largest bodies would be all of the memory.
final class BodyWeights: Sendable {
    private struct Taken {
        var total = 0
        var byTenant: [TenantID: Int] = [:]
    }
    private let taken = Mutex(Taken())
    private let limits: HTTPLimits

    init(limits: HTTPLimits) { self.limits = limits }

    /// One request's share, which grows as its body arrives and is given back when nobody holds it any more.
    final class Share: Sendable {
        private let weights: BodyWeights
        private let tenant: TenantID
        private let bytes = Mutex(0)

        fileprivate init(_ weights: BodyWeights, _ tenant: TenantID) {
            self.weights = weights
            self.tenant = tenant
        }

        deinit { weights.give(back: bytes.withLock { $0 }, of: tenant) }

        /// - Throws: `overloaded`, which says whose limit it is.
        func grow(by more: Int) throws(Problem) {
            try weights.take(more, of: tenant)
            bytes.withLock { $0 += more }
        }
    }

    func share(of tenant: TenantID) -> Share { Share(self, tenant) }

    /// What the bodies of all tenants weigh now; bytes.
    var bytes: Int { taken.withLock { $0.total } }

    private func take(_ more: Int, of tenant: TenantID) throws(Problem) {
        let full = taken.withLock { taken -> (whose: String, limit: Int)? in
            let own = taken.byTenant[tenant, default: 0]
            // The largest body finds room where nobody else's is, however the limits are chosen.
            guard own == 0 || own + more <= limits.bodiesPerTenantBytesMaximum else {
                return ("this tenant's", limits.bodiesPerTenantBytesMaximum)
            }
            guard taken.total == 0 || taken.total + more <= limits.bodiesBytesMaximum else {
                return ("all", limits.bodiesBytesMaximum)
            }
            taken.total += more
            taken.byTenant[tenant] = own + more
            return nil
        }
        guard let full else { return }
        throw Problem(
            .overloaded,
            detail: "\(full.whose) requests under way weigh as much as they may: "
                + "\(full.limit) bytes of bodies")
    }

    private func give(back bytes: Int, of tenant: TenantID) {
        guard bytes > 0 else { return }
        taken.withLock { taken in
            taken.total -= bytes
            let left = taken.byTenant[tenant, default: bytes] - bytes
            taken.byTenant[tenant] = left == 0 ? nil : left
        }
    }
}
