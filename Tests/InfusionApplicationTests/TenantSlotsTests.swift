import EventStore
import EventStoreConformance
import Foundation
import Infusion
import InfusionProjections
import Synchronization
import TestClinic
import Testing

@testable import InfusionApplication

@Suite struct TenantSlotsTests {
    private let tenants = (TenantID(UUID()), TenantID(UUID()))

    @Test func `who finds no slot waits, and gets the next that is given back, in order`()
        async throws
    {
        let slots = TenantSlots(slots: 2, places: 10)
        try await slots.enter(tenants.0)
        try await slots.enter(tenants.0)
        let entered = Names()
        var waiting: [Task<Void, any Error>] = []
        for name in ["a", "b", "c"] {
            waiting.append(
                Task {
                    try await slots.enter(tenants.0)
                    entered.add(name)
                })
            // So that they come in this order.
            try await Task.sleep(for: .milliseconds(30))
        }
        #expect(entered.all.isEmpty)
        for (index, name) in ["a", "b", "c"].enumerated() {
            slots.leave(tenants.0)
            try await waiting[index].value
            #expect(entered.all.last == name)
            #expect(entered.all.count == index + 1)
        }
        // All that were in leave, and there is room again.
        slots.leave(tenants.0)
        slots.leave(tenants.0)
        try await slots.enter(tenants.0)
        try await slots.enter(tenants.0)
    }

    @Test func `one tenant's wait is not another's`() async throws {
        let slots = TenantSlots(slots: 1, places: 1)
        try await slots.enter(tenants.0)
        let waiting = Task { [tenants] in try await slots.enter(tenants.0) }
        try await Task.sleep(for: .milliseconds(30))
        do throws(ApplicationError) {
            try await slots.enter(tenants.0)
            Issue.record("there was no place to wait")
        } catch {
            if case .store(let problem) = error {
                #expect(problem.code == .overloaded)
            } else {
                Issue.record("expected .store, got \(error)")
            }
        }
        try await slots.enter(tenants.1)
        slots.leave(tenants.0)
        try await waiting.value
    }

    @Test func `no more patients than there are slots are at the log, and all are answered`()
        async throws
    {
        let clinic = try await MemoryClinic()
        let count = ApplicationLimits.patientsAtOnce + 40
        var patients: [PatientID] = []
        for number in 0..<count { patients.append(try await clinic.register("\(number)")) }
        let log = CountingLog(clinic.log)
        let service = clinic.useCases(over: log)
        let requests = patients.map { patient in
            clinic.request(
                .recordMeasurements(
                    weight: Kilograms(70), height: nil, at: clinic.clock.now),
                to: .patient(patient))
        }
        let answered = try await withThrowingTaskGroup(of: CommandReceipt.self) { group in
            for request in requests { group.addTask { try await service.handle(request) } }
            return try await group.reduce(into: 0) { count, _ in count += 1 }
        }
        #expect(answered == count)
        #expect(log.most == ApplicationLimits.patientsAtOnce)
    }
}

private final class Names: Sendable {
    private let names = Mutex<[String]>([])
    var all: [String] { names.withLock { $0 } }
    func add(_ name: String) { names.withLock { $0.append(name) } }
}

/// How many batches it was given at once. Each waits until as many as may have come, and for a moment more: one too
/// many would be there then.
private final class CountingLog: ForwardingLog {
    typealias InlineChanges = PatientChanges

    let base: InMemoryEventLog<PatientChanges>
    private let counts = Mutex((now: 0, most: 0, isOpen: false))

    init(_ base: InMemoryEventLog<PatientChanges>) { self.base = base }

    var most: Int { counts.withLock { $0.most } }

    func append(
        _ batch: [Append<PatientChanges>], tenant: TenantID
    ) async throws(EventLogError) -> [AppendOutcome] {
        let isLast = counts.withLock { counts in
            counts.now += 1
            counts.most = max(counts.most, counts.now)
            return !counts.isOpen && counts.now == ApplicationLimits.patientsAtOnce
        }
        if isLast {
            try? await Task.sleep(for: .milliseconds(50))
            counts.withLock { $0.isOpen = true }
        }
        // A minute at least: with too few slots it never opens.
        for _ in 0..<12_000 where !counts.withLock({ $0.isOpen }) {
            try? await Task.sleep(for: .milliseconds(5))
        }
        counts.withLock { $0.now -= 1 }
        return try await base.append(batch, tenant: tenant)
    }
}
