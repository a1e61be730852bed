import EventStore
import EventStoreConformance
import Foundation
import Synchronization
import Testing

@Suite struct `Appends in groups` {
    let tenant = TenantID(UUID())

    /// Appends one after another, each in the queue before the next one comes.
    private func queue(
        _ appends: [Append<NoChanges>], on log: GroupAppendLog<GatedLog>
    ) async throws -> [Task<[AppendOutcome], any Error>] {
        var tasks: [Task<[AppendOutcome], any Error>] = []
        for append in appends {
            let waiting = await log.waiting(for: tenant)
            tasks.append(Task { try await log.append([append], tenant: tenant) })
            try await wait(for: waiting + 1, on: log)
        }
        return tasks
    }

    private func wait(for count: Int, on log: GroupAppendLog<GatedLog>) async throws {
        while await log.waiting(for: tenant) < count { try await Task.sleep(for: .milliseconds(1)) }
    }

    @Test func `what came while the last one was on its way goes out together`() async throws {
        let gate = GatedLog()
        await gate.base.open(tenant)
        let log = GroupAppendLog(gate)
        let first = Task { try await log.append([Sample().append(at: 0)], tenant: tenant) }
        try await gate.waitForArrival(1)
        let stale = Sample()
        let later = [
            Sample().append(at: 0), stale.append(at: 3), Sample().append(at: 0, events: 2),
        ]
        let tasks = try await queue(later, on: log)
        gate.open()
        #expect(try await first.value[0].appended != nil)
        var outcomes: [AppendOutcome] = []
        for task in tasks { outcomes += try await task.value }
        #expect(gate.sizes == [1, 3])
        #expect(outcomes[1] == .conflict(expected: StreamVersion(3), found: .none))
        for (append, outcome) in zip(later, outcomes) where append.stream != stale.stream {
            #expect(outcome.appended?.commandID == append.commandID)
        }
    }

