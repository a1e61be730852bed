public import Infusion
public import YAMLReader

/// Sites as a file says them to be; `docs/sites.md` describes the file.
public struct SitePlanFile {
    /// In the order of the file.
    public let plans: [SitePlan]

    /// The form this program reads.
    private static let format = 1

    /// - Parameters:
    ///   - file: What problems call the file.
    ///   - now: What lies too far ahead is measured from here.
    /// - Throws: Everything that is wrong with it, each with its line.
    public init(_ text: String, file: String, now: Instant) throws(YAMLProblems) {
        var root = try YAMLDocument.read(text, file: file)
            .mapping(accepted: "sites: format, sites")
        let format = try root.required("format")
        guard try format.integer(0...1_000) == Self.format else {
            throw format.invalid(accepted: "\(Self.format)")
        }
        let sites = try root.required("sites")
        try root.finish()
        var names: Set<SiteID> = []
        plans = try sites.list { (value) throws(YAMLProblems) in
            let plan = try SitePlanReader.read(value, now: now)
            guard names.insert(plan.site).inserted else {
                throw value.problem("describes \(plan.site), which is described above")
            }
            return plan
        }
    }

    /// One site's plan where name and zone stand elsewhere: the same keys but for those two.
    public static func plan(
        _ value: YAMLValue, of site: SiteID, in timeZone: String, now: Instant
    ) throws(YAMLProblems) -> SitePlan {
        try SitePlanReader.read(
            try value.mapping(accepted: "a plan: chairs, hours, shifts, …"), at: value,
            into: SitePlan(site: site, timeZone: timeZone), now: now)
    }
}

/// Reads one site. Each entry is told to a site of its own making as it is read, so that what the rules
/// say against it is said with its line.
private struct SitePlanReader {
    private var map: YAMLMapping
    private let trial: SiteTrial
    private var problems: [YAMLProblem] = []

    static func read(_ value: YAMLValue, now: Instant) throws(YAMLProblems) -> SitePlan {
        var map = try value.mapping(accepted: "a site: site, timeZone, chairs, hours, …")
        let plan = SitePlan(
            site: SiteID(try map.required("site").text()),
            timeZone: try map.required("timeZone").text())
        return try read(map, at: value, into: plan, now: now)
    }

    /// What the mapping says besides the site's name and zone.
    static func read(
        _ map: YAMLMapping, at value: YAMLValue, into named: SitePlan, now: Instant
    ) throws(YAMLProblems) -> SitePlan {
        var plan = named
        let trial = SiteTrial(now: now)
        try trial.take(.openSite(plan.site, timeZone: plan.timeZone), at: value)
        var reader = SitePlanReader(map: map, trial: trial)
        reader.readPlace(of: &plan)
        reader.readEntries(of: &plan)
        try reader.finish()
        return plan
    }

    private init(map: YAMLMapping, trial: SiteTrial) {
        self.map = map
        self.trial = trial
    }

    /// A list that may be left out; what is wrong with it is kept until all has been read.
    private mutating func list<Element>(
        _ key: String, _ element: (YAMLValue) throws(YAMLProblems) -> Element
    ) -> [Element] {
        do throws(YAMLProblems) { return try map.optional(key)?.list(element) ?? [] } catch {
            problems += error.all
            return []
        }
    }

    private mutating func finish() throws(YAMLProblems) {
        do throws(YAMLProblems) { try map.finish() } catch { problems += error.all }
        guard problems.isEmpty else { throw YAMLProblems(problems) }
    }

