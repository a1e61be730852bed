import Faults
import Infusion
import InfusionKnowledge
import YAMLReader

/// What must come of visits that are held, waited for and offered.
enum WaitExpectationReader {
    static func read(
        _ map: inout YAMLMapping, into expected: inout Expectations, _ times: CaseTimes
    ) throws(YAMLProblems) {
        _ = try allRead(
            reading(try alternatives(map.optional("alternatives"), into: &expected, times)),
            reading(try calendar(map.optional("calendar"), into: &expected, times)),
            reading(try waitlist(map.optional("waitlist"), into: &expected, times)),
            reading(try fits(map.optional("fits"), into: &expected)))
    }

    private static func alternatives(
        _ value: YAMLValue?, into expected: inout Expectations, _ times: CaseTimes
    ) throws(YAMLProblems) {
        guard let value else { return }
        let wanted = try value.list { (value) throws(YAMLProblems) in
            try alternative(value, times)
        }
        expected.alternatives = (wanted, value)
    }

    private static func calendar(
        _ value: YAMLValue?, into expected: inout Expectations, _ times: CaseTimes
    ) throws(YAMLProblems) {
        guard let value else { return }
        expected.calendar = try value.members(
            accepted: "dates, such as {2026-03-09: [visit booked]}"
        ) { (name, member) throws(YAMLProblems) in
            guard let date = CalendarDate(name) else {
                throw member.problem("'\(name)' is no date, such as 2026-03-09")
            }
            let rows = try member.list { (value) throws(YAMLProblems) in
                try calendarRow(value, times)
            }
            return (date, rows, member)
        }
    }

    private static func waitlist(
        _ value: YAMLValue?, into expected: inout Expectations, _ times: CaseTimes
    ) throws(YAMLProblems) {
        guard let value else { return }
        let rows = try value.list { (value) throws(YAMLProblems) in
            try waitlistRow(value, times)
        }
        expected.waitlist = (rows, value)
    }

    private static func fits(
        _ value: YAMLValue?, into expected: inout Expectations
    ) throws(YAMLProblems) {
        guard let value else { return }
        let visits: [[(visit: String, patient: String, word: String, place: YAMLValue)]] =
            try value.members { (visit, patients) throws(YAMLProblems) in
                try patients.members { (patient, member) throws(YAMLProblems) in
                    (visit, patient, try member.text(), member)
                }
            }
        expected.fits = visits.flatMap(\.self)
    }

    /// When it begins, or `{at: …, chair: …}`.
    private static func alternative(
        _ value: YAMLValue, _ times: CaseTimes
    ) throws(YAMLProblems) -> AlternativeExpectation {
        guard value.isMapping else {
            return AlternativeExpectation(start: try times.instant(value))
        }
        var map = try value.mapping()
        let told = try allRead(
            reading(try times.instant(try map.required("at"))),
            reading(try map.optional("chair")?.text()), reading(try map.finish()))
        return AlternativeExpectation(start: told.0, chair: told.1)
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
        let told = try allRead(
            reading(try map.required("visit").text()), reading(try map.optional("status")?.text()),
            reading(try map.optional("chair")?.text()),
            reading(try map.optional("at").map(times.instant)),
            reading(
                try map.optional("minutes").map { (value) throws(YAMLProblems) in
                    Int64(try value.integer(0...10_000))
                }), reading(try map.optional("until").map(times.instant)),
            reading(try map.finish()))
        return CalendarRowExpectation(
            visit: told.0, status: told.1, chair: told.2, start: told.3, minutes: told.4,
            until: told.5)
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
        let told = try allRead(
            reading(try map.required("patient").text()),
            reading(try map.optional("order")?.text()),
            reading(try map.optional("urgency")?.oneOf(Urgency.self)),
            reading(try map.optional("due")?.date()), reading(try map.optional("status")?.text()),
            reading(try map.optional("until").map(times.instant)), reading(try map.finish()))
        return WaitlistRowExpectation(
            patient: told.0, order: told.1, urgency: told.2, due: told.3, status: told.4,
            until: told.5)
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
