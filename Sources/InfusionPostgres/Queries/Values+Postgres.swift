import Foundation
import Infusion
import Postgres

extension PostgresDate {
    init(_ date: CalendarDate) { self.init(daysSinceUnixEpoch: Int32(clamping: date.dayNumber)) }
}

extension CalendarDate {
    init(_ date: PostgresDate) { self.init(dayNumber: Int(date.daysSinceUnixEpoch)) }
}

extension PostgresTimestamp {
    init(_ instant: Instant) {
        self.init(microsecondsSinceUnixEpoch: instant.microsecondsSinceUnixEpoch)
    }
}

extension Instant {
    init(_ timestamp: PostgresTimestamp) {
        self.init(microsecondsSinceUnixEpoch: timestamp.microsecondsSinceUnixEpoch)
    }
}

extension Decimal {
    /// Exact, or an error: what the database holds came from a `Decimal`.
    init(_ number: PostgresNumeric) throws(PostgresError) {
        guard let value = Decimal(string: number.description) else {
            throw PostgresError(.decoding)
        }
        self = value
    }
}

extension PostgresNumeric {
    init(_ value: Decimal) { self = PostgresNumeric(value.description) ?? .notANumber }
}
