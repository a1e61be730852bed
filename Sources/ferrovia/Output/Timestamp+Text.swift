import EventStore
import Foundation
import Infusion

extension Timestamp {
    /// RFC 3339 in UTC, to the second.
    var text: String {
        let seconds = Double(microsecondsSinceUnixEpoch) / 1_000_000
        return Date(timeIntervalSince1970: seconds.rounded(.down)).formatted(.iso8601)
    }

    /// Reads RFC 3339 with an offset, or a plain date as its first instant in UTC.
    init?(text: String) {
        if let date = CalendarDate(text) {
            self.init(microsecondsSinceUnixEpoch: Int64(date.dayNumber) * 86_400_000_000)
            return
        }
        guard let date = try? Date(text, strategy: .iso8601) else { return nil }
        self.init(microsecondsSinceUnixEpoch: Int64(date.timeIntervalSince1970) * 1_000_000)
    }
}

extension Instant {
    var text: String { Timestamp(microsecondsSinceUnixEpoch: microsecondsSinceUnixEpoch).text }
}
