import Infusion

/// `reaction-logged` v2.
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
        try json.writeOptional("rateMillilitersPerHour", fact.course.rate)
        try json.writeOptional("gradeScale", fact.course.gradeScale)
        json.writeSet("actions", fact.course.actions)
        try json.writeOptional("outcome", fact.course.outcome)
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
            deliveredAtOnset: try object.readOptional("deliveredAtOnsetMilligrams"),
            course: ReactionCourse(
                rate: try object.readOptional("rateMillilitersPerHour"),
                gradeScale: try object.readOptional("gradeScale"),
                actions: try object.readSet("actions"),
                outcome: try object.readOptional("outcome")))
    }
}

extension Upcaster {
    /// v1 did not say how fast the infusion ran, by which scale it was graded, what was done and how it ended:
    /// nobody knows.
    static let reactionLoggedFromV1 = Upcaster(
        from: Shape("reaction-logged", 1), to: Shape("reaction-logged", 2)
    ) { (payload) throws(PayloadError) in
        guard case .object(let members) = payload else { return payload }
        return .object(
            members + [
                JSONTree.Member("rateMillilitersPerHour", .null),
                JSONTree.Member("gradeScale", .null), JSONTree.Member("actions", .array([])),
                JSONTree.Member("outcome", .null),
            ])
    }
}
