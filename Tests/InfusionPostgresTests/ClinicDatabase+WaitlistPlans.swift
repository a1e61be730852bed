import EventStore
import Foundation
import Infusion
import Postgres
import TestPostgres
import Testing

@testable import InfusionPostgres

extension ClinicDatabase {
    /// Pages of the wait list, as known now and a hundred positions ago: of a million revisions
    /// those of the page are read, and those that were closed since.
    func expectWaitlistIsReadByIndex() async throws {
        let day = PostgresDate(CalendarDate(dayNumber: 20_470))
        let none = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
        try await asService(of: tenant) { connection in
            for turn in 1...8 {
                for ago in [0, 100] {
                    let page = Statements.waitlist(
                        tenant.uuid, "site-2", Int64(1_000_000 - ago), Int16(2), day,
                        PostgresTimestamp(microsecondsSinceUnixEpoch: 0), none, none, Int64(51))
                    let read = try await connection.readingRows(in: ["infusion"]) { connection in
                        let rows = try await connection.query(page)
                        #expect(rows.count == 51)
                    }.read
                    let waitlist = try #require(read["waitlist"])
                    let context: Comment = "in turn \(turn), \(ago) ago"
                    #expect(waitlist.wholeTables == 0, context)
                    #expect(waitlist.byIndex <= 2 * 51 + ago + 10, context)
                }
            }
        }
    }
}
