/// What a command changes in the projections that are kept in its own transaction.
///
/// The log carries it and does not look inside; but it waits and travels with the append, and so has to say
/// what it weighs.
public protocol ProjectionChanges: Sendable {
    /// What it holds in memory, as far as it varies, bytes: about right is enough.
    var bytes: Int { get }
}
