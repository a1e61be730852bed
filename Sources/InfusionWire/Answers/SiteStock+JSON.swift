import EventStore
import Foundation
import Infusion
public import InfusionApplication

extension SiteStockAnswer {
    /// A row for each product and size that the site keeps account of.
    public var json: JSON {
        let clock = ZoneClock(timeZone)
        return [
            "site": .string(site.name), "timeZone": .string(timeZone.identifier),
            "moment": moment.json(by: clock), "stock": .list(accounts) { $0.json(by: clock) },
            "version": .integer(version.value), "position": .integer(position.value),
        ]
    }
}

extension StockAccount {
    fileprivate func json(by clock: ZoneClock) -> JSON {
        [
            "product": .string(item.product.name), "vial": .quantity(item.vial),
            "counted": .optional(counted) { count in
                [
                    "at": clock.instant(of: count.at).json(by: clock),
                    "vials": .integer(count.lots.reduce(0) { $0 + $1.vials }),
                    "lots": .list(count.lots) { .object($0.members) },
                ]
            },
            "deliveries": .list(deliveries) { delivery in
                .object(
                    [
                        JSON.Member(name: "delivery", value: .string(delivery.id.name)),
                        JSON.Member(name: "on", value: .date(delivery.on)),
                    ] + delivery.lot.members)
            },
            "lots": .list(lots) { .object($0.members) }, "expired": .integer(expired),
            "onHand": .integer(onHand), "kept": .integer(kept), "left": .integer(left),
            "missing": .integer(missing), "shortFrom": .optional(shortFrom) { .date($0) },
        ]
    }
}

extension StockLot {
    fileprivate var members: [JSON.Member] {
        [
            .init(name: "vials", value: .integer(vials)),
            .init(name: "lot", value: .optional(lot) { .string($0.text) }),
            .init(name: "expiry", value: .optional(expiry) { .date($0) }),
        ]
    }
}
