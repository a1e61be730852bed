import EventStore
import Foundation
import Infusion
import InfusionProjections
import Postgres

/// Parts of a tenant: patients whose live rows are replaced where they are, without a generation.
extension RebuildRun {
    /// One patient; no such patient has no events and no rows.
    func rebuild(patient: PatientID) async throws -> RebuildReport {
        let alone = ChangedPatient(id: patient.uuid, events: reader.pageEvents)
        return try await rewrite([alone], head: try await wholeHead())
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
            return (
                head,
                changed.adding(
                    skipped.patients(after: position, upTo: head), countedAs: reader.pageEvents)
            )
        }
        return try await rewrite(changed, head: head)
    }

    /// A few at a time: as many as are replaced without holding appends for too long, and no more events
    /// than are read at once.
    private func rewrite(_ changed: [ChangedPatient], head: Position) async throws -> RebuildReport
    {
        var findings = RebuildFindings(projections)
        var held: AppendsHeld?
        var left = changed[...]
        var most = RebuildLimits.patientsPerRewrite
        while !left.isEmpty {
            try Task.checkCancellation()
            let some = Array(left.prefix(most)).runs(ofEvents: reader.pageEvents)[0]
            let replaced = try await LiveRewrite(self, some, after: findings).replace()
            // Each lot holds them for itself: what counts is the longest.
            if let again = replaced.held { held = again.adding(held) }
            guard let page = replaced.page else {
                most = some.count / 2
                continue
            }
            left = left.dropFirst(some.count)
            findings.add(page)
            progress(
                RebuildProgress(
                    phase: .switching, patients: findings.patients, events: findings.events,
                    total: Int(head.value)))
        }
        return RebuildReport(
            tenant: tenant, position: head, patients: findings.patients, events: findings.events,
            projections: findings.results, parked: findings.parked, switchedAt: head,
            resumedPatients: 0, appendsHeld: held?.time, eventsHeld: held?.events ?? 0)
    }
}
