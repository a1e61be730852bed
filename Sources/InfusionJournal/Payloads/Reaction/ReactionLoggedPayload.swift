import Infusion

/// `reaction-logged` v1.
enum ReactionLoggedPayload: EventPayload {
    static func write(
        _ fact: Reaction, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("reaction", fact.id)
        try json.write("dose", fact.dose)
        try json.write("kind", fact.kind)
        try json.write("grade", fact.grade)
        try json.writeOptional("onsetMinute", fact.onsetMinute)
        try json.writeOptional("deliveredAtOnsetMilligrams", fact.deliveredAtOnset)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> Reaction {
        Reaction(
            id: try object.read("reaction"),
            dose: try object.read("dose"),
            kind: try object.read("kind"),
            grade: try object.read("grade"),
            onsetMinute: try object.readOptional("onsetMinute"),
            deliveredAtOnset: try object.readOptional("deliveredAtOnsetMilligrams"))
    }
}
