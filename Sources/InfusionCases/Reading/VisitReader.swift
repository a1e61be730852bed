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
        let visit = try visit(&map, named: "visit", times)
        try map.finish()
        return visit
    }

    /// A visit, and how long its time is kept: `keep: 30 min`.
    static func hold(
        _ value: YAMLValue, _ times: CaseTimes
    ) throws(YAMLProblems) -> CaseAction {
        var map = try value.mapping(accepted: "a visit to hold, {keep: 30 min}")
        let action = CaseAction.holdVisit(
            try visit(&map, named: "visit", times), minutes: try kept(&map))
        try map.finish()
        return action
    }

    /// A hold for somebody of the list: `freed` is the visit whose time it was.
    static func offer(
        _ value: YAMLValue, _ times: CaseTimes
    ) throws(YAMLProblems) -> CaseOffer {
        var map = try value.mapping(accepted: "an offer, {at: 2026-03-09 10:00, freed: visit}")
        let offer = CaseOffer(
            visit: try visit(&map, named: "offer", times), minutes: try kept(&map),
            freed: try map.optional("freed")?.text())
        try map.finish()
        return offer
    }

    /// What is waited for: `{}` is an hour on any day.
    static func wait(_ value: YAMLValue) throws(YAMLProblems) -> CaseWait {
        var map = try value.mapping(accepted: "what is waited for, {minutes: 60}")
        let weekdays = try map.optional("weekdays")?.list { (value) throws(YAMLProblems) in
            try value.oneOf(Weekday.self)
        }
        let wait = CaseWait(
            order: try map.optional("order")?.text(),
            minutes: try map.optional("minutes")?.integer(0...10_000) ?? Int(usualMinutes),
            earliest: try map.optional("earliest")?.date(),
            latest: try map.optional("latest")?.date(),
            weekdays: Set(weekdays ?? Weekday.allCases),
            hours: try map.optional("hours")?.clockSpan(),
            noticeHours: try map.optional("notice")?.whole("h") ?? 0)
        try map.finish()
        return wait
    }

    private static func visit(
        _ map: inout YAMLMapping, named name: String, _ times: CaseTimes
    ) throws(YAMLProblems) -> CaseVisit {
        CaseVisit(
            name: try map.optional("name")?.text() ?? name,
            order: try map.optional("order")?.text(),
            chair: try map.optional("chair")?.text() ?? "chair-1",
            start: try map.optional("at").map(times.instant),
            minutes: try map.optional("minutes").map { (value) throws(YAMLProblems) in
                Int64(try value.integer(0...10_000))
            } ?? usualMinutes)
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
