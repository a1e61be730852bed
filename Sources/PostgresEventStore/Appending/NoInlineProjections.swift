public import EventStore
public import Postgres

/// Nothing but the log: calls `event_log.append` itself.
public struct NoInlineProjections: InlineProjector {
    public init() {}

    public var statement: NamedStatement { Statements.append }

    public func parameters(for changes: [NoChanges]) -> [any PostgresEncodable] { [] }
}
