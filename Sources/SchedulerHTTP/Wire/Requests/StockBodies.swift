import Infusion

/// Vials of one lot, among the members of what has them.
private struct StockLotBody: WireBody {
    let lot: StockLot

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        lot = StockLot(
            vials: try reader.required("vials", .integer(InfusionLimits.vialsPerLot)),
            lot: try reader.optional("lot", .text(1...InfusionLimits.lotCharacters))
                .map { LotNumber($0) },
            expiry: try reader.optional("expiry", .date))
    }
}

/// `product` and the size of its `vial`, among the members of what has them.
private struct StockItemBody: WireBody {
    let item: StockItem

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        item = StockItem(
            product: ProductKey(
                try reader.required("product", .name(1...InfusionLimits.productNameCharacters))),
            vial: try reader.required("vial", .milligrams))
    }
}

/// `POST /v1/sites/{id}/stock/counts`
struct StockCountBody: WireBody {
    let count: StockCount

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        count = StockCount(
            item: try StockItemBody(from: &reader).item,
            at: try reader.required("at", .localTime),
            lots: try reader.required(
                "lots",
                .array(of: .object(StockLotBody.self), count: 0...InfusionLimits.lotsPerCount)
            ).map(\.lot))
    }
}

/// `POST /v1/sites/{id}/stock/deliveries`
struct StockDeliveryBody: WireBody {
    let delivery: SiteEntryID?
    let item: StockItem
    let on: CalendarDate
    let lot: StockLot

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        delivery = try reader.optional("delivery", .siteEntry)
        item = try StockItemBody(from: &reader).item
        on = try reader.required("on", .date)
        lot = try StockLotBody(from: &reader).lot
    }
}
