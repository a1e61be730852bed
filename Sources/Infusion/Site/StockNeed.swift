/// The vials that are kept for a visit.
public struct StockNeed: Hashable, Sendable {
    public struct Vials: Hashable, Sendable {
        public let size: Milligrams
        public let count: Int

        public init(size: Milligrams, count: Int) {
            self.size = size
            self.count = count
        }
    }

    public let product: ProductKey
    /// Largest first, each size once.
    public let vials: [Vials]

    public init(product: ProductKey, vials: [Vials]) {
        self.product = product
        self.vials = vials
    }

    /// Of the sizes that a site keeps, those that hold the dose as the pharmacy makes it.
    /// - Parameter percent: What may be left of them for the sake of fewer, of the dose.
    /// - Returns: `nil` where none of them makes it.
    init?(
        for dose: Milligrams, of product: Product, from sizes: some Sequence<Milligrams>,
        leaving percent: Int
    ) {
        let vials = sizes.map { Vial($0, source: product.source) }
        guard let count = VialCount(for: dose, from: vials, leaving: percent) else { return nil }
        self.product = product.key
        self.vials = count.opened.map { Vials(size: $0.vial.size, count: $0.count) }
    }

    subscript(size: Milligrams) -> Int {
        vials.reduce(0) { $0 + ($1.size == size ? $1.count : 0) }
    }
}

/// A visit for which vials are kept, or were used.
public struct StockedVisit: Hashable, Sendable {
    public let appointment: AppointmentID
    public let start: Instant
    public let need: StockNeed

    public init(_ appointment: AppointmentID, start: Instant, need: StockNeed) {
        self.appointment = appointment
        self.start = start
        self.need = need
    }
}

/// Vials that a visit takes, and what the site has left of each size when it begins.
public struct StockShortage: Hashable, Sendable {
    public struct Vials: Hashable, Sendable {
        public let size: Milligrams
        /// So many the visit takes.
        public let count: Int
        /// So many it could take without missing one, and without taking another visit's.
        public let left: Int

        public init(size: Milligrams, count: Int, left: Int) {
            self.size = size
            self.count = count
            self.left = left
        }
    }

    public let product: ProductKey
    /// Largest first, each size once.
    public let vials: [Vials]

    public init(product: ProductKey, vials: [Vials]) {
        self.product = product
        self.vials = vials
    }
}
