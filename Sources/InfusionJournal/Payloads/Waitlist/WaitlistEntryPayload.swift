import Infusion

/// `waitlist-entered` v1 and `waitlist-changed` v1: the whole of what stands on the list.
enum WaitlistEntryPayload: EventPayload {
    static func write(
        _ fact: WaitlistEntry, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        let request = fact.request
        try json.write("order", request.order)
        try json.writeOptional("site", request.site)
        try json.write("minutes", request.minutes)
        try json.writeOptional("earliest", request.earliest)
        try json.writeOptional("latest", request.latest)
        json.writeSet("weekdays", request.weekdays)
        try json.writeOptional("hours", request.hours)
        try json.write("noticeHours", request.noticeHours)
        let priority = fact.priority
        try json.write("ruleVersion", priority.ruleVersion)
        try json.write("urgency", priority.urgency)
        try json.write("due", priority.due)
        try json.writeArray("predicates", priority.predicates)
        try json.writeArray("evidence", priority.evidence)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> WaitlistEntry {
        let request = WaitlistRequest(
            order: try object.read("order"),
            site: try object.readOptional("site"),
            minutes: try object.read("minutes"),
            earliest: try object.readOptional("earliest"),
            latest: try object.readOptional("latest"),
            weekdays: try object.readSet("weekdays"),
            hours: try object.readOptional("hours"),
            noticeHours: try object.read("noticeHours"))
        let priority = WaitlistPriority(
            ruleVersion: try object.read("ruleVersion"),
            urgency: try object.read("urgency"),
            due: try object.read("due"),
            predicates: try object.readArray("predicates"),
            evidence: try object.readArray("evidence"))
        return WaitlistEntry(request: request, priority: priority)
    }
}
