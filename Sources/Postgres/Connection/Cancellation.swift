/// Whether a statement that was sent may be cancelled.
public enum Cancellation: Sendable, Hashable {
    /// Task cancellation and deadline cancel the statement on the server. The connection is in
    /// doubt afterwards and is discarded.
    case cancelsStatement

    /// Once sent, the statement runs to its end: neither the task's cancellation nor the deadline
    /// stops it; both are looked at only before it is sent. Bound it on the server instead, by
    /// `lock_timeout` or `statement_timeout`.
    case ignored
}
