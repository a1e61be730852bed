import EventStore
import Synchronization

/// How many may listen or wait at once, in all and for one tenant.
final class SubscriberSlots: Sendable {
    private struct Taken {
        var total = 0
        var byTenant: [TenantID: Int] = [:]
    }
    private let taken = Mutex(Taken())
    private let limits: HTTPLimits
    private let metrics: Metrics

    init(limits: HTTPLimits, metrics: Metrics) {
        self.limits = limits
        self.metrics = metrics
    }

    /// A place among the subscribers, given back when nobody holds it any more: also when the client goes
    /// before the first byte was written.
    final class Slot: Sendable {
        private let slots: SubscriberSlots
        private let tenant: TenantID
        fileprivate init(_ slots: SubscriberSlots, _ tenant: TenantID) {
            self.slots = slots
            self.tenant = tenant
        }
        deinit { slots.give(back: tenant) }
    }

    /// - Throws: `too-many-subscribers` when there is no place, and whose limit that is.
    func take(for tenant: TenantID) throws(Problem) -> Slot {
        let found = taken.withLock { taken -> Result<Int, Problem> in
            if taken.byTenant[tenant, default: 0] >= limits.subscribersPerTenantMaximum {
                return .failure(.noPlace("this clinic", limits.subscribersPerTenantMaximum))
            }
            if taken.total >= limits.subscribersMaximum {
                return .failure(.noPlace("all clinics together", limits.subscribersMaximum))
            }
            taken.total += 1
            taken.byTenant[tenant, default: 0] += 1
            return .success(taken.total)
        }
        metrics.subscribers(try found.get())
        return Slot(self, tenant)
    }

    func areTaken(by tenant: TenantID) -> Bool {
        taken.withLock { $0.byTenant[tenant] != nil }
    }

    private func give(back tenant: TenantID) {
        let total = taken.withLock { taken in
            taken.total -= 1
            let left = taken.byTenant[tenant, default: 1] - 1
            taken.byTenant[tenant] = left == 0 ? nil : left
            return taken.total
        }
        metrics.subscribers(total)
    }
}

extension Problem {
    fileprivate static func noPlace(_ whose: String, _ maximum: Int) -> Problem {
        Problem(.tooManySubscribers, detail: "at most \(maximum) at a time of \(whose)")
    }
}
