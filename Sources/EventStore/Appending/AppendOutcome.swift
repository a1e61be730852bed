/// What became of one append of a batch. Every case is a value; none aborts the others.
///
/// They are judged in this order: command id, fingerprint, chain, category, version, reservation.
public enum AppendOutcome: Hashable, Sendable {
    /// Written now.
    case appended(AcceptedCommand)
    /// Accepted before under the same id and fingerprint: here is the first answer.
    case duplicate(AcceptedCommand)
    /// The id was accepted before with another fingerprint.
    case fingerprintMismatch(AcceptedCommand)
    /// The stream has moved on; nothing was written.
    case conflict(expected: StreamVersion, found: StreamVersion)
    /// Something it wanted to reserve is taken, as the inline projections judged behind the lock.
    case unavailable(constraint: String)
    /// An earlier append to the same stream, or an earlier one with the same id, was in this batch
    /// and was not appended, or one that it is bound to was not: load, look the id up, decide again.
    case undecided
    /// This append alone was not stored: it breaks a limit, names another category than its stream's, or the
    /// store refuses it. Nothing of it was written, except that `.outcomeUnknown` means here what it means of
    /// a batch.
    case failed(EventLogError.Code)
}
