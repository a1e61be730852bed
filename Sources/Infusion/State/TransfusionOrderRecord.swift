/// An order of red cells and what came of it.
public struct TransfusionOrderRecord: Hashable, Sendable {
    public let order: TransfusionOrder
    public let orderedAt: Instant
    public let version: EventVersion
    public internal(set) var cancellation: Kept<CancellationReason>?
    public internal(set) var filled: Kept<TransfusionOrderFilled>?

    init(_ order: TransfusionOrder, at: Instant, version: EventVersion) {
        self.order = order
        orderedAt = at
        self.version = version
    }

    public var id: OrderID { order.id }

    public var status: OrderStatus {
        if cancellation != nil { return .cancelled }
        return filled == nil ? .active : .completed
    }
}
