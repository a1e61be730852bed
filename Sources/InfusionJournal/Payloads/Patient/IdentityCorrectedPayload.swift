import Infusion

/// `identity-corrected` v1. The identity is sealed, and whole.
enum IdentityCorrectedPayload: EventPayload {
    static func write(
        _ fact: IdentityCorrected, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try seals.write(.identity, fact.identity, to: &json)
        try json.write("gender", fact.gender)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> IdentityCorrected {
        IdentityCorrected(
            identity: try seals.read(.identity, from: &object),
            gender: try object.read("gender"))
    }
}
