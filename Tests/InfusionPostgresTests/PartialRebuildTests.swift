import EventStore
import Foundation
import Infusion
import InfusionProjections
import Postgres
import PostgresEventStore
import ReadModelsConformance
import Testing

@testable import InfusionPostgres

/// Live rows replaced where they are: of one patient, and of those with events after a position.
@Suite struct PartialRebuildTests {
    @Test func `one patient's rows are made again, and nobody else's`() async throws {
        try await ClinicDatabase.with { database in
            let clinic = try await database.live(seed: 81, batches: 60)
            try await database.report()
            let before = try await database.digests()
            let (first, second) = (clinic.patients[0], clinic.patients[1])
            try await database.damage([first.uuid, second.uuid])

            let report = try await database.rebuilder.rebuild(of: first, tenant: database.tenant)
            #expect(report.patients == 1 && report.isSwapped && report.parked.isEmpty)
            #expect(report.appendsHeld != nil)
            #expect(!report.isClean, "what was live differed")
            let again = try await database.rebuilder.rebuild(of: first, tenant: database.tenant)
            #expect(again.isClean && again.patients == 1)
            // The other one is as damaged as before.
            let check = try await database.rebuilder.check(tenant: database.tenant)
            #expect(!check.isClean)
            let ofPatients = check.projections.filter(\.projection.isInline)
            for difference in ofPatients.flatMap(\.differences) {
                #expect(difference.key.hasPrefix(second.description))
            }
            let other = try await database.rebuilder.rebuild(of: second, tenant: database.tenant)
            #expect(other.patients == 1)
            #expect(try await database.digests() == before)
            #expect(try await database.rebuilder.check(tenant: database.tenant).isClean)
        }
    }

    @Test func `a patient who is not there has nothing, before and after`() async throws {
        try await ClinicDatabase.with { database in
            try await database.live(seed: 82, batches: 10)
            let report = try await database.rebuilder.rebuild(
                of: PatientID(UUID()), tenant: database.tenant)
            #expect(report.patients == 0 && report.isClean)
            #expect(report.projections.allSatisfy { $0.liveRows == 0 })
        }
    }

    @Test func `rows of a patient without events go`() async throws {
        try await ClinicDatabase.with { database in
            let clinic = try await database.live(seed: 83, batches: 20)
            let ghost = UUID()
            _ = try await database.asAdmin { connection in
                try await connection.query(
                    """
                    INSERT INTO infusion.patient_state
                      SELECT tenant_id, \(ghost), version, position, generation, fold_version, site,
                        document
                      FROM infusion.patient_state WHERE patient_id = \(clinic.patients[0].uuid)
                    """)
            }
            #expect(!(try await database.rebuilder.check(tenant: database.tenant)).isClean)
            let report = try await database.rebuilder.rebuild(
                of: PatientID(ghost), tenant: database.tenant)
            #expect(report.projections.first?.liveRows == 1)
            #expect(try await database.rebuilder.check(tenant: database.tenant).isClean)
        }
    }

    @Test func `from a position, whoever has events after it`() async throws {
        try await ClinicDatabase.with { database in
            var clinic = try await database.live(seed: 84, batches: 40, patients: 20)
            let position = try await database.store.head(tenant: database.tenant)
            let before = Set(clinic.patients)
            try await database.live(&clinic, batches: 4)
            try await database.report()
            let digests = try await database.digests()
            let changed = try await database.changed(after: position)
            let unchanged = try #require(before.map(\.uuid).first { !changed.contains($0) })
            try await database.damage(Array(changed) + [unchanged])

            let report = try await database.rebuilder.rebuild(
                changedAfter: position, tenant: database.tenant)
            #expect(report.patients == changed.count)
            let check = try await database.rebuilder.check(tenant: database.tenant)
            let ofPatients = check.projections.filter(\.projection.isInline)
            for difference in ofPatients.flatMap(\.differences) {
                #expect(difference.key.hasPrefix(PatientID(unchanged).description))
            }
            _ = try await database.rebuilder.rebuild(
                changedAfter: .start, tenant: database.tenant)
            #expect(try await database.digests() == digests)
            #expect(try await database.rebuilder.check(tenant: database.tenant).isClean)
        }
    }

    @Test func `beside a working clinic nothing is lost`() async throws {
        try await ClinicDatabase.with { database in
            let clinic = try await database.live(seed: 85, batches: 60, patients: 20)
            try await database.whileWorking(seed: 85) {
                for patient in clinic.patients {
                    _ = try await database.rebuilder.rebuild(of: patient, tenant: database.tenant)
                }
                for _ in 0..<3 {
                    _ = try await database.rebuilder.rebuild(
                        changedAfter: .start, tenant: database.tenant)
                }
            }
            let report = try await database.rebuilder.check(tenant: database.tenant)
            #expect(report.isClean, "\(report.projections)")
        }
    }

    /// The rows of somebody else are wrong, and in the way.
    @Test func `a chair that another row holds is named, and the tenant's rebuild mends it`()
        async throws
    {
        try await ClinicDatabase.with { database in
            let booking = Booking(tenant: database.tenant, chair: "1", start: ClinicFacts.start)
            let other = Booking(tenant: database.tenant, chair: "2", start: ClinicFacts.start)
            _ = try await database.store.append(
                [booking.append(), other.append()], tenant: database.tenant)
            try await database.asAdmin { connection in
                try await connection.query(
                    "DELETE FROM infusion.appointments WHERE patient_id = \(booking.patient.uuid)")
                try await connection.query("UPDATE infusion.appointments SET chair = '1'")
            }
            let code = await EventLogError.Code.of {
                _ = try await database.rebuilder.rebuild(
                    of: booking.patient, tenant: database.tenant)
            }
            #expect(code == .rowsInTheWay)
            #expect(
                try await database.rebuilder.rebuild([.appointments], tenant: database.tenant)
                    .isSwapped)
            #expect(try await database.rebuilder.check(tenant: database.tenant).isClean)
        }
    }
}

extension EventLogError.Code {
    static func of(_ body: () async throws -> Void) async -> EventLogError.Code? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? EventLogError)?.code
        }
    }
}

extension ClinicDatabase {
    /// Makes rows of these patients wrong in every projection that has some.
    fileprivate func damage(_ patients: [UUID]) async throws {
        try await asAdmin { connection in
            for change in [
                "patient_state SET site = 'elsewhere'", "recheck_queue SET due = due + 1",
                "appointments SET order_id = patient_id",
                "subject_references SET opened_position = opened_position + 1",
                "waitlist SET due = due + 1",
                "dose_report_shares SET doses_started = doses_started + 1",
            ] {
                try await connection.query(
                    "UPDATE infusion.\(unsafeSQL: change) WHERE patient_id = ANY (\(patients))")
            }
        }
    }

    fileprivate func changed(after position: Position) async throws -> Set<UUID> {
        try await asAdmin { connection in
            let rows = try await connection.query(
                Statements.changedPatients(tenant.uuid, position.value, Int64.max))
            return Set(try rows.map { try $0.decode(UUID.self, at: 0) })
        }
    }
}
