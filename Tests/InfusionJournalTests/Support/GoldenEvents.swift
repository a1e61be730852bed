import Foundation
import Infusion

/// The events behind the golden files, by file name. Plausible ones: the catalogue shows them.
enum GoldenEvents {
    static let all: [(name: String, fact: PatientFact)] =
        patient + laboratory + orders + chair
        + waitlist + merges

    /// Not part of any payload; the envelope keeps it.
    static let effectiveAt = instant(0)

    static func instant(_ minutes: Int64) -> Instant {
        // 2026-11-20 09:15:00.000000 UTC
        Instant(microsecondsSinceUnixEpoch: 1_795_166_100_000_000).adding(minutes: minutes)
    }

    static func date(_ text: String) -> CalendarDate {
        guard let date = CalendarDate(text) else { preconditionFailure("not a date: \(text)") }
        return date
    }

    static func decimal(_ text: String) -> Decimal {
        guard let decimal = Decimal(string: text) else {
            preconditionFailure("not a decimal: \(text)")
        }
        return decimal
    }

    static func id<Subject>(_ number: Int) -> Identifier<Subject> {
        Identifier(Fixtures.uuid("0000000\(number)-0000-4000-8000-0000000000a\(number)"))
    }
}
