public import EventStore
public import Infusion

/// What a command asks of the site of its visit. It was decided on a version of the site's stream, which must
/// still be the last behind the tenant's lock; what it takes of the nurses is counted there.
public struct SiteAsk: Hashable, Sendable {
    public let appointment: AppointmentID
    public let stream: StreamID
    /// `.none` for a site about which nothing was ever decided.
    public let version: StreamVersion
    public let takings: [NurseTaking]
    /// The vials that it was decided on; `nil` where the site keeps no account of them.
    public let stock: StockAsk?

    public init(
        appointment: AppointmentID, stream: StreamID, version: StreamVersion,
        takings: [NurseTaking], stock: StockAsk? = nil
    ) {
        self.appointment = appointment
        self.stream = stream
        self.version = version
        self.takings = takings
        self.stock = stock
    }
}

/// Who else takes vials of a product at the site was read as of a position. Where somebody has come since, the
/// command is decided again: two that were judged side by side may each find the last vial.
public struct StockAsk: Hashable, Sendable {
    public let product: ProductKey
    public let known: Position

    public init(product: ProductKey, known: Position) {
        self.product = product
        self.known = known
    }
}
