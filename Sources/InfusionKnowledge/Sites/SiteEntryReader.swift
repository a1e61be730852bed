import Faults
import Infusion
import YAMLReader

/// Closures, openings, outages and shifts of a file; each may say that it is withdrawn, and then needs its
/// name only.
enum SiteEntryReader {
    static func closure(_ value: YAMLValue) throws(YAMLProblems) -> SitePlan.Item<SiteClosure> {
        var map = try value.mapping(accepted: "a closure")
        if let withdrawn = try withdrawn("closure", &map) { return .withdrawn(withdrawn) }
        let (id, period, reason, _) = try allRead(
            reading(SiteEntryID(try map.required("closure").text())), reading(try period(&map)),
            reading(try map.required("reason").oneOf(ClosureReason.self)),
            reading(try map.finish()))
        return .announced(SiteClosure(id: id, period: period, reason: reason))
    }

    static func opening(_ value: YAMLValue) throws(YAMLProblems) -> SitePlan.Item<SiteOpening> {
        var map = try value.mapping(accepted: "an opening")
        if let withdrawn = try withdrawn("opening", &map) { return .withdrawn(withdrawn) }
        let (id, period, _) = try allRead(
            reading(SiteEntryID(try map.required("opening").text())), reading(try period(&map)),
            reading(try map.finish()))
        return .announced(SiteOpening(id: id, period: period))
    }

    static func outage(_ value: YAMLValue) throws(YAMLProblems) -> SitePlan.Item<ChairOutage> {
        var map = try value.mapping(accepted: "an outage")
        if let withdrawn = try withdrawn("outage", &map) { return .withdrawn(withdrawn) }
        let (id, chair, from, until, reason, _) = try allRead(
            reading(SiteEntryID(try map.required("outage").text())),
            reading(ChairID(try map.required("chair").text())),
            reading(try map.required("from").localTime()),
            reading(try map.optional("until")?.localTime()),
            reading(try map.required("reason").oneOf(OutageReason.self)),
            reading(try map.finish()))
        return .announced(
            ChairOutage(id: id, chair: chair, from: from, until: until, reason: reason))
    }

    /// One for each date; where there are several, each is called by the name and its date.
    static func shifts(_ value: YAMLValue) throws(YAMLProblems) -> [SitePlan.Item<Shift>] {
        var map = try value.mapping(accepted: "a shift")
        if let withdrawn = try withdrawn("shift", &map) { return [.withdrawn(withdrawn)] }
        let (name, on, time, roles, staff, _) = try allRead(
            reading(try map.required("shift").text()), reading(try dates(&map)),
            reading(try map.required("time").clockSpan()),
            reading(
                try map.required("roles").list { (value) throws(YAMLProblems) in
                    try value.oneOf(StaffRole.self)
                }),
            reading(try staff(&map)), reading(try map.finish()))
        return on.dates.map { date in
            .announced(
                Shift(
                    id: SiteEntryID(on.isList ? "\(name)-\(date)" : name), roles: Set(roles),
                    staff: staff, period: time.period(on: date)))
        }
    }

    private static func dates(
        _ map: inout YAMLMapping
    ) throws(YAMLProblems) -> (dates: [CalendarDate], isList: Bool) {
        let on = try map.required("on")
        guard on.isList else { return ([try on.date()], false) }
        return (try on.list { (value) throws(YAMLProblems) in try value.date() }, true)
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

    /// The name of an entry that is taken back.
    private static func withdrawn(
        _ kind: String, _ map: inout YAMLMapping
    ) throws(YAMLProblems) -> SiteEntryID? {
        guard try map.optional("withdrawn")?.bool() ?? false else { return nil }
        return SiteEntryID(try map.required(kind).text())
    }

    /// `from` and `until`, or whole days: `firstDay` and, where there are several, `lastDay`.
    private static func period(_ map: inout YAMLMapping) throws(YAMLProblems) -> LocalPeriod {
        if let first = map.optional("firstDay") {
            let last = map.optional("lastDay")
            let (from, to) = try allRead(reading(try first.date()), reading(try last?.date()))
            guard let period = LocalPeriod(wholeDaysFrom: from, to: to ?? from) else {
                throw (last ?? first).invalid(accepted: "\(from) or later")
            }
            return period
        }
        let place = map.optional("until")
        let (from, until) = try allRead(
            reading(try map.required("from").localTime()),
            reading(try map.required("until").localTime()))
        guard let period = LocalPeriod(from: from, until: until) else {
            throw (place ?? map.value).invalid(accepted: "a time after \(from)")
        }
        return period
    }
}
