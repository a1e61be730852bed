import EventStore
import Foundation
import Infusion
import InfusionProjections
import Postgres
import ReadModelsConformance
import TestPostgres
import Testing

@testable import InfusionPostgres
@testable import PostgresEventStore

extension ClinicDatabase {
    /// Tables large enough that a wrong plan would not be chosen by chance: a million rows each. Ids ascend,
    /// which fills the indexes in a fraction of the time.
    func fillForPlans() async throws {
        try await asAdmin { connection in
            try await connection.executeScript(
                unsafeSQL: """
                    CREATE FUNCTION pg_temp.id(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE
                      RETURN lpad(to_hex(n), 32, '0')::uuid;
                    ALTER TABLE infusion.recheck_queue SET UNLOGGED;
                    ALTER TABLE infusion.appointments SET UNLOGGED;
                    ALTER TABLE infusion.patient_state SET UNLOGGED;
                    ALTER TABLE infusion.subject_references SET UNLOGGED;
                    ALTER TABLE infusion.waitlist SET UNLOGGED;
                    ALTER TABLE infusion.dose_report SET UNLOGGED;
                    ALTER TABLE infusion.dose_report_shares SET UNLOGGED;
                    ALTER TABLE event_log.events SET UNLOGGED;
                    ALTER TABLE event_log.commands SET UNLOGGED;
                    INSERT INTO infusion.recheck_queue
                    SELECT '\(tenant)', pg_temp.id(n / 10),
                      7 + n % 10, n, CASE WHEN n % 3 > 0 THEN n + 5 END, 1, 1,
                      date '2026-01-01' + n / 10000, date '2026-01-10' + n / 10000,
                      date '2026-02-10' + n / 10000, n % 4, 'R3', 'site-' || n % 8, 'test',
                      CASE WHEN n % 3 > 0 THEN 'satisfied' END, '{hemoglobin}', ARRAY[n]
                    FROM generate_series(1, 1000000) n;
                    INSERT INTO infusion.appointments
                    SELECT '\(tenant)', pg_temp.id(n / 10), pg_temp.id(n), pg_temp.id(n), n,
                      CASE WHEN n % 3 > 0 THEN n + 5 END,
                      timestamptz '2026-01-01' + n * interval '1 minute',
                      timestamptz '2026-01-01' + n * interval '1 minute' + interval '50 minutes', 1,
                      'site-' || n % 8, n % 100, CASE n % 1000 WHEN 0 THEN 'booked' ELSE 'fulfilled' END,
                      false, CASE WHEN n % 5 = 0 THEN 'product-1 2' END
                    FROM generate_series(1, 1000000) n;
                    INSERT INTO infusion.patient_state
                    SELECT '\(tenant)', pg_temp.id(n), 1, n, 1, 1, 'north', '{}'
                    FROM generate_series(1, 1000000) n;
                    INSERT INTO infusion.subject_references
                    SELECT '\(tenant)', pg_temp.id(n), pg_temp.id(n / 10), n, 1, 'lab'
                    FROM generate_series(1, 1000000) n;
                    INSERT INTO infusion.waitlist
                    SELECT '\(tenant)', pg_temp.id(n / 10), pg_temp.id(n), NULL, NULL, n,
                      CASE WHEN n % 3 > 0 THEN n + 5 END, timestamptz '2026-01-01' + n * interval '1 minute',
                      1, 90, 0, date '2026-01-01' + n / 10000, NULL, NULL, n % 4, 127, NULL, NULL,
                      CASE n % 10 WHEN 0 THEN '' ELSE 'site-' || n % 8 END,
                      CASE WHEN n % 2 = 0 THEN 'waiting' ELSE 'left' END
                    FROM generate_series(1, 1000000) n;
                    INSERT INTO infusion.dose_report_shares
                    SELECT '\(tenant)', pg_temp.id(n), 1,
                      date '2020-01-01' + n / 6000 * interval '1 month', 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                      'product-' || n % 4, 'site-' || n % 8, 500, 0
                    FROM generate_series(1, 1000000) n;
                    INSERT INTO infusion.dose_report
                    SELECT pg_temp.id(n / 1000), 1, date '2020-01-01' + n % 1000 / 16 * interval '1 month',
                      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 'product-' || n % 2, 'site-' || n / 2 % 8, 0, 0
                    FROM generate_series(1, 1000000) n;
                    INSERT INTO event_log.checkpoints (tenant_id, projection, position, fencing_token,
                      log_epoch, owner_name, partition)
                    SELECT pg_temp.id(n), 'dose_report', 0, 0, NULL, '', part
                    FROM generate_series(1, 2000) n, generate_series(0, 15) part;
                    INSERT INTO event_log.events
                    SELECT '\(tenant)', n, pg_temp.id(n / 20), n % 20 + 1, pg_temp.id(n), pg_temp.id(n),
                      now(), now(), NULL, 1, 1, 'patient', 'test', 'test', 'test', '{}'
                    FROM generate_series(1, 1000000) n;
                    INSERT INTO event_log.commands
                    SELECT tenant_id, command_id, stream_id, recorded_at, version, position, position,
                      position, stream_category, '', ''
                    FROM event_log.events;
                    ANALYZE;
                    """)
        }
    }

