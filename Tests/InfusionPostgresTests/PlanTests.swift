import EventStore
import Foundation
import Postgres
import TestPostgres
import Testing

@testable import InfusionPostgres

/// Plans as the service's role gets them, row-level security included, on large tables with statistics. An
/// index that a policy keeps out of reach would show here.
///
/// They are generic, but for questions as of a position: how much was closed since is known only with the
/// position, so a session goes on planning these for each question, and must.
@Suite struct PlanTests {
    private struct Pinned {
        let statement: NamedStatement
        let arguments: String
        /// Each index with the columns that it must be searched by.
        let indexes: [(String, [String])]
    }

    private static let patient = "'00000000-0000-4000-8000-000000000007'"
    private static let patients = ["tenant_id", "generation", "patient_id"]

    private static let pinned = [
        Pinned(
            statement: Statements.recheckRow, arguments: "\(patient), 'R3', 7, 900000",
            indexes: [
                ("recheck_queue_pkey", patients + ["rule", "anchor_version", "opened_position"])
            ]),
        Pinned(
            statement: Statements.patientState, arguments: patient,
            indexes: [("patient_state_pkey", patients)]),
        Pinned(
            statement: Statements.subjectOwner, arguments: "'lab', \(patient)",
            indexes: [("subject_references_pkey", ["tenant_id", "generation", "kind", "id"])]),
        Pinned(
            statement: Statements.appointmentHistories,
            arguments: "'site-1', '2026-02-01', '2026-02-02', 900000, '2026-01-31'",
            indexes: [
                (
                    "appointments_pkey",
                    patients + ["appointment_id", "opened_position"]
                ),
                ("subject_references_pkey", patients + ["kind", "id"]),
            ]),
        Pinned(
            statement: Statements.livePatientStates, arguments: "\(patient), \(patient)",
            indexes: [("patient_state_pkey", patients)]),
        Pinned(
            statement: Statements.liveRechecks, arguments: "\(patient), \(patient)",
            indexes: [("recheck_queue_pkey", patients)]),
        Pinned(
            statement: Statements.liveAppointments, arguments: "\(patient), \(patient)",
            indexes: [("appointments_pkey", patients)]),
        Pinned(
            statement: Statements.liveReferences, arguments: "\(patient), \(patient)",
            indexes: [("subject_references_by_patient", patients)]),
        Pinned(
            statement: Statements.liveWaitlist, arguments: "\(patient), \(patient)",
            indexes: [("waitlist_pkey", patients)]),
        Pinned(
            statement: Statements.liveDoseShares, arguments: "\(patient), \(patient)",
            indexes: [("dose_report_shares_pkey", patients)]),
        Pinned(
            statement: Statements.doseReport, arguments: "NULL, NULL, NULL, NULL",
            indexes: [
                ("dose_report_pkey", ["tenant_id", "generation"]),
                ("checkpoints_pkey", ["tenant_id", "projection"]),
            ]),
        Pinned(
            statement: Statements.historyPage,
            arguments: "\(patient), 3, 5000, 9223372036854775807",
            indexes: [("version_is_unique_in_stream", ["tenant_id", "stream_id", "version"])]),
        Pinned(
            statement: Statements.historiesOf,
            arguments: "ARRAY[\(patient)]::uuid[], 5000, 0, 100",
            indexes: [("version_is_unique_in_stream", ["tenant_id", "stream_id", "version"])]),
        Pinned(
            statement: Statements.changedPatients, arguments: "5000, 6000",
            indexes: [("events_pkey", ["tenant_id", "position"])]),
        Pinned(
            statement: Statements.logHead, arguments: "",
            indexes: [("events_pkey", ["tenant_id"])]),
        Pinned(
            statement: Statements.eventsAt, arguments: "ARRAY[5000, 6000]::bigint[]",
            indexes: [("events_pkey", ["tenant_id", "position"])]),
        Pinned(
            statement: Statements.skippedEvents, arguments: "",
            indexes: [("version_is_unique_in_stream", ["tenant_id", "stream_id"])]),
    ]

    private static let large: Set = [
        "events", "commands", "recheck_queue", "appointments", "patient_state",
        "subject_references", "waitlist", "dose_report", "dose_report_shares", "checkpoints",
    ]

    @Test func `every question is answered from its index`() async throws {
        try await ClinicDatabase.with(checking: false) { database in
            try await database.fillForPlans()
            try await database.asService(of: database.tenant) { connection in
                for pin in Self.pinned {
                    let arguments = ["'\(database.tenant)'", pin.arguments].filter { !$0.isEmpty }
                    let values = arguments.joined(separator: ", ")
                    let plan = try await connection.genericPlan(
                        of: pin.statement, arguments: values)
                    let name = pin.statement.name
                    for (index, columns) in pin.indexes {
                        #expect(
                            plan.columns(of: columns, searchedIn: index) == columns,
                            "\(name): \(index)\n\(plan)")
                    }
                    #expect(
                        plan.tablesReadWhole.isDisjoint(with: Self.large), "\(name)\n\(plan)")
                }
            }
            try await database.expectKnownRowsAreReadByIndex()
            try await database.expectStockIsReadByIndex()
            try await database.expectChangesAreReadByIndex()
            try await database.expectWaitlistIsReadByIndex()
            try await database.expectAppendsReadFewRows(of: Self.large)
            try await database.expectNursesAreCountedByIndex()
            try await database.expectSharesReadOneLine()
        }
    }
}
