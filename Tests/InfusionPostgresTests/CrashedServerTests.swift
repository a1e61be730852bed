import EventStore
import Foundation
import Infusion
import InfusionProjections
import Postgres
import ReadModelsConformance
import TestPostgres
import Testing

@testable import InfusionPostgres

/// PostgreSQL itself is killed under a rebuild, on a server of the test's own.
@Suite(.serialized) struct CrashedServerTests {
    /// The rebuild has stopped itself where the server dies, so that it is known where that was; afterwards it
    /// goes on, on connections that are gone.
    @Test
    func
        `in each phase the live rows serve when the server is back, and the next start gets through`()
        async throws
    {
        let cluster = try await TestCluster.start()
        do {
            let conninfo = try await cluster.createDatabase()
            var database = ClinicDatabase(conninfo: conninfo)
            try await database.prepare()
            var clinic = try await database.live(seed: 191, batches: 80, patients: 30)
            try await database.report()
            for phase in RebuildProgress.Phase.allCases {
                _ = try await RebuildProcess.run(database, .init(phase: "reading", count: 1))
                try await database.live(&clinic, events: 600)
                try await database.report()
                let before = try await database.digests()
                let live = try await database.generations()

                let process = try await RebuildProcess(
                    database, .init(signal: .stop, phase: "\(phase)"))
                try await eventually("the rebuild has stopped itself") { process.isStopped }
                try await cluster.kill()
                await database.pool.close()
                try await cluster.restart()
                process.send(SIGCONT)
                let ended = try await process.ended()
                let hasFinished: Bool
                switch ended.outcome {
                case .failed(let code):
                    hasFinished = false
                    #expect(["unavailable", "rebuild-interrupted"].contains(code), "\(phase)")
                    #expect(ended.phases.last == "\(phase)")
                case .finished:
                    // It stood between two transactions, and went on over another connection.
                    hasFinished = true
                    #expect(ended.phases.contains("\(phase)"))
                case .killed:
                    Issue.record("it was killed: \(ended)")
                    return
                }

                // Connections of before are gone with the server.
                database = ClinicDatabase(conninfo: conninfo, tenant: database.tenant)
                let isSwitched = hasFinished || phase == .discarding
                let stands = try await database.generations() == live
                #expect(stands != isSwitched, "\(phase)")
                #expect(try await database.digests() == before, "\(phase)")
                let next = try await database.rebuilder.rebuild(tenant: database.tenant)
                #expect(next.isSwapped && next.isClean, "\(phase)")
                #expect((next.resumedPatients > 0) != isSwitched, "\(phase)")
                #expect(try await database.leftBehind() == 0, "\(phase)")
            }
            try await database.check()
            await database.pool.close()
        } catch {
            try? await cluster.stop()
            throw error
        }
        try await cluster.stop()
    }
}
