/// What a pool holds and has done.
public struct PoolStatistics: Sendable, Hashable {
    /// Connections there are, those being opened included.
    public let open: Int
    /// Connections that wait for work, those being checked included.
    public let idle: Int
    /// Connections in somebody's hands.
    public let leased: Int
    /// Tasks that wait for a connection.
    public let waiting: Int
    /// Connections ever opened.
    public let openedTotal: Int
    /// Connections ever thrown away: broken, retired, idle too long.
    public let discardedTotal: Int
    /// Tasks that wanted a connection in vain: their time was over, or the places to wait were taken.
    public let waitTimeouts: Int
}
