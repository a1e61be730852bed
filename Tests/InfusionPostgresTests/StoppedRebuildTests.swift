import EventStore
import Foundation
import Infusion
import InfusionProjections
import Postgres
import ReadModelsConformance
import TestPostgres
import Testing

@testable import InfusionPostgres

/// Rebuilds in processes that are stopped, not killed: their connections stay open, with whatever they hold.
@Suite struct StoppedRebuildTests {
    /// Nobody wakes it and nobody ends its backend: the server lets go of the tenant by itself.
    @Test func `stopped behind the tenant's lock, it frees the appends and writes nothing late`()
        async throws
    {
        try await ClinicDatabase.with { database in
            var clinic = try await database.live(seed: 171, batches: 60, patients: 30)
            try await database.report()
            let stopped = try await RebuildProcess(
                database, .init(signal: .stop, phase: "holdingAppends"))
            defer { stopped.send(SIGKILL) }
            try await eventually("the rebuild has stopped itself") { stopped.isStopped }
            let before = try await database.generations()
            #expect(try await database.isHeld())
            try await database.live(&clinic, batches: 5)
            #expect(stopped.isStopped)

            stopped.send(SIGCONT)
            let (outcome, phases) = try await stopped.ended()
            #expect(outcome == .failed("rebuild-interrupted"))
            #expect(phases.last == "holdingAppends")
            #expect(try await database.generations() == before)
            #expect(try await database.rebuilder.check(tenant: database.tenant).isClean)

            let (next, _) = try await RebuildProcess.run(database)
            guard case .finished(let resumed) = next else {
                Issue.record("the next start did not get to the end: \(next)")
                return
            }
            #expect(resumed > 0)
            #expect(try await database.generations() != before)
            #expect(try await database.rebuilder.check(tenant: database.tenant).isClean)
            #expect(try await database.leftBehind() == 0)
        }
    }

    @Test func `so does one that replaces live rows where they are`() async throws {
        try await ClinicDatabase.with { database in
            var clinic = try await database.live(seed: 172, batches: 40, patients: 20)
            try await database.report()
            try await database.asAdmin { connection in
                _ = try await connection.query(
                    "UPDATE infusion.patient_state SET site = 'elsewhere'")
            }
            let stopped = try await RebuildProcess(
                database, .init(signal: .stop, phase: "holdingAppends"), scope: "changed")
            defer { stopped.send(SIGKILL) }
            try await eventually("the rebuild has stopped itself") { stopped.isStopped }
            #expect(try await database.isHeld())
            try await database.live(&clinic, batches: 5)
            #expect(stopped.isStopped)
            stopped.send(SIGCONT)
            #expect(try await stopped.ended().outcome == .failed("rebuild-interrupted"))
            // Of those who were to be replaced first, nobody was.
            let check = try await database.rebuilder.check([.patientState], tenant: database.tenant)
            #expect(!check.isClean)

            let (next, _) = try await RebuildProcess.run(database, scope: "changed")
            #expect(next == .finished(resumed: 0))
            #expect(try await database.rebuilder.check(tenant: database.tenant).isClean)
        }
    }
}

extension ClinicDatabase {
    /// Whether somebody has the tenant's lock now.
    fileprivate func isHeld() async throws -> Bool {
        try await asAdmin { connection in
            do {
                try await connection.query(
                    """
                    SELECT FROM event_log.tenants WHERE tenant_id = \(tenant.uuid)
                    FOR NO KEY UPDATE NOWAIT
                    """)
                return false
            } catch let error as PostgresError where error.sqlState == .lockNotAvailable {
                return true
            }
        }
    }

    /// The number of each projection's live rows.
    func generations() async throws -> [String] {
        try await asAdmin { connection in
            try await connection.query(
                "SELECT projection || ' ' || generation FROM infusion.generations ORDER BY 1"
            ).map { try $0.decode(String.self, at: 0) }
        }
    }
}
