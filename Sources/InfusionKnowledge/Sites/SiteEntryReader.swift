import Infusion
import YAMLReader

/// Closures, openings, outages and shifts of a file; each may say that it is withdrawn, and then needs its
/// name only.
enum SiteEntryReader {
    static func closure(_ value: YAMLValue) throws(YAMLProblems) -> SitePlan.Item<SiteClosure> {
        var map = try value.mapping(accepted: "a closure")
        let id = SiteEntryID(try map.required("closure").text())
        if try isWithdrawn(&map) { return .withdrawn(id) }
        let closure = SiteClosure(
            id: id, period: try period(&map),
            reason: try map.required("reason").oneOf(ClosureReason.self))
        try map.finish()
        return .announced(closure)
    }

    static func opening(_ value: YAMLValue) throws(YAMLProblems) -> SitePlan.Item<SiteOpening> {
        var map = try value.mapping(accepted: "an opening")
        let id = SiteEntryID(try map.required("opening").text())
        if try isWithdrawn(&map) { return .withdrawn(id) }
        let opening = SiteOpening(id: id, period: try period(&map))
        try map.finish()
        return .announced(opening)
    }

    static func outage(_ value: YAMLValue) throws(YAMLProblems) -> SitePlan.Item<ChairOutage> {
        var map = try value.mapping(accepted: "an outage")
        let id = SiteEntryID(try map.required("outage").text())
        if try isWithdrawn(&map) { return .withdrawn(id) }
        let outage = ChairOutage(
            id: id, chair: ChairID(try map.required("chair").text()),
            from: try map.required("from").localTime(),
            until: try map.optional("until")?.localTime(),
            reason: try map.required("reason").oneOf(OutageReason.self))
        try map.finish()
        return .announced(outage)
    }

    /// One for each date; where there are several, each is called by the name and its date.
    static func shifts(_ value: YAMLValue) throws(YAMLProblems) -> [SitePlan.Item<Shift>] {
        var map = try value.mapping(accepted: "a shift")
        let name = try map.required("shift").text()
        if try isWithdrawn(&map) { return [.withdrawn(SiteEntryID(name))] }
        let on = try map.required("on")
        let dates =
            if on.isList {
                try on.list { (value) throws(YAMLProblems) in try value.date() }
            } else {
                [try on.date()]
            }
        let time = try map.required("time").clockSpan()
        let roles = Set(
            try map.required("roles").list { (value) throws(YAMLProblems) in
                try value.oneOf(StaffRole.self)
            })
        let staff = try staff(&map)
        try map.finish()
        return dates.map { date in
            .announced(
                Shift(
                    id: SiteEntryID(on.isList ? "\(name)-\(date)" : name), roles: roles,
                    staff: staff, period: time.period(on: date)))
        }
    }

    private static func staff(_ map: inout YAMLMapping) throws(YAMLProblems) -> Shift.Staff {
        switch (map.optional("people"), map.optional("staff")) {
        case (let people?, nil): .people(try people.integer(InfusionLimits.peoplePerShift))
        case (nil, let code?): .person(StaffCode(try code.text()))
        case (_?, let code?):
            throw code.problem("says who it is, and 'people' says how many; accepted: one of them")
        case (nil, nil): throw map.value.problem("has neither 'people' nor 'staff'")
        }
    }

    private static func isWithdrawn(_ map: inout YAMLMapping) throws(YAMLProblems) -> Bool {
        try map.optional("withdrawn")?.bool() ?? false
    }

    /// `from` and `until`, or whole days: `firstDay` and, where there are several, `lastDay`.
    private static func period(_ map: inout YAMLMapping) throws(YAMLProblems) -> LocalPeriod {
        if let first = map.optional("firstDay") {
            let date = try first.date()
            let last = map.optional("lastDay")
            guard
                let period = LocalPeriod(wholeDaysFrom: date, to: try last?.date() ?? date)
            else { throw (last ?? first).invalid(accepted: "\(date) or later") }
            return period
        }
        let from = try map.required("from").localTime()
        let until = try map.required("until")
        guard let period = LocalPeriod(from: from, until: try until.localTime()) else {
            throw until.invalid(accepted: "a time after \(from)")
        }
        return period
    }
}
