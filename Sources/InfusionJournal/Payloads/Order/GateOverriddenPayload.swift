import Infusion

/// `gate-overridden` v3. What a person wrote, the justification and the reference, is sealed.
enum GateOverriddenPayload: EventPayload {
    static func write(
        _ fact: GateOverride, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("override", fact.id)
        try json.write("gate", fact.gate)
        try json.write("order", fact.order)
        try json.write("reason", fact.reason)
        try seals.write(.justification, fact.justification, to: &json)
        try json.write("role", fact.role)
        try json.writeOptional("coSigner", fact.coSigner)
        try json.write("expiresAt", fact.expiresAt)
        try json.writeOptional("asked", fact.asked)
        try json.writeOptional("patientRisk", fact.patientRisk)
        try seals.writeOptional(.evidenceRef, fact.evidenceRef, to: &json)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> GateOverride {
        GateOverride(
            id: try object.read("override"),
            gate: try object.read("gate"),
            order: try object.read("order"),
            reason: try object.read("reason"),
            justification: try seals.read(.justification, from: &object),
            role: try object.read("role"),
            coSigner: try object.readOptional("coSigner"),
            expiresAt: try object.read("expiresAt"),
            asked: try object.readOptional("asked"),
            patientRisk: try object.readOptional("patientRisk"),
            evidenceRef: try seals.readOptional(.evidenceRef, from: &object))
    }
}

extension AskedGate: StoredRecord {
    init(reading object: inout JSONObject) throws(PayloadError) {
        self.init(
            ruleVersion: try object.read("ruleVersion"),
            severity: try object.read("severity"),
            evidence: try object.readArray("evidence"),
            predicates: try object.readOptionalArray("predicates"))
    }

    func write(to json: inout JSONWriter) throws(PayloadError) {
        try json.write("ruleVersion", ruleVersion)
        try json.write("severity", severity)
        try json.writeArray("evidence", evidence)
        try json.writeOptionalArray("predicates", predicates)
    }
}

extension Upcaster {
    /// v1 did not say how the gate was asked, what the risk is and what is relied on: nobody knows.
    static let gateOverriddenFromV1 = Upcaster(
        from: Shape("gate-overridden", 1), to: Shape("gate-overridden", 2)
    ) { (payload) throws(PayloadError) in
        guard case .object(let members) = payload else { return payload }
        return .object(
            members + ["asked", "patientRisk", "evidenceRef"].map { JSONTree.Member($0, .null) })
    }

    /// v2 said of how the gate was asked the events alone, and not what was compared.
    static let gateOverriddenFromV2 = Upcaster(
        from: Shape("gate-overridden", 2), to: Shape("gate-overridden", 3)
    ) { (payload) throws(PayloadError) in
        guard case .object(let members)? = payload["asked"] else { return payload }
        var payload = payload
        payload["asked"] = .object(members + [JSONTree.Member("predicates", .null)])
        return payload
    }
}
