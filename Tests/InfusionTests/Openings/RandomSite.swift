import Foundation
import Testing

@testable import Infusion

/// A small site of random hours, chairs, shifts and visits, at minutes that need not be quarters of
/// an hour.
struct RandomSite {
    let state: SiteState
    let clock: ZoneClock
    private(set) var visits: [SiteCalendar.Visit] = []
    private var generator: SplitMix64
    private var booked: UInt64 = 0
    static let chairs: [ChairID] = ["chair-1", "chair-2", "chair-3"]

    /// - Parameter date: The middle one of three dates that anything lies on.
    init(seed: UInt64, around date: CalendarDate, in zone: String = "Europe/Rome") throws {
        var generator = SplitMix64(seed: seed)
        var story = try SiteStory.opened(zone)
        for (index, chair) in Self.chairs.enumerated() {
            try story.does(
                .defineChair(
                    SiteChair(
                        id: chair, kind: index == 2 ? .bed : .recliner,
                        equipment: generator.chance(2) ? [.oxygen] : [],
                        isIsolated: generator.chance(4))))
        }
        try story.does(
            .setLimits(
                CapacityLimits([
                    .startsPerNurse: generator.number(1...2),
                    .patientsPerNurse: generator.number(1...3),
                    .closingBufferMinutes: generator.pick([0, 15, 20]),
                ])))
        let hours = generator.pick(["08:00-12:00", "00:00-24:00", "18:00-03:00", "01:30-09:10"])
        let more = generator.pick(["13:00-17:00", "12:05-17:55"])
        let first = ClockSpan(stringLiteral: hours)
        let spans = hours == "08:00-12:00" ? [first, ClockSpan(stringLiteral: more)] : [first]
        try story.does(.setHours(.daily(spans, from: CalendarDate(dayNumber: date.dayNumber - 9))))
        // Now and then one that never planned a shift.
        for number in 0..<(seed.isMultiple(of: 10) ? 0 : generator.number(2...6)) {
            let from = LocalTime(date.adding(days: generator.number(-1...1)), .midnight)
                .adding(minutes: generator.number(0...287) * 5)
            guard
                let period = LocalPeriod(
                    from: from, until: from.adding(minutes: generator.number(24...144) * 5))
            else { continue }
            try story.does(
                .planShift(
                    Shift(
                        SiteEntryID("shift-\(number)"), period,
                        .people(generator.number(1...2)),
                        roles: generator.chance(3)
                            ? [.registeredNurse] : [.registeredNurse, .resuscitation])))
        }
        if generator.chance(3) {
            let from = LocalTime(date, .midnight).adding(minutes: generator.number(0...1_300))
            if let period = LocalPeriod(
                from: from, until: from.adding(minutes: generator.number(5...300)))
            {
                try story.does(.announceClosure(SiteClosure("closure", period)))
            }
        }
        if generator.chance(2) {
            let from = LocalTime(date, .midnight).adding(minutes: generator.number(0...1_300))
            try story.does(
                .takeChairOut(
                    ChairOutage(
                        "pump", Self.chairs[0], from: from,
                        until: from.adding(minutes: generator.number(5...500)))))
        }
        state = story.state
        let timeZone = try #require(TimeZone(identifier: zone))
        clock = ZoneClock(timeZone)
        self.generator = generator
        for _ in 0..<self.generator.number(0...9) {
            if let visit = nextVisit(around: date) { visits.append(visit) }
        }
    }

    /// A visit on a chair that is free for it; `nil` where it is not.
    mutating func nextVisit(around date: CalendarDate) -> SiteCalendar.Visit? {
        let from = clock.start(of: date.adding(days: -1))
            .adding(minutes: Int64(generator.number(0...863) * 5))
        let until = from.adding(minutes: Int64(generator.number(2...36) * 5))
        let chair = generator.pick(Self.chairs)
        let isTaken = visits.contains {
            $0.chair == chair && $0.from < until && from < $0.until
        }
        guard !isTaken else { return nil }
        booked += 1
        return SiteCalendar.Visit(
            id(booked),
            slot: AppointmentSlot(site: SiteID("main"), chair: chair, start: from, end: until))
    }

    mutating func book(around date: CalendarDate) -> SiteCalendar.Visit? {
        guard let visit = nextVisit(around: date) else { return nil }
        visits.append(visit)
        return visit
    }

    mutating func cancel() -> SiteCalendar.Visit? {
        guard !visits.isEmpty else { return nil }
        return visits.remove(at: generator.number(0...visits.count - 1))
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { generator.number(range) }

    func calendar() throws -> SiteCalendar {
        try #require(SiteCalendar(of: state, visits: visits))
    }
}
