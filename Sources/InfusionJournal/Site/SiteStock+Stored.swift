import Infusion

extension StockItem {
    func write(to json: inout JSONWriter) throws(PayloadError) {
        try json.write("product", product)
        try json.write("vialMilligrams", vial)
    }

    init(reading object: inout JSONObject) throws(PayloadError) {
        self.init(
            product: try object.read("product"), vial: try object.read("vialMilligrams"))
    }
}

extension StockLot: StoredRecord {
    init(reading object: inout JSONObject) throws(PayloadError) {
        self.init(
            vials: try object.read("vials"), lot: try object.readOptional("lot"),
            expiry: try object.readOptional("expiry"))
    }

    func write(to json: inout JSONWriter) throws(PayloadError) {
        try json.write("vials", vials)
        try json.writeOptional("lot", lot)
        try json.writeOptional("expiry", expiry)
    }
}

extension StockCount {
    func write(to json: inout JSONWriter) throws(PayloadError) {
        try item.write(to: &json)
        try json.write("at", at)
        try json.writeArray("lots", lots)
    }

    init(reading object: inout JSONObject) throws(PayloadError) {
        self.init(
            item: try StockItem(reading: &object), at: try object.read("at"),
            lots: try object.readArray("lots"))
    }
}

extension StockDelivery {
    func write(to json: inout JSONWriter) throws(PayloadError) {
        try json.write("delivery", id)
        try item.write(to: &json)
        try json.write("on", on)
        try lot.write(to: &json)
    }

    init(reading object: inout JSONObject) throws(PayloadError) {
        self.init(
            id: try object.read("delivery"), item: try StockItem(reading: &object),
            on: try object.read("on"), lot: try StockLot(reading: &object))
    }
}
