/// Where an order stands by what happened to it; whether its course has gone idle depends on the
/// day asked about and is told by ``CourseClosure``.
public enum OrderStatus: String, Hashable, Sendable, CaseIterable {
    case active, held, cancelled, completed
}

/// An order, the holds on it and what has been given under it.
public struct OrderRecord: Hashable, Sendable {
    public let order: InfusionOrder
    public let orderedAt: Instant
    public let version: EventVersion
    /// The holds in force; a release lifts them all.
    public internal(set) var holds: [Kept<HoldReason>] = []
    public internal(set) var cancellation: Kept<CancellationReason>?
    /// Milligrams the patient received under this order, stopped doses included (facts §1.6b).
    public internal(set) var given: Milligrams = .zero

    init(_ order: InfusionOrder, at: Instant, version: EventVersion) {
        self.order = order
        orderedAt = at
        self.version = version
    }

    public var id: OrderID { order.id }
    /// The sum of the prescribed doses.
    public var prescribedTotal: Milligrams { order.prescribed.reduce(.zero, +) }
    /// What may still be given under this order.
    public var remaining: Milligrams { max(.zero, prescribedTotal - given) }

    /// How many of the prescribed doses it takes to give `amount`, the last ones first: what a
    /// stopped dose has left over is a dose of its own.
    func doses(toGive amount: Milligrams) -> Int {
        var left = amount
        return order.prescribed.reversed().prefix { dose in
            defer { left = left - dose }
            return left > .zero
        }.count
    }

    public var status: OrderStatus {
        if cancellation != nil { return .cancelled }
        if remaining == .zero { return .completed }
        return holds.isEmpty ? .active : .held
    }
}
