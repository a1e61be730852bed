import Infusion

/// `patient-unmerged-from` v1.
enum PatientUnmergedFromPayload: EventPayload {
    static func write(
        _ fact: (survivor: PatientID, reason: UnmergeReason), to json: inout JSONWriter,
        _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("survivor", fact.survivor)
        try json.write("reason", fact.reason)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> (survivor: PatientID, reason: UnmergeReason) {
        (survivor: try object.read("survivor"), reason: try object.read("reason"))
    }
}