    /// Pages of the queue and days of the calendar, as known now and a hundred positions ago: asked for
    /// again and again, since a session may change its mind about a plan.
    func expectKnownRowsAreReadByIndex() async throws {
        let day = PostgresDate(CalendarDate(dayNumber: 20_500))
        let cursor = (Int16(1), day, UUID(), "R3", Int64(7))
        let midnight = Int64(20_500) * 86_400_000_000
        let noon = PostgresTimestamp(microsecondsSinceUnixEpoch: midnight + 43_200_000_000)
        let (start, before) = (
            PostgresTimestamp(microsecondsSinceUnixEpoch: midnight),
            PostgresTimestamp(microsecondsSinceUnixEpoch: midnight - 86_400_000_000)
        )
        try await asService(of: tenant) { connection in
            for turn in 1...8 {
                for (site, ago) in [(nil, 0), ("site-6", 0), (nil, 100), ("site-6", 100)] {
                    let queue = Statements.recheckQueue(
                        tenant.uuid, site, Int64(1_000_000 - ago), nil as String?, day, cursor.0,
                        cursor.1, cursor.2, cursor.3, cursor.4, Int64(51))
                    let calendar = Statements.appointments(
                        tenant.uuid, site ?? "site-1", start, noon, Int64(1_000_000 - ago), before)
                    let read = try await connection.readingRows(in: ["infusion"]) { connection in
                        let page = try await connection.query(queue)
                        let booked = try await connection.query(calendar)
                        #expect(page.count == 51 && booked.count > 0)
                    }.read
                    let rechecks = try #require(read["recheck_queue"])
                    let appointments = try #require(read["appointments"])
                    let context: Comment = "in turn \(turn), \(site ?? "all"), \(ago) ago"
                    #expect(rechecks.wholeTables == 0 && appointments.wholeTables == 0, context)
                    #expect(rechecks.byIndex <= 2 * 51 + ago + 10, context)
                    // A day and a half of a site, of which a third is in force.
                    #expect(appointments.byIndex <= 36 * 60 / 8 + ago + 10, context)
                }
            }
        }
    }

    /// Who takes of a product's vials from a day on: of a site's years the visits since then are read, in
    /// force and known, and those of the day before, which may last into it.
    func expectStockIsReadByIndex() async throws {
        let minute = Int64(60_000_000)
        // The last day of those that were filled, which began on 2026-01-01.
        let from = 1_767_225_600_000_000 + (1_000_000 - 1_440) * minute
        try await asService(of: tenant) { connection in
            for turn in 1...8 {
                for ago in [0, 100] as [Int64] {
                    let visits = Statements.stockedVisits(
                        tenant.uuid, "site-6", PostgresTimestamp(microsecondsSinceUnixEpoch: from),
                        1_000_000 - ago,
                        PostgresTimestamp(microsecondsSinceUnixEpoch: from - 1_440 * minute),
                        "product-1")
                    let (rows, read) = try await connection.readingRows(in: ["infusion"]) {
                        connection in try await connection.query(visits)
                    }
                    let appointments = try #require(read["appointments"])
                    let context: Comment = "in turn \(turn), \(ago) ago"
                    #expect(rows.count > 0, context)
                    #expect(appointments.wholeTables == 0, context)
                    // One in eight minutes is the site's, and one in three of these is in force.
                    #expect(appointments.byIndex <= 2 * 1_440 / 24 + Int(ago) + 10, context)
                }
            }
        }
    }

