import EventStore
import Foundation
import Infusion
import InfusionProjections
import Postgres
import PostgresEventStore

extension RebuildRun {
    /// Whose the report's checkpoints are while a rebuild switches; afterwards they are free.
    static let owner = "rebuild"

    mutating func rebuild(
        progress: @Sendable (RebuildProgress) -> Void
    ) async throws -> RebuildReport {
        let generations = try await begin()
        let compared = try await compare(staging: generations, progress: progress)
        var reached = compared.position
        for _ in 0..<RebuildLimits.catchUpRounds {
            let head = try await seeing { [reader] connection in try await reader.head(connection) }
            guard head.value - reached.value > RebuildLimits.eventsBehindTheLock else { break }
            let round = CatchUp(self, generations)
            try await seeing { [reached] connection in
                try await round.run(from: reached, to: head, connection)
            }
            reached = head
        }
        try await swap(generations, from: reached)
        try await discard()
        return report(compared.position, isSwapped: true)
    }

    private func begin() async throws -> [ProjectionName: Int32] {
        let (projections, tenant) = (projections, tenant)
        return try await seeing { connection in
            var generations: [ProjectionName: Int32] = [:]
            // Always in the same order, so that two rebuilds wait for each other and never cross.
            for projection in ProjectionName.allCases where projections.contains(projection) {
                let rows = try await connection.query(
                    Statements.beginRebuild(tenant.uuid, projection.rawValue))
                generations[projection] = try rows[0].decode(Int32.self, at: 0)
            }
            return generations
        }
    }

    /// Behind what every writer waits for: fold what is left, switch, commit.
    private func swap(
        _ generations: [ProjectionName: Int32], from reached: Position
    ) async throws {
        let round = CatchUp(self, generations)
        let (reader, tenant) = (reader, tenant)
        let checkpoints = PostgresCheckpoints.doseReport(rebuilder.pool, tenant: tenant)
        try await seeing { connection in
            // The checkpoints first: their writers never take the tenant's lock, appends never take
            // them.
            var taken: [ProjectionCheckpoint] = []
            if generations[.doseReport] != nil {
                taken = try await checkpoints.takeAll(owner: Self.owner, connection)
            }
            try await connection.query(Statements.lockTenant(tenant.uuid))
            let head = try await reader.head(connection)
            try await round.run(from: reached, to: head, connection)
            if let generation = generations[.doseReport] {
                try await connection.query(Statements.sumDoseReport(tenant.uuid, generation))
                if head > .start { try await checkpoints.move(taken, to: head, connection) }
            }
            for projection in ProjectionName.allCases {
                guard let generation = generations[projection] else { continue }
                try await connection.query(
                    Statements.switchGeneration(tenant.uuid, projection.rawValue, generation))
            }
        }
    }

    /// The old rows go bit by bit; nobody reads them any more.
    private func discard() async throws {
        let (projections, tenant) = (projections, tenant)
        for projection in projections {
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

/// Makes the rows of patients again who have had events since they were staged.
private struct CatchUp: Sendable {
    private let generations: [ProjectionName: Int32]
    private let projections: Set<ProjectionName>
    private let tenant: TenantID
    private let reader: HistoryReader
    private let patients: PatientRebuilder

    init(_ run: RebuildRun, _ generations: [ProjectionName: Int32]) {
        self.generations = generations
        projections = run.projections
        tenant = run.tenant
        reader = run.reader
        patients = run.patients
    }

    /// In one transaction, and everything is cleared before anything is written: a chair that went
    /// from one patient to another is never taken by both.
    func run(
        from reached: Position, to head: Position, _ connection: isolated PostgresConnection
    ) async throws {
        let skipped = try SkippedEvents(
            try await connection.query(Statements.skippedEvents(tenant.uuid))
        ).upTo(head)
        let changed = Set(try await reader.changed(after: reached, upTo: head, connection))
            .union(skipped.patients(after: reached, upTo: head)).sorted()
        guard !changed.isEmpty else { return }
        for (projection, generation) in generations {
            try await connection.query(
                Statements.clearStaged(tenant.uuid, projection.rawValue, generation, changed))
        }
        for start in stride(from: 0, to: changed.count, by: RebuildLimits.patientsPerRound) {
            let ids = Array(changed[start...].prefix(RebuildLimits.patientsPerRound))
            let histories = try await reader.histories(of: ids, upTo: head, connection)
            var staged = StagedRows()
            for history in histories {
                let rebuilt = patients.rebuild(history, leavingOut: skipped)
                staged.reported.append(history.patient.uuid)
                staged.shares += rebuilt.shares
                if let rows = rebuilt.rows {
                    staged.rows.append(rows)
                } else if let rows = try await live(history.patient, connection) {
                    staged.rows.append(rows)
                }
            }
            for statement in staged.statements(generations, tenant: tenant) {
                try await connection.query(statement)
            }
        }
    }

    /// The rows of a patient whose history cannot be read: they stay as they are.
    private func live(
        _ patient: PatientID, _ connection: isolated PostgresConnection
    ) async throws -> PatientRows? {
        let rows = try await LiveRows.read(
            projections.filter(\.isInline),
            of: PatientRange(after: patient.uuid.predecessor, through: patient.uuid),
            tenant: tenant,
            connection)
        return rows.patients[patient]
    }
}

extension UUID {
    /// The UUID before this one in byte order; the first has none and returns itself.
    fileprivate var predecessor: UUID {
        let own = uuid
        var bytes = [
            own.0, own.1, own.2, own.3, own.4, own.5, own.6, own.7, own.8, own.9, own.10, own.11,
            own.12, own.13, own.14, own.15,
        ]
        guard let index = bytes.lastIndex(where: { $0 > 0 }) else { return self }
        bytes[index] -= 1
        for later in bytes.indices where later > index { bytes[later] = 255 }
        return UUID(
            uuid: (
                bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
                bytes[8], bytes[9], bytes[10], bytes[11], bytes[12], bytes[13], bytes[14], bytes[15]
            ))
    }
}
