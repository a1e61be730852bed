import Infusion

/// `infusion-ordered` v2.
enum InfusionOrderedPayload: EventPayload {
    static func write(
        _ fact: InfusionOrder, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("order", fact.id)
        try json.write("product", fact.product)
        try json.write("dosingRow", fact.dosingRow)
        try json.write("moiety", fact.moiety)
        try json.write("indication", fact.indication)
        try json.writeArray("prescribedMilligrams", fact.prescribed)
        try json.write("plannedTotalMilligrams", fact.plannedTotal)
        try json.write("method", fact.method)
        try json.writeOptional("need", fact.need)
        try json.writeOptional("whyIntravenous", fact.whyIntravenous)
        try json.write("signature", fact.signature)
        try json.writeArray("findings", fact.findings)
        try json.write("formularyVersion", fact.formularyVersion)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> InfusionOrder {
        InfusionOrder(
            id: try object.read("order"),
            product: try object.read("product"),
            dosingRow: try object.read("dosingRow"),
            moiety: try object.read("moiety"),
            indication: try object.read("indication"),
            prescribed: try object.readArray("prescribedMilligrams"),
            plannedTotal: try object.read("plannedTotalMilligrams"),
            method: try object.read("method"),
            need: try object.readOptional("need"),
            whyIntravenous: try object.readOptional("whyIntravenous"),
            signature: try object.read("signature"),
            findings: try object.readArray("findings"),
            formularyVersion: try object.read("formularyVersion"))
    }
}

extension Upcaster {
    /// v1 did not say why the iron is given by vein: nobody knows.
    static let infusionOrderedFromV1 = Upcaster(
        from: Shape("infusion-ordered", 1), to: Shape("infusion-ordered", 2)
    ) { (payload) throws(PayloadError) in
        guard case .object(let members) = payload else { return payload }
        return .object(members + [JSONTree.Member("whyIntravenous", .null)])
    }
}