    private mutating func readPlace(of plan: inout SitePlan) {
        let trial = trial
        do throws(YAMLProblems) {
            plan.limits = try map.optional("limits").map(Self.limits) ?? CapacityLimits()
        } catch {
            problems += error.all
        }
        do throws(YAMLProblems) {
            plan.automaticOffers =
                try map.optional("automaticOffers").map(Self.automaticOffers) ?? .off
        } catch {
            problems += error.all
        }
        plan.chairs = list("chairs") { (value) throws(YAMLProblems) in
            let chair = try Self.chair(value)
            try trial.name(chair.chair.id.name, "chair", at: value)
            try trial.take(.defineChair(chair.chair), at: value)
            return chair
        }
        plan.hours = list("hours") { (value) throws(YAMLProblems) in
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

    private mutating func readEntries(of plan: inout SitePlan) {
        let trial = trial
        plan.closures = list("closures") { (value) throws(YAMLProblems) in
            try trial.take(
                SiteEntryReader.closure(value), \.id, "closure", { .announceClosure($0) },
                at: value)
        }
        plan.openings = list("openings") { (value) throws(YAMLProblems) in
            try trial.take(
                SiteEntryReader.opening(value), \.id, "opening", { .announceOpening($0) },
                at: value)
        }
        plan.outages = list("outages") { (value) throws(YAMLProblems) in
            try trial.take(
                SiteEntryReader.outage(value), \.id, "outage", { .takeChairOut($0) }, at: value)
        }
        plan.shifts = list("shifts") { (value) throws(YAMLProblems) in
            var items: [SitePlan.Item<Shift>] = []
            for item in try SiteEntryReader.shifts(value) {
                items.append(
                    try trial.take(item, \.id, "shift", { .planShift($0) }, at: value))
            }
            return items
        }.flatMap(\.self)
    }

    private static func limits(_ value: YAMLValue) throws(YAMLProblems) -> CapacityLimits {
        var map = try value.mapping(accepted: "limits, such as {patientsPerNurse: 4}")
        var limits: [CapacityLimit: Int] = [:]
        for limit in CapacityLimit.allCases {
            limits[limit] = try map.optional(limit.rawValue)?.integer(limit.accepted)
        }
        try map.finish()
        return CapacityLimits(limits)
    }

    private static func automaticOffers(
        _ value: YAMLValue
    ) throws(YAMLProblems) -> AutomaticOffers {
        var map = try value.mapping(accepted: "automatic offers, such as {keepMinutes: 60}")
        let offers = AutomaticOffers.on(
            keepMinutes: try map.required("keepMinutes").integer(InfusionLimits.holdMinutes))
        try map.finish()
        return offers
    }

    private static func chair(_ value: YAMLValue) throws(YAMLProblems) -> SitePlan.Chair {
        var map = try value.mapping(accepted: "a chair, such as {chair: chair-1, kind: recliner}")
        let chair = SiteChair(
            id: ChairID(try map.required("chair").text()),
            kind: try map.required("kind").oneOf(ChairKind.self),
            equipment: Set(
                try map.optional("equipment")?.list { (value) throws(YAMLProblems) in
                    try value.oneOf(ChairEquipment.self)
                } ?? []),
            isIsolated: try map.optional("isolated")?.bool() ?? false)
        let retired = try map.optional("retired")?.date()
        try map.finish()
        return SitePlan.Chair(chair, retiredFrom: retired)
    }

    private static func hours(_ value: YAMLValue) throws(YAMLProblems) -> SitePlan.Hours {
        var map = try value.mapping(
            accepted: "hours, such as {from: 2026-01-05, monday: [\"08:00-16:00\"]}")
        let validFrom = try map.required("from").date()
        var days: [Weekday: [ClockSpan]] = [:]
        for weekday in Weekday.allCases {
            days[weekday] = try map.optional(weekday.rawValue)?.list {
                (value) throws(YAMLProblems) in try value.clockSpan()
            }
        }
        let isWithdrawn = try map.optional("withdrawn")?.bool() ?? false
        try map.finish()
        return isWithdrawn
            ? .withdrawn(validFrom: validFrom)
            : .set(WeeklyHours(validFrom: validFrom, days: days))
    }
}

/// A site that exists while its file is read.
private final class SiteTrial {
    private let now: Instant
    private let decider = SiteDecider()
    private var state = SiteState()
    private var names: Set<String> = []

    init(now: Instant) { self.now = now }

    func take(_ command: SiteCommand, at place: YAMLValue) throws(YAMLProblems) {
        do throws(SiteRefusal) {
            for event in try decider.decide(
                command, given: state, at: now, by: .standard)
            {
                state = decider.evolve(state, event)
            }
        } catch {
            throw place.problem(error.text)
        }
    }

    func take<Content>(
        _ item: SitePlan.Item<Content>, _ id: KeyPath<Content, SiteEntryID>, _ kind: String,
        _ command: (Content) -> SiteCommand, at place: YAMLValue
    ) throws(YAMLProblems) -> SitePlan.Item<Content> {
        switch item {
        case .announced(let content):
            try name(content[keyPath: id].name, kind, at: place)
            try take(command(content), at: place)
        case .withdrawn(let id): try name(id.name, kind, at: place)
        }
        return item
    }

    /// Within its kind a name is used once.
    func name(
        _ name: String, _ kind: String, at place: YAMLValue
    ) throws(YAMLProblems) {
        guard names.insert("\(kind) \(name)").inserted else {
            throw place.problem("describes the \(kind) \(name), which is described above")
        }
    }
}
