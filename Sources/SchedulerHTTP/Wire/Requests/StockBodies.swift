import Faults
import Infusion
import InfusionWire

/// Vials of one lot, among the members of what has them.
private struct StockLotBody: WireBody {
    let lot: StockLot

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        let (vials, number, expiry) = try allRead(
            reading(try reader.required("vials", .integer(InfusionLimits.vialsPerLot))),
            reading(try reader.optional("lot", .text(1...InfusionLimits.lotCharacters))),
            reading(try reader.optional("expiry", .date)))
        lot = StockLot(vials: vials, lot: number.map { LotNumber($0) }, expiry: expiry)
    }
}

/// `product` and the size of its `vial`, among the members of what has them.
private struct StockItemBody: WireBody {
    let item: StockItem

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        let (product, vial) = try allRead(
            reading(
                try reader.required("product", .name(1...InfusionLimits.productNameCharacters))),
            reading(try reader.required("vial", .milligrams)))
        item = StockItem(product: ProductKey(product), vial: vial)
    }
}

/// `POST /v1/sites/{id}/stock/counts`
struct StockCountBody: WireBody {
    let count: StockCount

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        let (item, at, lots) = try allRead(
            reading(try StockItemBody(from: &reader).item),
            reading(try reader.required("at", .localTime)),
            reading(
                try reader.required(
                    "lots",
                    .array(of: .object(StockLotBody.self), count: 0...InfusionLimits.lotsPerCount)
                )))
        count = StockCount(item: item, at: at, lots: lots.map(\.lot))
    }
}

/// `POST /v1/sites/{id}/stock/deliveries`
struct StockDeliveryBody: WireBody {
    let delivery: SiteEntryID?
    let item: StockItem
    let on: CalendarDate
    let lot: StockLot

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        (delivery, item, on, lot) = try allRead(
            reading(try reader.optional("delivery", .siteEntry)),
            reading(try StockItemBody(from: &reader).item),
            reading(try reader.required("on", .date)),
            reading(try StockLotBody(from: &reader).lot))
    }
}
