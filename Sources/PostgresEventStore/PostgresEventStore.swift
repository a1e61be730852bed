public import EventStore
public import Logging
public import Postgres

/// The log in PostgreSQL: calls the functions in `schema/`, owns no rules.
///
/// Each call is one round trip: a pipeline whose first statement says whose rows there are, for the
/// length of its implicit transaction and no longer, so that a pooled connection carries nothing over.
public struct PostgresEventStore<Projector: InlineProjector>: EventLog {
    public typealias InlineChanges = Projector.Changes

    let pool: PostgresPool
    let projector: Projector
    let logger: Logger
    /// How long an append goes on; only tests choose another than the limits.
    var patience = AppendPatience()

    /// A log on the database the pool connects to; its login role must be a member of
    /// `ferrovia_appender` to append and of `ferrovia_reader` to read.
    public init(
        pool: PostgresPool, projector: Projector, logger: Logger = Logger(label: "event-log")
    ) {
        self.pool = pool
        self.projector = projector
        self.logger = logger
    }
}

extension PostgresEventStore where Projector == NoInlineProjections {
    /// A log without inline projections.
    public init(pool: PostgresPool, logger: Logger = Logger(label: "event-log")) {
        self.init(pool: pool, projector: NoInlineProjections(), logger: logger)
    }
}
