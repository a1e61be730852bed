import EventStore
import Foundation
import Infusion
import InfusionProjections
import ReadModelsConformance
import Testing

@Suite struct InMemoryReadModelsTests {
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `what the append wrote is what a fold of the log gives`(seed: UInt64) async throws {
        let store = MemoryStore()
        let clinic = try await store.live(seed: seed, batches: 60)
        let fold = try await LogFold(of: store.log, tenant: store.tenant)
        for projection in ProjectionName.allCases {
            #expect(store.lines(projection, of: clinic) == fold.lines(projection))
        }
        let behaviour = ReadModelsBehaviour(store.models, tenant: store.tenant)
        try await behaviour.expectPresent(of: fold)
        let head = try await store.log.head(tenant: store.tenant)
        for position in [0, head.value / 2, head.value] {
            try await behaviour.expectCalendarChanges(of: fold, after: Position(position))
        }
    }

    @Test(arguments: 21...26 as ClosedRange<UInt64>)
    func `the past is a fold up to it`(seed: UInt64) async throws {
        let store = MemoryStore()
        let clinic = try await store.live(seed: seed, batches: 40)
        let head = try await store.log.head(tenant: store.tenant)
        let behaviour = ReadModelsBehaviour(store.models, tenant: store.tenant)
        let today = CalendarDate(clinic.now, in: ClinicFacts.zone)
        for position in stride(from: 0, through: head.value, by: max(1, Int(head.value) / 6)) {
            let position = Position(position)
            let fold = try await LogFold(of: store.log, tenant: store.tenant, upTo: position)
            try await behaviour.expectQueue(
                of: fold, at: position, on: [today, today.adding(days: -30)])
            try await behaviour.expectRechecks(of: fold, at: position)
            try await behaviour.expectCalendar(of: fold, at: position)
            try await behaviour.expectWaitlist(of: fold, at: position)
        }
    }
}

@Suite struct `Nurses in memory` {
    @Test(arguments: CapacityBehaviour.all)
    func `a log in memory`(behaviour: CapacityBehaviour) async throws {
        let store = MemoryStore()
        await store.log.open(store.tenant)
        try await behaviour.exercise(
            CapacityBehaviour.Logs(
                patients: store.log, sites: InMemoryPlainLog(store.log), tenant: store.tenant))
    }
}

/// The in-memory log together with its read models.
struct MemoryStore {
    let tenant = TenantID(UUID())
    let models = InMemoryReadModels()
    let log: InMemoryEventLog<PatientChanges>

    init() {
        let models = models
        log = InMemoryEventLog(
            clock: { Timestamp(microsecondsSinceUnixEpoch: 0) },
            reserve: { models.reserve($0, tenant: $1, versionOf: $2) },
            apply: { models.apply($0, $1, tenant: $2) })
    }

    func live(seed: UInt64, batches: Int) async throws -> RandomClinic {
        await log.open(tenant)
        var clinic = RandomClinic(tenant: tenant, seed: seed)
        for _ in 0..<batches {
            let batch = clinic.nextBatch()
            clinic.settle(batch, try await log.append(batch, tenant: tenant))
        }
        return clinic
    }

    func lines(_ projection: ProjectionName, of clinic: RandomClinic) -> [String] {
        clinic.patients.sorted { $0.description < $1.description }
            .flatMap { models.rows(of: $0, tenant: tenant)?.canonical(projection) ?? [] }
            .map(\.description)
    }
}
