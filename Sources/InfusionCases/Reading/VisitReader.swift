import Faults
import Infusion
import InfusionKnowledge
import YAMLReader

/// Visits that have a time, and visits that wait for one.
enum VisitReader {
    /// `{name: visit, order: …, chair: chair-1, at: …, minutes: 60}`.
    static func visit(
        _ value: YAMLValue, _ times: CaseTimes
    ) throws(YAMLProblems) -> CaseVisit {
        var map = try value.mapping(accepted: "a visit, {minutes: 60}")
        let visit = reading(try visit(&map, named: "visit", times))
        return try allRead(visit, reading(try map.finish())).0
    }

    /// A visit, and how long its time is kept: `keep: 30 min`.
    static func hold(
        _ value: YAMLValue, _ times: CaseTimes
    ) throws(YAMLProblems) -> CaseAction {
        var map = try value.mapping(accepted: "a visit to hold, {keep: 30 min}")
        let visit = reading(try visit(&map, named: "visit", times))
        let minutes = reading(try kept(&map))
        let told = try allRead(visit, minutes, reading(try map.finish()))
        return .holdVisit(told.0, minutes: told.1)
    }

    /// A hold for somebody of the list: `freed` is the visit whose time it was.
    static func offer(
        _ value: YAMLValue, _ times: CaseTimes
    ) throws(YAMLProblems) -> CaseOffer {
        var map = try value.mapping(accepted: "an offer, {at: 2026-03-09 10:00, freed: visit}")
        let visit = reading(try visit(&map, named: "offer", times))
        let minutes = reading(try kept(&map))
        let told = try allRead(
            visit, minutes, reading(try map.optional("freed")?.text()), reading(try map.finish()))
        return CaseOffer(visit: told.0, minutes: told.1, freed: told.2)
    }

    /// What is waited for: `{}` is an hour on any day.
    static func wait(_ value: YAMLValue) throws(YAMLProblems) -> CaseWait {
        var map = try value.mapping(accepted: "what is waited for, {minutes: 60}")
        let order = reading(try map.optional("order")?.text())
        let minutes = reading(
            try map.optional("minutes")?.integer(0...10_000) ?? Int(usualMinutes))
        let days = reading(try days(&map))
        let told = try allRead(
            order, minutes, days, reading(try map.optional("hours")?.clockSpan()),
            reading(try map.optional("notice")?.whole("h") ?? 0), reading(try map.finish()))
        return CaseWait(
            order: told.0, minutes: told.1, earliest: told.2.earliest, latest: told.2.latest,
            weekdays: told.2.weekdays, hours: told.3, noticeHours: told.4)
    }

    private typealias Days = (
        earliest: CalendarDate?, latest: CalendarDate?, weekdays: Set<Weekday>
    )

    private static func days(_ map: inout YAMLMapping) throws(YAMLProblems) -> Days {
        let told = try allRead(
            reading(try map.optional("earliest")?.date()),
            reading(try map.optional("latest")?.date()),
            reading(
                try map.optional("weekdays")?.list { (value) throws(YAMLProblems) in
                    try value.oneOf(Weekday.self)
                }))
        return (told.0, told.1, Set(told.2 ?? Weekday.allCases))
    }

    private static func visit(
        _ map: inout YAMLMapping, named name: String, _ times: CaseTimes
    ) throws(YAMLProblems) -> CaseVisit {
        let told = try allRead(
            reading(try map.optional("name")?.text() ?? name),
            reading(try map.optional("order")?.text()),
            reading(try map.optional("chair")?.text() ?? "chair-1"),
            reading(try map.optional("at").map(times.instant)),
            reading(
                try map.optional("minutes").map { (value) throws(YAMLProblems) in
                    Int64(try value.integer(0...10_000))
                } ?? usualMinutes))
        return CaseVisit(
            name: told.0, order: told.1, chair: told.2, start: told.3, minutes: told.4)
    }

    /// How long a visit lasts that does not say.
    private static let usualMinutes: Int64 = 60

    private static func kept(_ map: inout YAMLMapping) throws(YAMLProblems) -> Int {
        try map.optional("keep")?.whole("min") ?? 30
    }
}

extension YAMLValue {
    /// A whole number of a unit, `30 min`; too many are for the domain to refuse.
    fileprivate func whole(_ unit: String) throws(YAMLProblems) -> Int {
        let amount = try amount(unit)
        guard let whole = Int("\(amount)"), (0...100_000).contains(whole) else {
            throw invalid(accepted: "a whole number of \(unit), such as 30 \(unit)")
        }
        return whole
    }
}
