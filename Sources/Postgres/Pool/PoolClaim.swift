public import FoundationEssentials

/// For whom a connection is wanted, and whether it may be one of the pool's reserve.
public struct PoolClaim: Sendable, Hashable {
    /// Whoever shares one turn while connections are scarce; `nil` is a party like any other.
    public let party: UUID?
    /// Whether it may be lent a connection that is kept back from all others, and goes before them.
    public let mayUseReserve: Bool

    public init(party: UUID? = nil, mayUseReserve: Bool = false) {
        self.party = party
        self.mayUseReserve = mayUseReserve
    }
}
