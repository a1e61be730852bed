public import EventStore
public import Infusion

/// A page of a site's wait list: who waits for it, or for any site, as known at `position`; most urgent
/// first, then by due date, then by who came first.
public struct WaitlistQuery: Hashable, Sendable {
    public let site: SiteID
    public let position: Position
    public let after: WaitlistPlace?
    /// 1 to ``QueryLimits/pageMaximum``.
    public let limit: Int

    public init(site: SiteID, position: Position, after: WaitlistPlace?, limit: Int) {
        self.site = site
        self.position = position
        self.after = after
        self.limit = limit
    }
}

public struct WaitlistPage: Hashable, Sendable {
    public let rows: [WaitlistRow]
    /// `nil` on the last page.
    public let next: WaitlistPlace?
    /// The position the page rests on.
    public let position: Position
    public init(rows: [WaitlistRow], next: WaitlistPlace?, position: Position) {
        self.rows = rows
        self.next = next
        self.position = position
    }
}
