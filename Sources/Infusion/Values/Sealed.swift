/// A value that is kept encrypted under its patient's key: there, erased for ever, or out of reach for now.
///
/// The three are different answers and are never merged: what is erased will not come back, what is
/// unreachable must be asked for again.
public enum Sealed<Value: Hashable & Sendable>: Hashable, Sendable {
    case present(Value)
    case erased
    case unreachable

    public var value: Value? {
        switch self {
        case .present(let value): value
        case .erased, .unreachable: nil
        }
    }
}
