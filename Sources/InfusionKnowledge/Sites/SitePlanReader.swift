import Faults
import Infusion
import YAMLReader

/// Reads one site. Each entry is told to a site of its own making as it is read, so that what the rules
/// say against it is said with its line.
struct SitePlanReader {
    private var map: YAMLMapping
    private let trial: SiteTrial

    static func read(_ value: YAMLValue, now: Instant) throws(YAMLProblems) -> SitePlan {
        var reader = SitePlanReader(
            try value.mapping(accepted: "a site: site, timeZone, chairs, hours, …"), now: now)
        return try reader.plan(
            of: reading(try reader.site()), in: reading(try reader.timeZone()))
    }

    /// One whose name and zone stand elsewhere.
    static func read(
        _ value: YAMLValue, of site: SiteID, in timeZone: String, now: Instant
    ) throws(YAMLProblems) -> SitePlan {
        var reader = SitePlanReader(
            try value.mapping(accepted: "a plan: chairs, hours, shifts, …"), now: now)
        try reader.trial.take(.correctTimeZone(timeZone), at: value)
        return try reader.plan(of: .success(site), in: .success(timeZone))
    }

    private init(_ map: YAMLMapping, now: Instant) {
        self.map = map
        trial = SiteTrial(now: now)
    }

    private mutating func site() throws(YAMLProblems) -> SiteID {
        let value = try map.required("site")
        let site = SiteID(try value.text())
        try trial.open(as: site, at: value)
        return site
    }

    private mutating func timeZone() throws(YAMLProblems) -> String {
        let value = try map.required("timeZone")
        let timeZone = try value.text()
        try trial.take(.correctTimeZone(timeZone), at: value)
        return timeZone
    }

    private mutating func plan(
        of site: Result<SiteID, YAMLProblems>, in timeZone: Result<String, YAMLProblems>
    ) throws(YAMLProblems) -> SitePlan {
        let chairs = reading(try chairs())
        let told = try allRead(
            site, timeZone, chairs,
            reading(try map.optional("limits").map(Self.limits) ?? CapacityLimits()),
            reading(try map.optional("automaticOffers").map(Self.automaticOffers) ?? .off),
            reading(try hours()), reading(try closures()), reading(try openings()),
            reading(try outages(amongAllChairs: chairs.isSuccess)), reading(try shifts()),
            reading(try map.finish()))
        var plan = SitePlan(site: told.0, timeZone: told.1)
        plan.chairs = told.2
        plan.limits = told.3
        plan.automaticOffers = told.4
        plan.hours = told.5
        plan.closures = told.6
        plan.openings = told.7
        plan.outages = told.8
        plan.shifts = told.9
        return plan
    }

    /// A list that may be left out.
    private mutating func list<Element>(
        _ key: String, _ element: (YAMLValue) throws(YAMLProblems) -> Element
    ) throws(YAMLProblems) -> [Element] {
        try map.optional(key)?.list(element) ?? []
    }

    // MARK: The place

    private mutating func chairs() throws(YAMLProblems) -> [SitePlan.Chair] {
        let trial = trial
        return try list("chairs") { (value) throws(YAMLProblems) in
            let chair = try Self.chair(value)
            try trial.name(chair.chair.id.name, "chair", at: value)
            try trial.take(.defineChair(chair.chair), at: value)
            return chair
        }
    }

    private mutating func hours() throws(YAMLProblems) -> [SitePlan.Hours] {
        let trial = trial
        return try list("hours") { (value) throws(YAMLProblems) in
            let hours = try Self.hours(value)
            switch hours {
            case .set(let weekly):
                try trial.name("\(weekly.validFrom)", "hours", at: value)
                try trial.take(.setHours(weekly), at: value)
            case .withdrawn(let date): try trial.name("\(date)", "hours", at: value)
            }
            return hours
        }
    }

    private static func limits(_ value: YAMLValue) throws(YAMLProblems) -> CapacityLimits {
        var map = try value.mapping(accepted: "limits, such as {patientsPerNurse: 4}")
        let (limits, _) = try allRead(
            reading(
                try CapacityLimit.allCases.allRead { (limit) throws(YAMLProblems) in
                    (limit, try map.optional(limit.rawValue)?.integer(limit.accepted))
                }),
            reading(try map.finish()))
        var named: [CapacityLimit: Int] = [:]
        for (limit, number) in limits { named[limit] = number }
        return CapacityLimits(named)
    }

