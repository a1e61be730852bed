import EventStore
import Foundation
import Postgres
import TestPostgres
import Testing

@testable import InfusionPostgres

/// Plans as the service's role gets them, row-level security included: generic, on tables with
/// statistics. An index that a policy keeps out of reach would show here.
@Suite struct PlanTests {
    private struct Pinned {
        let statement: NamedStatement
        let arguments: String
        let indexes: [String]
    }

    private static let patient = "'00000000-0000-4000-8000-000000000007'"
    private static let cursor = "-1, '-infinity', \(patient), '', 0"

    private static let pinned = [
        Pinned(
            statement: Statements.recheckQueueOfSite,
            arguments: "'site-3', 900000, NULL, '2026-03-01', \(cursor), 50",
            indexes: ["recheck_queue_open_by_site", "recheck_queue_closed"]),
        Pinned(
            statement: Statements.recheckQueue,
            arguments: "900000, 'due', '2026-03-01', \(cursor), 50",
            indexes: ["recheck_queue_open", "recheck_queue_closed"]),
        Pinned(
            statement: Statements.recheckRow, arguments: "\(patient), 'R3', 7, 900000",
            indexes: ["recheck_queue_pkey"]),
        Pinned(
            statement: Statements.appointments,
            arguments: "'site-3', '2026-03-01', '2026-03-02', 900000, '2026-02-28'",
            indexes: ["appointments_open_by_site", "appointments_closed"]),
        Pinned(
            statement: Statements.patientState, arguments: patient,
            indexes: ["patient_state_pkey"]),
        Pinned(
            statement: Statements.subjectOwner, arguments: "'lab', \(patient)",
            indexes: ["subject_references_pkey"]),
        Pinned(
            statement: Statements.liveRechecks, arguments: "\(patient), \(patient)",
            indexes: ["recheck_queue_pkey"]),
        Pinned(
            statement: Statements.liveReferences, arguments: "\(patient), \(patient)",
            indexes: ["subject_references_by_patient"]),
        Pinned(
            statement: Statements.historyPage, arguments: "\(patient), 3, 5000",
            indexes: ["version_is_unique_in_stream"]),
    ]

    @Test func `every question is answered from its index`() async throws {
        try await ClinicDatabase.with(checking: false) { database in
            try await database.fillForPlans()
            try await database.asService(of: database.tenant) { connection in
                try await connection.executeScript(
                    unsafeSQL: "SET plan_cache_mode = force_generic_plan")
                for pin in Self.pinned {
                    let name = pin.statement.name
                    try await connection.executeScript(
                        unsafeSQL: "PREPARE pinned_\(name) AS \(pin.statement.sql)")
                    let plan = try await connection.query(
                        Query(
                            unsafeSQL: """
                                EXPLAIN EXECUTE pinned_\(name)
                                  ('\(database.tenant)', \(pin.arguments))
                                """)
                    ).map { try $0.decode(String.self, at: 0) }.joined(separator: "\n")
                    for index in pin.indexes {
                        #expect(
                            plan.contains(" using \(index) ")
                                || plan.contains("Bitmap Index Scan on \(index) "),
                            "\(name):\n\(plan)")
                    }
                    for table in ["recheck_queue", "appointments", "patient_state", "events"] {
                        #expect(!plan.contains("Seq Scan on \(table)"), "\(name):\n\(plan)")
                    }
                }
            }
        }
    }
}

extension ClinicDatabase {
    /// Tables large enough that a wrong plan would not be chosen by chance.
    func fillForPlans() async throws {
        try await asAdmin { connection in
            try await connection.executeScript(
                unsafeSQL: """
                    INSERT INTO infusion.recheck_queue
                    SELECT '\(tenant)', md5(n::text)::uuid,
                      7, n, CASE WHEN n % 3 > 0 THEN n + 5 END, 1, 1, date '2026-01-01' + n % 400,
                      date '2026-01-10' + n % 400, date '2026-02-10' + n % 400, n % 4, 'R3',
                      'site-' || n % 8, 'test', CASE WHEN n % 3 > 0 THEN 'satisfied' END,
                      '{hemoglobin}', ARRAY[n]
                    FROM generate_series(1, 30000) n;
                    INSERT INTO infusion.appointments
                    SELECT '\(tenant)', md5(n::text)::uuid,
                      gen_random_uuid(), gen_random_uuid(), n, CASE WHEN n % 3 > 0 THEN n + 5 END,
                      timestamptz '2026-01-01' + n * interval '1 hour',
                      timestamptz '2026-01-01' + n * interval '1 hour' + interval '50 minutes', 1,
                      'site-' || n % 8, '1', 'booked'
                    FROM generate_series(1, 30000) n;
                    INSERT INTO infusion.patient_state
                    SELECT '\(tenant)', md5(n::text)::uuid,
                      1, n, 1, 1, 'north', '{}'
                    FROM generate_series(1, 20000) n;
                    INSERT INTO infusion.subject_references
                    SELECT '\(tenant)', gen_random_uuid(),
                      md5((n / 10)::text)::uuid, n, 1, 'lab'
                    FROM generate_series(1, 30000) n;
                    INSERT INTO event_log.events
                    SELECT '\(tenant)', n,
                      md5((n / 20)::text)::uuid, n % 20 + 1,
                      gen_random_uuid(), gen_random_uuid(), now(), now(), NULL, 1, 1, 'patient',
                      'test', 'test', 'test', '{}'
                    FROM generate_series(1, 30000) n;
                    ANALYZE;
                    """)
        }
    }
}
