import EventStore
import Foundation
import Infusion
import InfusionProjections
import Postgres
import PostgresEventStore
import ReadModelsConformance
import Testing

@testable import InfusionPostgres

@Suite struct InlineProjectionTests {
    /// One clinic, two stores: every outcome and every row is the same, and the log agrees; also where
    /// nurses are counted, of whom there are few.
    @Test(
        arguments: 1...6 as ClosedRange<UInt64>, [nil, CapacityVisit.Plan(starts: 1, patients: 2)])
    func `memory, PostgreSQL and the log say the same`(
        seed: UInt64, nurses: CapacityVisit.Plan?
    ) async throws {
        try await ClinicDatabase.with { database in
            let memory = InMemoryReadModels()
            let log = InMemoryEventLog<PatientChanges>(
                clock: { Timestamp(microsecondsSinceUnixEpoch: 0) },
                reserve: { memory.reserve($0, tenant: $1, versionOf: $2) },
                apply: { memory.apply($0, $1, tenant: $2) })
            await log.open(database.tenant)
            var clinic = RandomClinic(tenant: database.tenant, seed: seed, nurses: nurses)
            for _ in 0..<50 {
                let batch = clinic.nextBatch()
                let outcomes = try await database.store.append(batch, tenant: database.tenant)
                let expected = try await log.append(batch, tenant: database.tenant)
                #expect(outcomes.map(\.summary) == expected.map(\.summary))
                clinic.settle(batch, outcomes)
            }
            let fold = try await LogFold(of: database.store, tenant: database.tenant)
            let live = try await database.liveRows()
            for projection in ProjectionName.allCases where projection.isInline {
                let lines = live.patients.sorted { $0.key.description < $1.key.description }
                    .flatMap { $0.value.canonical(projection) }.map(\.description)
                #expect(lines == fold.lines(projection))
            }
            let behaviour = ReadModelsBehaviour(database.models, tenant: database.tenant)
            try await behaviour.expectPresent(of: fold)
            let head = try await database.store.head(tenant: database.tenant)
            for position in [0, head.value / 2, head.value - 3, head.value] {
                try await behaviour.expectCalendarChanges(of: fold, after: Position(position))
            }
            let report = try await database.rebuilder.check(
                Set(ProjectionName.allCases.filter(\.isInline)), tenant: database.tenant)
            #expect(report.isClean)
        }
    }

    @Test(arguments: 11...13 as ClosedRange<UInt64>)
    func `the past is a fold up to it`(seed: UInt64) async throws {
        try await ClinicDatabase.with { database in
            let clinic = try await database.live(seed: seed, batches: 40)
            let head = try await database.store.head(tenant: database.tenant)
            let behaviour = ReadModelsBehaviour(database.models, tenant: database.tenant)
            let today = CalendarDate(clinic.now, in: ClinicFacts.zone)
            for position in stride(from: 0, through: head.value, by: max(1, Int(head.value) / 5)) {
                let position = Position(position)
                let fold = try await LogFold(
                    of: database.store, tenant: database.tenant, upTo: position)
                try await behaviour.expectQueue(
                    of: fold, at: position, on: [today, today.adding(days: -20)])
                try await behaviour.expectRechecks(of: fold, at: position)
                try await behaviour.expectCalendar(of: fold, at: position)
                try await behaviour.expectWaitlist(of: fold, at: position)
            }
        }
    }

    @Test func `closed rows stay`() async throws {
        try await ClinicDatabase.with { database in
            var clinic = RandomClinic(tenant: database.tenant, seed: 31)
            var seen: Set<String> = []
            for _ in 0..<10 {
                try await database.live(&clinic, batches: 6)
                let keys = try await database.rowKeys()
                #expect(seen.isSubset(of: keys))
                seen = keys
            }
            #expect(!seen.isEmpty)
        }
    }

    /// What was refused, conflicted or sent twice leaves nothing behind.
    @Test func `only what was appended has rows`() async throws {
        try await ClinicDatabase.with { database in
            var clinic = RandomClinic(tenant: database.tenant, seed: 41)
            try await database.live(&clinic, batches: 15)
            var refused = 0
            for _ in 0..<400 where refused < 3 {
                let before = try await database.rowKeys()
                let batch = clinic.nextBatch()
                let outcomes = try await database.store.append(batch, tenant: database.tenant)
                clinic.settle(batch, outcomes)
                guard outcomes.allSatisfy({ !$0.isAppended }) else { continue }
                refused += 1
                #expect(try await database.rowKeys() == before)
            }
            #expect(refused == 3)
        }
    }
}

extension AppendOutcome {
    var isAppended: Bool { if case .appended = self { true } else { false } }

    /// What the outcome says, without the clock.
    var summary: String {
        switch self {
        case .appended(let command): "appended \(command.version) \(command.head)"
        case .duplicate(let command): "duplicate \(command.version) \(command.head)"
        case .fingerprintMismatch: "fingerprint mismatch"
        case .conflict(let expected, let found): "conflict \(expected) \(found)"
        case .unavailable(let constraint): "unavailable \(constraint)"
        case .undecided: "undecided"
        case .failed(let code): "failed \(code.name)"
        }
    }
}

extension ClinicDatabase {
    func liveRows(_ projections: Set<ProjectionName> = Set(ProjectionName.allCases)) async throws
        -> LiveRows
    {
        let tenant = tenant
        return try await pool.withConnection { connection in
            try await connection.transaction { connection in
                try await connection.query(Statements.seePatientsOf(tenant.description))
                return try await LiveRows.read(
                    projections,
                    of: PatientRange(after: PatientRange.lowest, through: PatientRange.highest),
                    tenant: tenant, connection)
            }
        }
    }

    /// The keys of all rows that are never deleted.
    func rowKeys() async throws -> Set<String> {
        let live = try await liveRows()
        let projections: [ProjectionName] = [
            .recheckQueue, .appointments, .subjectReferences, .waitlist,
        ]
        return Set(
            live.patients.values.flatMap { rows in
                projections.flatMap { rows.canonical($0).map(\.key) }
            })
    }
}
