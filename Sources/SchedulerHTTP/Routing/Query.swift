import EventStore
import Foundation
import Infusion
import InfusionApplication

/// The query of a URL, read strictly: a parameter that the route does not know is refused, as is one that
/// occurs twice.
struct Query: Sendable {
    private let values: [String: String]

    /// - Parameter known: the names that the route reads.
    init(_ text: String?, known: Set<String>) throws(Problem) {
        var values: [String: String] = [:]
        for pair in (text ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(parts[0]),
                let value = Self.decoded(parts.count == 2 ? parts[1] : "")
            else {
                throw Problem(
                    parameter: "query", problem: "is not percent-encoded UTF-8",
                    accepted: "percent-encoded UTF-8")
            }
            guard known.contains(name) else {
                throw Problem(
                    parameter: name, problem: "is not known here",
                    accepted: known.isEmpty
                        ? "no parameters" : known.sorted().joined(separator: ", "))
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw Problem(parameter: name, problem: "occurs twice", accepted: "once")
            }
        }
        self.values = values
    }

    private static func decoded(_ text: Substring) -> String? {
        text.replacing("+", with: "%20").removingPercentEncoding
    }

    subscript(name: String) -> String? { values[name] }

    func value<Value>(
        _ name: String, _ accepted: String, _ parse: (String) -> Value?
    ) throws(Problem) -> Value? {
        guard let text = values[name] else { return nil }
        guard let value = parse(text) else {
            throw Problem(parameter: name, problem: "is not valid", accepted: accepted)
        }
        return value
    }

    func instant(_ name: String) throws(Problem) -> Instant? {
        try value(name, RFC3339.accepted) { RFC3339.parse($0) }
    }

    func date(_ name: String) throws(Problem) -> CalendarDate? {
        try value(name, "a date, YYYY-MM-DD") { CalendarDate($0) }
    }

    /// A whole number of zero or more.
    func count(_ name: String) throws(Problem) -> Int64? {
        try value(name, "a whole number, zero or more") { text in
            let isNumber = !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
            return isNumber ? Int64(text) : nil
        }
    }

    /// How many rows: the default when not given, never more than the maximum.
    func limit(_ limits: HTTPLimits) throws(Problem) -> Int {
        let asked = try value("limit", "1 to \(limits.pageMaximum)") { text in
            Int(text).flatMap { (1...limits.pageMaximum).contains($0) ? $0 : nil }
        }
        return asked ?? limits.pageDefault
    }

    /// How long to wait for something to answer; not at all when not given.
    func wait(_ limits: HTTPLimits) throws(Problem) -> Duration {
        let asked = try value("wait", "0 to \(limits.waitSecondsMaximum) seconds") { text in
            Int64(text).flatMap { (0...limits.waitSecondsMaximum).contains($0) ? $0 : nil }
        }
        return .seconds(asked ?? 0)
    }

    /// `knownAt` or `knownAtPosition`, never both.
    func knowledge() throws(Problem) -> AsOf.Knowledge {
        let instant = try instant("knownAt")
        let position = try count("knownAtPosition")
        switch (instant, position) {
        case (nil, nil): return .now
        case (let instant?, nil):
            return .instant(
                Timestamp(microsecondsSinceUnixEpoch: instant.microsecondsSinceUnixEpoch))
        case (nil, let position?): return .position(Position(position))
        case (_?, _?):
            throw Problem(
                parameter: "knownAtPosition", problem: "is given together with knownAt",
                accepted: "either of them")
        }
    }

    func asOf() throws(Problem) -> AsOf {
        AsOf(effectiveAt: try instant("effectiveAt"), knownAt: try knowledge())
    }
}