    /// What became of a site's appointments, lately and long ago, again and again.
    func expectChangesAreReadByIndex() async throws {
        try await asService(of: tenant) { connection in
            for turn in 1...8 {
                for ago in [0, 1_000, 200_000] as [Int64] {
                    let changes = Statements.changedAppointments(
                        tenant.uuid, "site-6", 1_000_000 - ago, Int64(51))
                    let (rows, read) = try await connection.readingRows(in: ["infusion"]) {
                        connection in try await connection.query(changes)
                    }
                    let appointments = try #require(read["appointments"])
                    let context: Comment = "in turn \(turn), \(ago) ago"
                    #expect(appointments.wholeTables == 0, context)
                    #expect(appointments.byIndex == rows.count, context)
                    #expect(rows.count == 51 || ago == 0, context)
                }
            }
        }
    }

    /// A random clinic's commands, with all that the append does for them.
    func expectAppendsReadFewRows(of tables: Set<String>) async throws {
        var clinic = RandomClinic(tenant: tenant, seed: 11, patients: 12)
        try await asService(of: tenant) { connection in
            for turn in 1...60 {
                let batch = clinic.nextBatch()
                let (rows, read) = try await connection.readingRows(
                    in: ["event_log", "infusion"]
                ) { connection in try await connection.query(append(batch)) }
                clinic.settle(batch, try outcomes(rows, of: batch))
                for table in tables {
                    guard let read = read[table] else { continue }
                    #expect(read.wholeTables == 0, "\(table) in turn \(turn)")
                    #expect(
                        read.byIndex <= 40 * batch.count,
                        "\(table) in turn \(turn): \(read.byIndex) rows for \(batch.count) commands"
                    )
                }
            }
        }
    }

    /// Bookings at a site with nurses: what is looked at is the site's day, twice, and not its years.
    func expectNursesAreCountedByIndex() async throws {
        try await asService(of: tenant) { connection in
            for turn in 1...8 {
                let visit = CapacityVisit(
                    tenant, chair: "nurse-\(turn)", at: Int64(turn) * 15, site: SiteID("site-1"))
                let batch = [visit.book(CapacityVisit.Plan(starts: 2, patients: 20))]
                let (rows, read) = try await connection.readingRows(
                    in: ["event_log", "infusion"]
                ) { connection in try await connection.query(append(batch)) }
                let outcomes = try outcomes(rows, of: batch)
                #expect(outcomes.count(where: \.isAppended) == outcomes.count)
                let appointments = try #require(read["appointments"])
                let whole = Set(read.filter { $0.value.wholeTables != 0 }.keys)
                // A handful of rows each, whatever is stored.
                #expect(whole.isSubset(of: ["generations", "tenants"]), "\(whole) in turn \(turn)")
                // One in eight minutes is the site's, and one in three of these is in force.
                #expect(
                    appointments.byIndex <= 2 * (25 * 60 / 24 + turn) + 40,
                    "in turn \(turn): \(appointments.byIndex)")
            }
        }
    }

    private func append(_ batch: [Append<PatientChanges>]) -> Query {
        let projector = InfusionProjector()
        var values: [any PostgresEncodable] = LogParameters(batch, tenant: tenant).values
        values += projector.parameters(for: batch.map { $0.changes })
        return projector.statement.binding(values)
    }

    private func outcomes(
        _ rows: Rows, of batch: [Append<PatientChanges>]
    ) throws -> [AppendOutcome] {
        if rows.count == 1, let all = try? AllAppended(rows[0]) { return all.outcomes(of: batch) }
        var outcomes: [Int: AppendOutcome] = [:]
        for row in rows {
            let judged = try OutcomeRow(row)
            outcomes[judged.ordinal] = judged.outcome(for: batch[judged.ordinal - 1])
        }
        return try (1...batch.count).map { try #require(outcomes[$0]) }
    }

    /// One patient's share, replaced, and its line added up again: what reporting does for every page.
    func expectSharesReadOneLine() async throws {
        try await asService(of: tenant) { connection in
            let share = DoseReportShare(
                patient: PatientID(UUID()),
                key: DoseReportKey(
                    product: ProductKey("product-1"), site: SiteID("site-1"),
                    month: CalendarMonth(CalendarDate(dayNumber: 18_600))),
                counts: DoseReportCounts())
            for turn in 1...8 {
                let (_, read) = try await connection.readingRows(in: ["infusion"]) { connection in
                    try await connection.query(
                        DoseShareParameters([share]).statement(
                            replacing: [share.patient.uuid], in: 0, tenant: tenant))
                }
                let shares = try #require(read["dose_report_shares"])
                #expect(shares.wholeTables == 0, "in turn \(turn)")
                #expect(shares.byIndex < 3_000, "in turn \(turn)")
            }
        }
    }
}
