import Infusion
import InfusionKnowledge
import YAMLReader

/// What must come of visits that are held, waited for and offered.
enum WaitExpectationReader {
    static func read(
        _ map: inout YAMLMapping, into expected: inout Expectations, _ times: CaseTimes
    ) throws(YAMLProblems) {
        if let alternatives = map.optional("alternatives") {
            let wanted = try alternatives.list { (value) throws(YAMLProblems) in
                try alternative(value, times)
            }
            expected.alternatives = (wanted, alternatives)
        }
        if let calendar = map.optional("calendar") {
            for (name, member) in try calendar.mapping(
                accepted: "dates, such as {2026-03-09: [visit booked]}"
            ).all {
                guard let date = CalendarDate(name) else {
                    throw member.problem("'\(name)' is no date, such as 2026-03-09")
                }
                let rows = try member.list { (value) throws(YAMLProblems) in
                    try calendarRow(value, times)
                }
                expected.calendar.append((date, rows, member))
            }
        }
        if let waitlist = map.optional("waitlist") {
            let rows = try waitlist.list { (value) throws(YAMLProblems) in
                try waitlistRow(value, times)
            }
            expected.waitlist = (rows, waitlist)
        }
        if let fits = map.optional("fits") {
            for (visit, patients) in try fits.mapping().all {
                for (patient, member) in try patients.mapping().all {
                    expected.fits.append((visit, patient, try member.text(), member))
                }
            }
        }
    }

    /// When it begins, or `{at: …, chair: …}`.
    private static func alternative(
        _ value: YAMLValue, _ times: CaseTimes
    ) throws(YAMLProblems) -> AlternativeExpectation {
        guard value.isMapping else {
            return AlternativeExpectation(start: try times.instant(value))
        }
        var map = try value.mapping()
        let alternative = AlternativeExpectation(
            start: try times.instant(try map.required("at")),
            chair: try map.optional("chair")?.text())
        try map.finish()
        return alternative
    }

    /// `visit booked`, or `{visit: …, status: …, chair: …, at: …, minutes: …, until: …}`.
    private static func calendarRow(
        _ value: YAMLValue, _ times: CaseTimes
    ) throws(YAMLProblems) -> CalendarRowExpectation {
        guard value.isMapping else {
            let (visit, status) = try split(value, accepted: "a visit and its status")
            guard let status else { throw value.invalid(accepted: "visit booked") }
            return CalendarRowExpectation(visit: visit, status: status)
        }
        var map = try value.mapping()
        let row = CalendarRowExpectation(
            visit: try map.required("visit").text(), status: try map.optional("status")?.text(),
            chair: try map.optional("chair")?.text(),
            start: try map.optional("at").map(times.instant),
            minutes: try map.optional("minutes").map { (value) throws(YAMLProblems) in
                Int64(try value.integer(0...10_000))
            },
            until: try map.optional("until").map(times.instant))
        try map.finish()
        return row
    }

    /// `second`, `second offered`, or `{patient: …, order: …, urgency: …, due: …, status: …, until: …}`.
    private static func waitlistRow(
        _ value: YAMLValue, _ times: CaseTimes
    ) throws(YAMLProblems) -> WaitlistRowExpectation {
        guard value.isMapping else {
            let (patient, status) = try split(value, accepted: "a patient, or one and a status")
            return WaitlistRowExpectation(patient: patient, status: status)
        }
        var map = try value.mapping()
        let row = WaitlistRowExpectation(
            patient: try map.required("patient").text(), order: try map.optional("order")?.text(),
            urgency: try map.optional("urgency")?.oneOf(Urgency.self),
            due: try map.optional("due")?.date(), status: try map.optional("status")?.text(),
            until: try map.optional("until").map(times.instant))
        try map.finish()
        return row
    }

    /// A name, and the word behind it.
    private static func split(
        _ value: YAMLValue, accepted: String
    ) throws(YAMLProblems) -> (name: String, word: String?) {
        let words = try value.text(accepted: accepted).split(separator: " ")
        guard let first = words.first, words.count <= 2 else {
            throw value.invalid(accepted: accepted)
        }
        return (String(first), words.count == 2 ? String(words[1]) : nil)
    }
}