    private static func automaticOffers(
        _ value: YAMLValue
    ) throws(YAMLProblems) -> AutomaticOffers {
        var map = try value.mapping(accepted: "automatic offers, such as {keepMinutes: 60}")
        let (minutes, _) = try allRead(
            reading(try map.required("keepMinutes").integer(InfusionLimits.holdMinutes)),
            reading(try map.finish()))
        return .on(keepMinutes: minutes)
    }

    private static func chair(_ value: YAMLValue) throws(YAMLProblems) -> SitePlan.Chair {
        var map = try value.mapping(accepted: "a chair, such as {chair: chair-1, kind: recliner}")
        let (id, kind, equipment, isolated, retired, _) = try allRead(
            reading(ChairID(try map.required("chair").text())),
            reading(try map.required("kind").oneOf(ChairKind.self)),
            reading(
                try map.optional("equipment")?.list { (value) throws(YAMLProblems) in
                    try value.oneOf(ChairEquipment.self)
                }),
            reading(try map.optional("isolated")?.bool()),
            reading(try map.optional("retired")?.date()), reading(try map.finish()))
        return SitePlan.Chair(
            SiteChair(
                id: id, kind: kind, equipment: Set(equipment ?? []),
                isIsolated: isolated ?? false),
            retiredFrom: retired)
    }

    private static func hours(_ value: YAMLValue) throws(YAMLProblems) -> SitePlan.Hours {
        var map = try value.mapping(
            accepted: "hours, such as {from: 2026-01-05, monday: [\"08:00-16:00\"]}")
        let (validFrom, days, isWithdrawn, _) = try allRead(
            reading(try map.required("from").date()),
            reading(
                try Weekday.allCases.allRead { (weekday) throws(YAMLProblems) in
                    (
                        weekday,
                        try map.optional(weekday.rawValue)?.list {
                            (value) throws(YAMLProblems) in try value.clockSpan()
                        }
                    )
                }),
            reading(try map.optional("withdrawn")?.bool()), reading(try map.finish()))
        if isWithdrawn ?? false { return .withdrawn(validFrom: validFrom) }
        var spans: [Weekday: [ClockSpan]] = [:]
        for (weekday, open) in days { spans[weekday] = open }
        return .set(WeeklyHours(validFrom: validFrom, days: spans))
    }

    // MARK: Entries

    private mutating func closures() throws(YAMLProblems) -> [SitePlan.Item<SiteClosure>] {
        let trial = trial
        return try list("closures") { (value) throws(YAMLProblems) in
            try trial.take(
                SiteEntryReader.closure(value), \.id, "closure", { .announceClosure($0) },
                at: value)
        }
    }

    private mutating func openings() throws(YAMLProblems) -> [SitePlan.Item<SiteOpening>] {
        let trial = trial
        return try list("openings") { (value) throws(YAMLProblems) in
            try trial.take(
                SiteEntryReader.opening(value), \.id, "opening", { .announceOpening($0) },
                at: value)
        }
    }

    /// - Parameter areKnown: Whether all chairs could be read: where they could not, nobody can say that an
    ///   outage names none of them.
    private mutating func outages(
        amongAllChairs areKnown: Bool
    ) throws(YAMLProblems) -> [SitePlan.Item<ChairOutage>] {
        let trial = trial
        return try list("outages") { (value) throws(YAMLProblems) in
            let outage = try SiteEntryReader.outage(value)
            guard areKnown else { return outage }
            return try trial.take(
                outage, \.id, "outage", { .takeChairOut($0) }, at: value)
        }
    }

    private mutating func shifts() throws(YAMLProblems) -> [SitePlan.Item<Shift>] {
        let trial = trial
        return try list("shifts") { (value) throws(YAMLProblems) in
            try SiteEntryReader.shifts(value).allRead { (item) throws(YAMLProblems) in
                try trial.take(item, \.id, "shift", { .planShift($0) }, at: value)
            }
        }.flatMap(\.self)
    }
}

extension Result {
    fileprivate var isSuccess: Bool {
        switch self {
        case .success: true
        case .failure: false
        }
    }
}
