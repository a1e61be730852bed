/// Vials of one size of a product: what is counted, since a vial that was opened for one patient is not given
/// to another.
public struct StockItem: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let product: ProductKey
    public let vial: Milligrams

    public init(product: ProductKey, vial: Milligrams) {
        self.product = product
        self.vial = vial
    }

    public static func < (left: StockItem, right: StockItem) -> Bool {
        (left.product.name, left.vial) < (right.product.name, right.vial)
    }

    public var description: String { "\(product) \(vial)" }
}

/// Vials of one lot, or of lots that nobody told apart.
public struct StockLot: Hashable, Sendable {
    public let vials: Int
    public let lot: LotNumber?
    /// The last date on which they may be given; `nil` where nobody said.
    public let expiry: CalendarDate?

    public init(vials: Int, lot: LotNumber? = nil, expiry: CalendarDate? = nil) {
        self.vials = vials
        self.lot = lot
        self.expiry = expiry
    }
}

/// What lay there when somebody counted: whatever was thought before is replaced.
public struct StockCount: Hashable, Sendable {
    public let item: StockItem
    public let at: LocalTime
    /// None where nothing is left.
    public let lots: [StockLot]

    public init(item: StockItem, at: LocalTime, lots: [StockLot]) {
        self.item = item
        self.at = at
        self.lots = lots
    }
}

/// Vials that came, or are expected to, on a date: they are counted on from its beginning.
public struct StockDelivery: Hashable, Sendable {
    public let id: SiteEntryID
    public let item: StockItem
    public let on: CalendarDate
    public let lot: StockLot

    public init(id: SiteEntryID, item: StockItem, on date: CalendarDate, lot: StockLot) {
        self.id = id
        self.item = item
        on = date
        self.lot = lot
    }
}
