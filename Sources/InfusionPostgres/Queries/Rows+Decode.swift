import EventStore
import Foundation
import Infusion
import InfusionProjections
import Postgres

extension RecheckQueueRow {
    /// The columns of `recheck_queue.sql` and `recheck_row.sql`.
    init(_ row: Row) throws(PostgresError) {
        guard let rule = RecheckRule(rawValue: try row.decode(String.self, at: 1)),
            let urgency = Urgency(rank: try row.decode(Int16.self, at: 10))
        else { throw PostgresError(.decoding) }
        var tests: [Analyte] = []
        for name in try row.decode([String].self, at: 6) {
            guard let analyte = Analyte(rawValue: name) else { throw PostgresError(.decoding) }
            tests.append(analyte)
        }
        self.init(
            patient: PatientID(try row.decode(UUID.self, at: 0)),
            recheck: RecheckID(
                rule: rule, anchor: EventVersion(try row.decode(Int64.self, at: 2))),
            site: SiteID(try row.decode(String.self, at: 3)),
            ruleVersion: Int(try row.decode(Int32.self, at: 4)),
            reason: try row.decode(String.self, at: 5), tests: tests,
            earliest: CalendarDate(try row.decode(PostgresDate.self, at: 7)),
            due: CalendarDate(try row.decode(PostgresDate.self, at: 8)),
            overdueAfter: CalendarDate(try row.decode(PostgresDate.self, at: 9)), urgency: urgency,
            opened: Position(try row.decode(Int64.self, at: 11)),
            closed: try row.decode(Int64?.self, at: 12).map { Position($0) },
            closedReason: try row.decode(String?.self, at: 13),
            evidence: try row.decode([Int64].self, at: 14).map { Position($0) })
    }
}

extension AppointmentRow {
    /// The columns of `appointments.sql`, and the first of `appointment_histories.sql`; with `closed`, one
    /// more.
    init(_ row: Row, closed: Position?) throws(PostgresError) {
        guard
            let status = InfusionProjections.AppointmentStatus(
                rawValue: try row.decode(String.self, at: 7))
        else { throw PostgresError(.decoding) }
        let stock = try row.decode(String?.self, at: 10)
        let need = stock.flatMap { StockNeed(rowText: $0) }
        guard (stock == nil) == (need == nil) else { throw PostgresError(.decoding) }
        self.init(
            appointment: AppointmentID(try row.decode(UUID.self, at: 0)),
            patient: PatientID(try row.decode(UUID.self, at: 1)),
            order: OrderID(try row.decode(UUID.self, at: 2)),
            slot: AppointmentSlot(
                site: SiteID(try row.decode(String.self, at: 3)),
                chair: ChairID(try row.decode(String.self, at: 4)),
                start: Instant(try row.decode(PostgresTimestamp.self, at: 5)),
                end: Instant(try row.decode(PostgresTimestamp.self, at: 6))),
            status: status,
            heldUntil: try row.decode(PostgresTimestamp?.self, at: 11).map { Instant($0) },
            isOverridden: try row.decode(Bool.self, at: 8),
            stock: need,
            opened: Position(try row.decode(Int64.self, at: 9)), closed: closed)
    }
}

extension DoseReportCounts {
    /// Thirteen columns in the order of `dose_report.sql`, from `first` on.
    init(_ row: Row, from first: Int) throws(PostgresError) {
        self.init()
        dosesStarted = try row.decode(Int.self, at: first)
        dosesCompleted = try row.decode(Int.self, at: first + 1)
        dosesStopped = try row.decode(Int.self, at: first + 2)
        milligramsGiven = try Decimal(try row.decode(PostgresNumeric.self, at: first + 3))
        reactionsUngraded = try row.decode(Int.self, at: first + 4)
        reactionsGrade1 = try row.decode(Int.self, at: first + 5)
        reactionsGrade2 = try row.decode(Int.self, at: first + 6)
        reactionsGrade3 = try row.decode(Int.self, at: first + 7)
        reactionsGrade4 = try row.decode(Int.self, at: first + 8)
        reactionsGrade5 = try row.decode(Int.self, at: first + 9)
        courses = try row.decode(Int.self, at: first + 10)
        coursesWithResponse = try row.decode(Int.self, at: first + 11)
        hemoglobinRise = try Decimal(try row.decode(PostgresNumeric.self, at: first + 12))
    }
}

extension DoseReportKey {
    /// Product, site and month, from `first` on.
    init(_ row: Row, from first: Int) throws(PostgresError) {
        self.init(
            product: ProductKey(try row.decode(String.self, at: first)),
            site: SiteID(try row.decode(String.self, at: first + 1)),
            month: CalendarMonth(CalendarDate(try row.decode(PostgresDate.self, at: first + 2))))
    }
}