    @Test func `what goes on from another's append travels with it, what contradicts it does not`()
        async throws
    {
        let gate = GatedLog()
        await gate.base.open(tenant)
        let log = GroupAppendLog(gate)
        let first = Task { try await log.append([Sample().append(at: 0)], tenant: tenant) }
        try await gate.waitForArrival(1)
        let busy = Sample()
        let tasks = try await queue(
            [
                busy.append(at: 0, events: 2), busy.append(at: 2), Sample().append(at: 0),
                busy.append(at: 0), busy.append(at: 3), Sample().append(at: 0),
            ], on: log)
        gate.open()
        _ = try await first.value
        var outcomes: [AppendOutcome] = []
        for task in tasks { outcomes += try await task.value }
        #expect(outcomes[3] == .conflict(expected: .none, found: StreamVersion(3)))
        for index in [0, 1, 2, 5] { #expect(outcomes[index].appended != nil, "\(index)") }
        // It came after the stranger's on its stream, and was not undone by it.
        #expect(outcomes[4].appended != nil)
        #expect(gate.sizes == [1, 4, 1, 1])
    }

    @Test func `a bound batch travels alone`() async throws {
        let gate = GatedLog()
        await gate.base.open(tenant)
        let log = GroupAppendLog(gate)
        let first = Task { try await log.append([Sample().append(at: 0)], tenant: tenant) }
        try await gate.waitForArrival(1)
        let batches = [
            [Sample().append(at: 0)],
            [Sample().append(at: 0).bound(), Sample().append(at: 0).bound()],
            [Sample().append(at: 0)], [Sample().append(at: 0)],
        ]
        var tasks: [Task<[AppendOutcome], any Error>] = []
        for batch in batches {
            tasks.append(Task { try await log.append(batch, tenant: tenant) })
            let waiting = batches.prefix(tasks.count).reduce(0) { $0 + $1.count }
            try await wait(for: waiting, on: log)
        }
        gate.open()
        _ = try await first.value
        for task in tasks {
            let outcomes = try await task.value
            #expect(outcomes.allSatisfy { $0.appended != nil })
        }
        #expect(gate.sizes == [1, 1, 2, 2])
    }

    @Test func `a lone append waits for nobody, and leaves nothing behind`() async throws {
        let gate = GatedLog()
        await gate.base.open(tenant)
        gate.open()
        let log = GroupAppendLog(gate)
        for number in 1...3 {
            _ = try await log.append([Sample().append(at: 0)], tenant: tenant)
            #expect(gate.sizes.count == number)
        }
    }

    @Test func `a group is no larger than its limit, and a caller's batch is never torn`()
        async throws
    {
        let gate = GatedLog()
        await gate.base.open(tenant)
        let log = GroupAppendLog(gate)
        let first = Task { try await log.append([Sample().append(at: 0)], tenant: tenant) }
        try await gate.waitForArrival(1)
        let half = EventLogLimits.appendsPerGroup / 2
        let sizes = [half, half, 1, EventLogLimits.appendsPerGroup + 1]
        var tasks: [Task<Int, any Error>] = []
        for size in sizes {
            tasks.append(
                Task {
                    try await log.append(
                        (0..<size).map { _ in Sample().append(at: 0) }, tenant: tenant
                    ).count
                })
            try await wait(for: sizes.prefix(tasks.count).reduce(0, +), on: log)
        }
        gate.open()
        _ = try await first.value
        for (task, size) in zip(tasks, sizes) { #expect(try await task.value == size) }
        #expect(gate.sizes == [1, half * 2, 1, EventLogLimits.appendsPerGroup + 1])
    }

    @Test func `a failure is everybody's who travelled, and nobody's who comes after`()
        async throws
    {
        let gate = GatedLog()
        await gate.base.open(tenant)
        let log = GroupAppendLog(gate)
        let first = Task { try await log.append([Sample().append(at: 0)], tenant: tenant) }
        try await gate.waitForArrival(1)
        let tasks = try await queue(
            [Sample().append(at: 0), Sample().append(at: 0)], on: log)
        gate.failing = EventLogError(.outcomeUnknown, "the connection was lost")
        gate.open()
        for task in [first] + tasks {
            let error = await #expect(throws: EventLogError.self) { try await task.value }
            #expect(error?.code == .outcomeUnknown)
        }
        gate.failing = nil
        let after = try await log.append([Sample().append(at: 0)], tenant: tenant)
        #expect(after[0].appended != nil)
    }

    @Test func `whoever finds the queue full is told so, and nothing of theirs is written`()
        async throws
    {
        let gate = GatedLog()
        await gate.base.open(tenant)
        let log = GroupAppendLog(gate)
        let first = Task { try await log.append([Sample().append(at: 0)], tenant: tenant) }
        try await gate.waitForArrival(1)
        let batch = EventLogLimits.appendsPerBatch
        var tasks: [Task<[AppendOutcome], any Error>] = []
        for _ in 0..<(EventLogLimits.appendsQueued / batch) {
            tasks.append(
                Task {
                    try await log.append(
                        (0..<batch).map { _ in Sample().append(at: 0) }, tenant: tenant)
                })
        }
        try await wait(for: EventLogLimits.appendsQueued / batch * batch, on: log)
        let more = (0..<batch).map { _ in Sample().append(at: 0) }
        let error = await #expect(throws: EventLogError.self) {
            try await log.append(more, tenant: tenant)
        }
        #expect(error?.code == .overloaded)
        // Another tenant has a queue of its own.
        let other = TenantID(UUID())
        await gate.base.open(other)
        let elsewhere = Task { try await log.append([Sample().append(at: 0)], tenant: other) }
        try await gate.waitForArrival(2)
        gate.open()
        #expect(try await elsewhere.value[0].appended != nil)
        _ = try await first.value
        for task in tasks { #expect(try await task.value.count == batch) }
        #expect(
            try await gate.base.head(tenant: tenant)
                == Position(Int64(1 + EventLogLimits.appendsQueued / batch * batch)))
    }

    @Test func `whoever finds it too heavy is told so as well`() async throws {
        let gate = GatedLog()
        await gate.base.open(tenant)
        let log = GroupAppendLog(gate)
        let first = Task { try await log.append([Sample().append(at: 0)], tenant: tenant) }
        try await gate.waitForArrival(1)
        // One payload, held many times over.
        let payload = [UInt8](repeating: 0x20, count: EventLogLimits.payloadBytes)
        let events = EventLogLimits.bytesPerBatch / payload.count - 1
        func heavy() -> Append<NoChanges> {
            Sample().append(at: 0, events: events, payload: payload)
        }
        let room = EventLogLimits.bytesQueued / heavy().bytes
        let tasks = try await queue((0..<room).map { _ in heavy() }, on: log)
        let error = await #expect(throws: EventLogError.self) {
            try await log.append([heavy()], tenant: tenant)
        }
        #expect(error?.code == .overloaded)
        // There are few of them; the light one still fits, and no two of the heavy ones travel together.
        let light = Task { try await log.append([Sample().append(at: 0)], tenant: tenant) }
        try await wait(for: room + 1, on: log)
        gate.open()
        _ = try await first.value
        for task in tasks { #expect(try await task.value[0].appended != nil) }
        #expect(try await light.value[0].appended != nil)
        #expect(gate.sizes.count >= room + 1)
    }

    /// What it carries for projections counts as what it writes does.
    @Test func `the weight of an append is that of all it carries`() throws {
        struct Heavy: ProjectionChanges { let bytes: Int }
        func append(carrying bytes: Int) -> Append<Heavy> {
            let plain = Sample().append(at: 0, subject: .tokens([[UInt8](repeating: 1, count: 32)]))
            return Append<Heavy>(
                commandID: plain.commandID, fingerprint: plain.fingerprint, stream: plain.stream,
                expected: plain.expected, events: plain.events, metadata: plain.metadata,
                answer: plain.answer, subject: plain.subject, changes: Heavy(bytes: bytes))
        }
        let event = Sample.event(0)
        let written =
            event.payload.count + event.type.utf8.count + "ok".utf8.count + 3 + 32
        #expect(append(carrying: 0).bytes == written)
        let most = EventLogLimits.bytesPerBatch - written
        #expect(append(carrying: most).bytes == EventLogLimits.bytesPerBatch)
        try AppendAdmission.checkSize([append(carrying: most)])
        let error = #expect(throws: EventLogError.self) {
            try AppendAdmission.checkSize([append(carrying: most + 1)])
        }
        #expect(error?.code == .limitExceeded)
    }

