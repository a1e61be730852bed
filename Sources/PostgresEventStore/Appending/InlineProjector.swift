public import EventStore
public import Postgres

/// How the changes of inline projections travel: in the same statement as the append.
///
/// The statement calls a function that calls `event_log.append` and then writes its own rows, only
/// for commands whose outcome is `appended`. It gets the log's parameters first, `$1` to
/// `$22` as ``LogParameters`` counts them, then the projector's, and returns the columns of
/// `Statements/append.sql` in that order.
///
/// ```sql
/// SELECT ordinal, outcome::text, version, head, first_position, last_position, recorded_at, reason,
///   stream_category, stream_id, fingerprint, answer
/// FROM my_schema.append($1, …, $22, $23, $24)
/// ```
public protocol InlineProjector: Sendable {
    associatedtype Changes: ProjectionChanges

    var statement: NamedStatement { get }

    /// The parameters after the log's, for the changes of a batch; `changes[i]` belongs to the
    /// command with ordinal i + 1.
    func parameters(for changes: [Changes]) -> [any PostgresEncodable]
}
