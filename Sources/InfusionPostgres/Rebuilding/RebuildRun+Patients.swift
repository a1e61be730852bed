import EventStore
import Foundation
import Infusion
import InfusionProjections
import Postgres

/// Parts of a tenant: patients whose live rows are replaced where they are, without a generation.
extension RebuildRun {
    /// One patient; no such patient has no events and no rows.
    func rebuild(patient: PatientID) async throws -> RebuildReport {
        try await rewrite([patient.uuid], head: try await wholeHead())
    }

    /// Patients with events after a position.
    func rebuild(changedAfter position: Position) async throws -> RebuildReport {
        let tenant = tenant
        let (head, changed) = try await seeing { [reader] connection in
            let head = try await reader.head(connection)
            try await reader.requireWhole(upTo: head, connection)
            let skipped = try SkippedEvents(
                try await connection.query(Statements.skippedEvents(tenant.uuid)))
            let changed = try await reader.changed(after: position, upTo: head, connection)
            return (head, Set(changed).union(skipped.patients(after: position, upTo: head)))
        }
        return try await rewrite(changed.sorted(), head: head)
    }

    private func rewrite(_ ids: [UUID], head: Position) async throws -> RebuildReport {
        var findings = RebuildFindings(projections)
        var appendsHeld: Duration?
        for start in stride(from: 0, to: ids.count, by: RebuildLimits.patientsPerRewrite) {
            try Task.checkCancellation()
            let some = Array(ids[start...].prefix(RebuildLimits.patientsPerRewrite))
            let (page, held) = try await LiveRewrite(self, some, after: findings)
                .replace()
            findings.add(page)
            // Each lot holds them for itself: what counts is the longest.
            appendsHeld = [appendsHeld, held].compactMap { $0 }.max()
            progress(
                RebuildProgress(
                    phase: .switching, patients: findings.patients, events: findings.events,
                    total: Int(head.value)))
        }
        return RebuildReport(
            tenant: tenant, position: head, patients: findings.patients, events: findings.events,
            projections: findings.results, parked: findings.parked, isSwapped: true,
            resumedPatients: 0, appendsHeld: appendsHeld)
    }
}
