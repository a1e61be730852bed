import Foundation
import Infusion
import YAMLReader

/// The clock of a case's site: a date alone is nine in the morning there.
struct CaseTimes {
    static let hour = 9
    let zone: TimeZone

    func instant(_ value: YAMLValue) throws(YAMLProblems) -> Instant {
        let accepted = "a date, 2026-03-02, or a date and a time of the site, 2026-03-02 14:30"
        let parts = try value.text(accepted: accepted).split(separator: " ")
        guard let day = parts.first, parts.count <= 2, let date = CalendarDate(String(day)) else {
            throw value.invalid(accepted: accepted)
        }
        guard parts.count == 2 else { return self.instant(date, hour: Self.hour, minute: 0) }
        let clock = parts[1].split(separator: ":", omittingEmptySubsequences: false)
        guard clock.count == 2, clock.allSatisfy({ $0.count == 2 }), let hour = Int(clock[0]),
            let minute = Int(clock[1]), (0...23).contains(hour), (0...59).contains(minute)
        else { throw value.invalid(accepted: accepted) }
        return instant(date, hour: hour, minute: minute)
    }

    /// The first instant of that wall time; of a time that a clock change leaves out, the one after it.
    private func instant(_ date: CalendarDate, hour: Int, minute: Int) -> Instant {
        let seconds = Int64(date.dayNumber) * 86_400 + Int64(hour * 3_600 + minute * 60)
        let guess = Date(timeIntervalSince1970: Double(seconds))
        let first = Int64(zone.secondsFromGMT(for: guess - 86_400))
        let candidate = seconds - first
        let offset = Int64(
            zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(candidate))))
        return Instant(microsecondsSinceUnixEpoch: (seconds - offset) * 1_000_000)
    }
}

extension YAMLValue {
    func milligrams() throws(YAMLProblems) -> Milligrams { Milligrams(try amount("mg")) }
}
