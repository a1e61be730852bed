import Foundation
import Infusion
import InfusionKnowledge
import Testing

/// A site as the commands that it was told leave it.
struct SiteStory {
    private(set) var state = SiteState()
    private(set) var facts: [SiteFact] = []
    /// When they are told.
    var now = Instant.utc("2026-01-02T09:00")
    private let decider = SiteDecider()

    /// A site that nothing is known of but its zone.
    static func opened(_ zone: String = "Europe/Rome") throws -> SiteStory {
        var story = SiteStory()
        try story.does(.openSite(SiteID("main"), timeZone: zone))
        return story
    }

    /// Open on every day of the week at the same times, with two chairs.
    static func open(
        _ spans: ClockSpan..., in zone: String = "Europe/Rome",
        from date: CalendarDate = date("2011-01-01")
    ) throws -> SiteStory {
        var story = try SiteStory.opened(zone)
        for chair in ["chair-1", "chair-2"] {
            try story.does(.defineChair(SiteChair(id: ChairID(chair), kind: .recliner)))
        }
        try story.does(.setHours(.daily(spans, from: date)))
        return story
    }

    @discardableResult
    mutating func does(_ command: SiteCommand) throws -> [SiteFact] {
        let events = try decider.decide(command, given: state, at: now, by: .standard)
        for event in events {
            #expect(event.effectiveAt == now)
            state = decider.evolve(state, event)
        }
        facts += events.map(\.fact)
        return events.map(\.fact)
    }

    func refusal(of command: SiteCommand) -> SiteRefusal? {
        do throws(SiteRefusal) {
            _ = try decider.decide(command, given: state, at: now, by: .standard)
            return nil
        } catch {
            return error
        }
    }

    func day(_ text: String) throws -> SiteDay {
        try #require(SiteDay(of: date(text), given: state))
    }

    /// When it is open on a date.
    func open(_ text: String) throws -> [TimeSpan] { try day(text).open.all }
}

extension Instant {
    /// `2026-03-29T01:00`, by the clocks of Greenwich.
    static func utc(_ text: LocalTime) -> Instant {
        Instant(microsecondsSinceUnixEpoch: Int64(text.wallMinutes) * 60_000_000)
    }
}

extension LocalTime: ExpressibleByStringLiteral {
    /// `2026-03-29T01:00`
    init(stringLiteral text: String) {
        guard let time = LocalTime(text) else { preconditionFailure("no such time: \(text)") }
        self = time
    }
}

extension LocalPeriod: ExpressibleByStringLiteral {
    /// `2026-03-28T22:00/2026-03-29T06:00`, on the wall.
    init(stringLiteral text: String) {
        let ends = text.split(separator: "/").compactMap { LocalTime($0) }
        guard ends.count == 2, let period = LocalPeriod(from: ends[0], until: ends[1]) else {
            preconditionFailure("no such period: \(text)")
        }
        self = period
    }
}

extension TimeSpan: ExpressibleByStringLiteral {
    /// `2026-03-28T22:00/2026-03-29T06:00`, by the clocks of Greenwich.
    init(stringLiteral text: String) {
        let period = LocalPeriod(stringLiteral: text)
        guard let span = TimeSpan(from: .utc(period.from), until: .utc(period.until)) else {
            preconditionFailure("no such span: \(text)")
        }
        self = span
    }
}

extension ClockSpan: ExpressibleByStringLiteral {
    /// `08:00-16:00`
    init(stringLiteral text: String) {
        let ends = text.split(separator: "-").map { ClockTime($0) ?? .midnight }
        self.init(from: ends[0], until: ends[1])
    }
}

extension SiteEntryID: ExpressibleByStringLiteral {
    init(stringLiteral name: String) { self.init(name) }
}

extension ChairID: ExpressibleByStringLiteral {
    init(stringLiteral name: String) { self.init(name) }
}

extension WeeklyHours {
    /// The same on every day.
    static func daily(_ spans: [ClockSpan], from date: CalendarDate) -> WeeklyHours {
        WeeklyHours(
            validFrom: date,
            days: Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, spans) }))
    }
}

extension SiteClosure {
    init(_ id: SiteEntryID, _ period: LocalPeriod, _ reason: ClosureReason = .publicHoliday) {
        self.init(id: id, period: period, reason: reason)
    }
}

extension ChairOutage {
    init(_ id: SiteEntryID, _ chair: ChairID, from: LocalTime, until: LocalTime?) {
        self.init(id: id, chair: chair, from: from, until: until, reason: .equipmentFault)
    }
}

extension Shift {
    init(
        _ id: SiteEntryID, _ period: LocalPeriod, _ staff: Staff = .people(1),
        roles: Set<StaffRole> = [.registeredNurse]
    ) {
        self.init(id: id, roles: roles, staff: staff, period: period)
    }
}
