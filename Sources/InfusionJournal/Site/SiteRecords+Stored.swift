import Infusion

extension CapacityLimits {
    func write(to json: inout JSONWriter) throws(PayloadError) {
        try json.write("startsPerNurse", self[.startsPerNurse])
        try json.write("patientsPerNurse", self[.patientsPerNurse])
        try json.write("closingBufferMinutes", self[.closingBufferMinutes])
    }

    init(reading object: inout JSONObject) throws(PayloadError) {
        self.init([
            .startsPerNurse: try object.read("startsPerNurse"),
            .patientsPerNurse: try object.read("patientsPerNurse"),
            .closingBufferMinutes: try object.read("closingBufferMinutes"),
        ])
    }
}

extension AutomaticOffers {
    func write(to json: inout JSONWriter) throws(PayloadError) {
        switch self {
        case .off: try json.writeOptional("keepMinutes", Int?.none)
        case .on(let minutes): try json.write("keepMinutes", minutes)
        }
    }

    init(reading object: inout JSONObject) throws(PayloadError) {
        let minutes: Int? = try object.readOptional("keepMinutes")
        self = minutes.map { .on(keepMinutes: $0) } ?? .off
    }
}

extension SiteChair {
    func write(to json: inout JSONWriter) throws(PayloadError) {
        try json.write("chair", id)
        try json.write("kind", kind)
        json.writeSet("equipment", equipment)
        try json.write("isolated", isIsolated)
    }

    init(reading object: inout JSONObject) throws(PayloadError) {
        self.init(
            id: try object.read("chair"), kind: try object.read("kind"),
            equipment: try object.readSet("equipment"), isIsolated: try object.read("isolated"))
    }
}

extension ChairOutage {
    func write(to json: inout JSONWriter) throws(PayloadError) {
        try json.write("outage", id)
        try json.write("chair", chair)
        try json.write("from", from)
        try json.writeOptional("until", until)
        try json.write("reason", reason)
    }

    init(reading object: inout JSONObject) throws(PayloadError) {
        self.init(
            id: try object.read("outage"), chair: try object.read("chair"),
            from: try object.read("from"), until: try object.readOptional("until"),
            reason: try object.read("reason"))
    }
}

extension WeeklyHours {
    func write(to json: inout JSONWriter) throws(PayloadError) {
        try json.write("validFrom", validFrom)
        for weekday in Weekday.allCases {
            try json.writeArray(weekday.storedCode, spans(on: weekday))
        }
    }

    init(reading object: inout JSONObject) throws(PayloadError) {
        let validFrom: CalendarDate = try object.read("validFrom")
        var days: [Weekday: [ClockSpan]] = [:]
        for weekday in Weekday.allCases {
            days[weekday] = try object.readArray(weekday.storedCode)
        }
        self.init(validFrom: validFrom, days: days)
    }
}

extension ClockSpan: StoredRecord {
    init(reading object: inout JSONObject) throws(PayloadError) {
        self.init(from: try object.read("from"), until: try object.read("until"))
    }

    func write(to json: inout JSONWriter) throws(PayloadError) {
        try json.write("from", from)
        try json.write("until", until)
    }
}

extension SiteClosure {
    func write(to json: inout JSONWriter) throws(PayloadError) {
        try json.write("closure", id)
        try period.write(to: &json)
        try json.write("reason", reason)
    }

    init(reading object: inout JSONObject) throws(PayloadError) {
        self.init(
            id: try object.read("closure"), period: try LocalPeriod(reading: &object),
            reason: try object.read("reason"))
    }
}

extension SiteOpening {
    func write(to json: inout JSONWriter) throws(PayloadError) {
        try json.write("opening", id)
        try period.write(to: &json)
    }

    init(reading object: inout JSONObject) throws(PayloadError) {
        self.init(id: try object.read("opening"), period: try LocalPeriod(reading: &object))
    }
}

extension Shift {
    func write(to json: inout JSONWriter) throws(PayloadError) {
        try json.write("shift", id)
        json.writeSet("roles", roles)
        switch staff {
        case .people(let count):
            try json.write("people", count)
            try json.writeOptional("staff", StaffCode?.none)
        case .person(let code):
            try json.writeOptional("people", Int?.none)
            try json.write("staff", code)
        }
        try period.write(to: &json)
    }

    init(reading object: inout JSONObject) throws(PayloadError) {
        let path = object.path
        let id: SiteEntryID = try object.read("shift")
        let roles: Set<StaffRole> = try object.readSet("roles")
        let people: Int? = try object.readOptional("people")
        let code: StaffCode? = try object.readOptional("staff")
        let staff: Staff
        switch (people, code) {
        case (let people?, nil): staff = .people(people)
        case (nil, let code?): staff = .person(code)
        case (nil, nil), (_?, _?):
            throw PayloadError(
                .json(.invalid(expected: "either a number of people or a code"), offset: nil),
                path: "\(path)/staff")
        }
        self.init(id: id, roles: roles, staff: staff, period: try LocalPeriod(reading: &object))
    }
}
