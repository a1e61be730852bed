import EventStore
import Synchronization

/// One ``TenantFeed`` for each tenant that somebody follows, made on demand.
final class EventFeeds: Sendable {
    private let feeds = Mutex<[TenantID: TenantFeed]>([:])
    private let wakeUps: any WakeUps
    private let limits: HTTPLimits
    private let subscribers: SubscriberSlots

    init(wakeUps: any WakeUps, limits: HTTPLimits, subscribers: SubscriberSlots) {
        self.wakeUps = wakeUps
        self.limits = limits
        self.subscribers = subscribers
    }

    func feed(of tenant: TenantID) -> TenantFeed {
        feeds.withLock { feeds in
            if let feed = feeds[tenant] { return feed }
            let feed = TenantFeed(tenant: tenant, wakeUps: wakeUps, limits: limits) {
                [subscribers] in subscribers.areTaken(by: tenant)
            }
            feeds[tenant] = feed
            return feed
        }
    }
}
