import EventStore
import Foundation
import Infusion
import InfusionProjections
import Postgres

/// A rebuild: fills the next generation, catches up, switches.
///
/// Every transaction begins with the mark, which one start holds at a time; then, where they are
/// needed, come the generations, the report's checkpoint and the tenant's lock, always in this order.
extension RebuildRun {
    func rebuild(as filler: UUID, fromScratch: Bool) async throws -> RebuildReport {
        _ = try await wholeHead()
        var mark = try await begin(filler, fromScratch: fromScratch)
        // What a start that was killed has left behind.
        try await discard()
        try await fill(&mark, filler)
        var findings = mark.findings
        if projections.contains(.doseReport) {
            findings.add(try await compareReport(), of: .doseReport)
        }
        try await catchUp(&mark, filler)
        tell(.switching, mark.findings, of: mark.head)
        let switched = try await swap(mark, filler)
        tell(.discarding, mark.findings, of: mark.head)
        try await discard()
        return RebuildReport(
            tenant: tenant, position: mark.head, patients: findings.patients,
            events: findings.events, projections: findings.results, parked: findings.parked,
            switchedAt: switched.position, resumedPatients: mark.resumedPatients,
            appendsHeld: switched.held?.time, eventsHeld: switched.held?.events ?? 0)
    }

    private func begin(_ filler: UUID, fromScratch: Bool) async throws -> RebuildMark {
        let wanted = ProjectionName.allCases.filter(projections.contains)
        let folding = wanted.map { projection in
            "\(projection.rawValue) \(projection.foldVersion)"
                + (projection == .doseReport ? " (\(patients.doseReport.settings))" : "")
        }.joined(separator: ", ")
        let tenant = tenant
        return try await seeing { connection in
            let rows = try await connection.query(
                Statements.beginRebuild(
                    tenant.uuid, wanted.map(\.rawValue), filler, folding, fromScratch))
            return try RebuildMark(rows[0], of: wanted)
        }
    }

    private func fill(_ mark: inout RebuildMark, _ filler: UUID) async throws {
        var done = mark
        try await walk(after: done.through, head: done.head) { page, end in
            done.through = end
            done.findings.add(page)
            let statements =
                [done.statement(tenant, filler: filler)]
                + page.staged.statements(done.generations, tenant: tenant)
            try await seeing { connection in
                for statement in statements { try await connection.query(statement) }
            }
            tell(.reading, done.findings, of: done.head)
        }
        mark = done
    }

    private func catchUp(_ mark: inout RebuildMark, _ filler: UUID) async throws {
        let catchUp = CatchUp(self, mark.generations)
        for _ in 0..<RebuildLimits.catchUpRounds {
            let head = try await seeing { [reader] connection in try await reader.head(connection) }
            guard head.value - mark.reached.value > RebuildLimits.eventsBeforeTheSwitch else {
                return
            }
            while mark.reached < head {
                let reached = mark.reached
                let next = catchUp.step(from: reached, to: head)
                mark.reached = next
                let statement = mark.statement(tenant, filler: filler)
                try await seeing { connection in
                    try await connection.query(statement)
                    try await catchUp.run(from: reached, to: next, connection)
                }
                tell(.catchingUp, mark.findings, of: mark.head)
            }
        }
    }

    /// Rows that nobody reads any more go bit by bit.
    private func discard() async throws {
        let tenant = tenant
        for projection in ProjectionName.allCases {
            var removed: Int64 = .max
            while removed > 0 {
                removed = try await seeing { connection in
                    try await connection.query(
                        Statements.discardGenerations(
                            tenant.uuid, projection.rawValue, RebuildLimits.rowsPerDiscard))[0]
                        .decode(Int64.self, at: 0)
                }
            }
        }
    }
}
