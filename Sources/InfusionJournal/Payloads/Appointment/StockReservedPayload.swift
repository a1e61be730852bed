import Infusion

/// `stock-reserved` v1.
enum StockReservedPayload: EventPayload {
    static func write(
        _ fact: (appointment: AppointmentID, need: StockNeed), to json: inout JSONWriter,
        _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("appointment", fact.appointment)
        try json.write("product", fact.need.product)
        try json.writeArray("vials", fact.need.vials)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> (appointment: AppointmentID, need: StockNeed) {
        (
            appointment: try object.read("appointment"),
            need: StockNeed(
                product: try object.read("product"), vials: try object.readArray("vials"))
        )
    }
}

extension StockNeed.Vials: StoredRecord {
    init(reading object: inout JSONObject) throws(PayloadError) {
        self.init(
            size: try object.read("sizeMilligrams"), count: try object.read("count"))
    }

    func write(to json: inout JSONWriter) throws(PayloadError) {
        try json.write("sizeMilligrams", size)
        try json.write("count", count)
    }
}
