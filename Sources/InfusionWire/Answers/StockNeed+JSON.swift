public import Infusion

extension StockNeed {
    public var members: [JSON.Member] {
        [
            .init(name: "product", value: .string(product.name)),
            .init(name: "vials", value: .list(vials, \.json)),
        ]
    }
}

extension StockNeed.Vials {
    var json: JSON { ["size": .quantity(size), "count": .integer(count)] }
}

extension StockShortage.Vials {
    var json: JSON {
        ["size": .quantity(size), "count": .integer(count), "left": .integer(left)]
    }
}
