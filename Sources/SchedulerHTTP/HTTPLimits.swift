/// Limits of the HTTP edge, with their units.
public struct HTTPLimits: Hashable, Sendable {
    /// A request's body; bytes. A batch of 200 results is about 40 kB.
    public var bodyBytesMaximum = 1_048_576
    /// Bodies of all requests under way, from the first byte to the answer; bytes. What is read from them
    /// weighs about as much again.
    public var bodiesBytesMaximum = 128 * 1_048_576
    /// The same of one tenant; bytes.
    public var bodiesPerTenantBytesMaximum = 48 * 1_048_576
    /// Read from a connection at a time; bytes.
    public var readBytesMaximum = 8_192
    /// All header fields of a request, names and values; bytes.
    public var headerBytesMaximum = 16_384
    /// Rows or events in one page, whatever is asked for.
    public var pageMaximum = 500
    /// Rows or events in one page when nothing is asked for.
    public var pageDefault = 50
    /// From the first byte of the head to the last of the body.
    public var bodyTime: Duration = .seconds(10)
    /// From the end of the body to the answer; then a question is given up, and a command that neither
    /// waits its turn nor was sent to the log.
    public var requestTime: Duration = .seconds(15)
    /// From the end of the body to the answer to a command that waits its turn or was sent to the log. Such
    /// a command is never cancelled: it is answered when the log answers, and after this its outcome is
    /// told as unknown. Less than `idleSeconds`.
    public var commandTime: Duration = .seconds(60)
    /// A connection without traffic is closed after this; seconds.
    public var idleSeconds: Int64 = 75
    /// Open connections of the whole process.
    public var connectionsMaximum = 4_096
    /// Who listens to the event feed or waits at it, of the whole process and of one tenant.
    public var subscribersMaximum = 2_048
    public var subscribersPerTenantMaximum = 1_024
    /// How long a page of the feed may be waited for; seconds. Less than `idleSeconds`.
    public var waitSecondsMaximum: Int64 = 60
    /// Silence after which a subscriber hears a comment, so that both ends know that the line stands.
    public var heartbeat: Duration = .seconds(15)
    /// How often the feed looks for itself when no notification arrives.
    public var feedPoll: Duration = .seconds(1)
    /// How often a subscriber's token is looked at again. What has expired, or was signed with a key that
    /// is gone, ends the subscription.
    public var tokenLook: Duration = .seconds(1)
    /// A subscription ends after this and is taken up again by the client with `Last-Event-ID`.
    public var subscriptionTime: Duration = .seconds(3_600)
    /// Events read at once from the feed; events.
    public var feedPage = 200
    /// How many who are behind read at a time from one tenant's log; the others take turns. Fewer than the
    /// database connections there are, which commands need too.
    public var feedReadsMaximum = 3
    /// What is kept of the end of one tenant's log for those who follow it; bytes of text. The page read
    /// last stays, however large.
    public var feedKeptBytes = 1_048_576

    public init() {}
}