    @Test func `what is in the queue is sent, whatever becomes of its caller`() async throws {
        let gate = GatedLog()
        await gate.base.open(tenant)
        let log = GroupAppendLog(gate)
        let first = Task { try await log.append([Sample().append(at: 0)], tenant: tenant) }
        try await gate.waitForArrival(1)
        let waiting = try await queue([Sample().append(at: 0)], on: log)
        waiting[0].cancel()
        gate.open()
        _ = try await first.value
        #expect(try await waiting[0].value[0].appended != nil)
        #expect(try await gate.base.head(tenant: tenant) == Position(2))
    }
}

/// A log that lets nobody append until it is opened, and remembers how many came at a time.
final class GatedLog: ForwardingLog {
    typealias InlineChanges = NoChanges

    let base = InMemoryEventLog<NoChanges>(clock: TestClock().now)
    private let state = Mutex<(sizes: [Int], isOpen: Bool, failing: EventLogError?)>(
        ([], false, nil))

    var sizes: [Int] { state.withLock { $0.sizes } }
    var failing: EventLogError? {
        get { state.withLock { $0.failing } }
        set { state.withLock { $0.failing = newValue } }
    }

    func open() { state.withLock { $0.isOpen = true } }

    func waitForArrival(_ count: Int) async throws {
        while sizes.count < count { try await Task.sleep(for: .milliseconds(1)) }
    }

    func append(
        _ batch: [Append<NoChanges>], tenant: TenantID
    ) async throws(EventLogError) -> [AppendOutcome] {
        state.withLock { $0.sizes.append(batch.count) }
        while !state.withLock({ $0.isOpen }) { try? await Task.sleep(for: .milliseconds(1)) }
        if let failing { throw failing }
        return try await base.append(batch, tenant: tenant)
    }
}
