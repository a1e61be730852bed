import Infusion

/// `history-carried` v1: an event of another stream within an event, with its own type and payload version, so
/// that it is upcast as it would be where it was written first.
enum HistoryCarriedPayload: EventPayload {
    static func write(
        _ carried: CarriedFact, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        let type = EventType(of: carried.fact)
        guard type.isCarried else {
            throw PayloadError(.notStorable(accepted: accepted), path: "/type")
        }
        try json.write("source", carried.source)
        try json.write("version", carried.version)
        try json.write("type", type.name)
        try json.write("payloadVersion", Int(type.payloadVersion))
        json.key("fact")
        json.beginObject()
        do { try carried.fact.write(to: &json, seals) } catch { throw error.within("fact") }
        json.endObject()
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> CarriedFact {
        let source: PatientID = try object.read("source")
        let version: EventVersion = try object.read("version")
        let name: String = try object.read("type")
        let payloadVersion: Int = try object.read("payloadVersion")
        let value = try object.payloadMember("fact")
        let stored = Upcaster.Shape(name, Int16(clamping: payloadVersion))
        let current = seals.upcasters.destination(of: stored)
        guard let type = EventType(rawValue: current.type), type.isCarried,
            current.payloadVersion == type.payloadVersion
        else { throw value.invalid(expected: accepted) }
        return CarriedFact(
            source: source, version: version,
            fact: try fact(type, value, stored == current ? nil : stored, seals))
    }

    private static let accepted = "an event that a merge carries over"

    /// - Parameter old: The shape to upcast from; `nil` where it is current.
    private static func fact(
        _ type: EventType, _ value: JSONValue, _ old: Upcaster.Shape?, _ seals: SealedFields
    ) throws(PayloadError) -> PatientFact {
        var object: JSONObject
        if let old {
            var json = JSONWriter()
            do {
                json.tree(try seals.upcasters.upcast(JSONTree(value), of: old))
                object = try JSONReader(limits: JournalLimits.payload).read(json.bytes).object()
            } catch let error as PayloadError {
                throw error.within("fact")
            } catch let error as JSONError {
                throw PayloadError(error).within("fact")
            } catch {
                preconditionFailure("upcasters throw PayloadError, readers JSONError")
            }
        } else {
            object = try value.payloadObject()
        }
        let fact = try PatientFact(type, reading: &object, seals)
        try object.end()
        return fact
    }
}
