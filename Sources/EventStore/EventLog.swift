/// One gapless, totally ordered log per tenant. All adapters pass one conformance suite.
public protocol EventLog<InlineChanges>: Sendable {
    associatedtype InlineChanges: ProjectionChanges

    /// Appends a batch in order, in one transaction; `outcomes[i]` belongs to `batch[i]`.
    ///
    /// Appends to one stream form a chain: when one is not newly appended, every later one to that
    /// stream comes back `.undecided` unless its id was accepted before. An id that occurs twice in
    /// a batch is judged twice, in order; the second is `.undecided` if the first was not appended.
    /// An append that the store refuses comes back `.failed` and does not take the others along.
    /// Once sent, an append is never cancelled.
    ///
    /// With a bound append in it (see ``Append/isBound``) the whole batch is one: where not all of it would be
    /// in the log afterwards, nothing of it is written, and all of it comes back `.undecided`.
    /// - Throws: ``EventLogError``; with `.outcomeUnknown`, only sending the same append again can tell.
    func append(
        _ batch: [Append<InlineChanges>], tenant: TenantID
    ) async throws(EventLogError) -> [AppendOutcome]

    /// Events of one stream after `version`, in version order, at most `limit`.
    func read(
        _ stream: StreamID, tenant: TenantID, after version: StreamVersion, limit: Int
    ) async throws(EventLogError) -> [RecordedEvent]

    /// Events of the whole log after `position`, in position order, at most `limit`.
    func readAll(
        tenant: TenantID, after position: Position, limit: Int
    ) async throws(EventLogError) -> [RecordedEvent]

    /// What some events are, in position order, each once; a position without an event is left out. At most
    /// ``EventLogLimits/eventsPerPage`` positions.
    func headings(
        at positions: [Position], tenant: TenantID
    ) async throws(EventLogError) -> [EventHeading]

    /// The last position; `.start` for an empty log.
    func head(tenant: TenantID) async throws(EventLogError) -> Position

    /// The last position recorded at or before `instant`.
    func position(
        knownAt instant: Timestamp, tenant: TenantID
    ) async throws(EventLogError) -> Position

    /// The accepted command with this id, in a snapshot taken after the call began.
    func command(
        _ id: CommandID, tenant: TenantID
    ) async throws(EventLogError) -> AcceptedCommand?
}
