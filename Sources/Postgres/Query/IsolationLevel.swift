/// How far a transaction is kept from others.
public enum IsolationLevel: String, Sendable, Hashable {
    /// Each statement sees what was committed before it began.
    case readCommitted = "READ COMMITTED"
    /// All statements see what was committed before the first.
    case repeatableRead = "REPEATABLE READ"
    /// As if transactions ran one after another; 40001 says that this one cannot.
    case serializable = "SERIALIZABLE"
}
