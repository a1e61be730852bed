import Infusion

/// `reaction-regraded` v1.
enum ReactionRegradedPayload: EventPayload {
    static func write(
        _ fact: (reaction: ReactionID, grade: ReactionGrade), to json: inout JSONWriter,
        _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("reaction", fact.reaction)
        try json.write("grade", fact.grade)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> (reaction: ReactionID, grade: ReactionGrade) {
        (reaction: try object.read("reaction"), grade: try object.read("grade"))
    }
}
