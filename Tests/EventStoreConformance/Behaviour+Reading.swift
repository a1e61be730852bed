internal import EventStore
internal import Foundation
internal import Testing

extension EventLogBehaviour {
    static let reading: [EventLogBehaviour] = [
        EventLogBehaviour("pages of any size add up to the whole") { log, tenant in
            let sample = Sample()
            for version: Int64 in 0..<10 {
                _ = try await log.mustAppend(sample.append(at: version), tenant)
                _ = try await log.mustAppend(Sample().append(at: 0), tenant)
            }
            let whole = try await log.readAll(tenant: tenant, after: .start, limit: 100)
            #expect(whole.map(\.position.value) == Array(1...20))
            for page in [1, 3, 20, 21] {
                #expect(try await log.everything(tenant, page: page) == whole)
            }
            let stream = try await log.read(
                sample.stream, tenant: tenant, after: StreamVersion(4), limit: 3)
            #expect(stream.map(\.version.value) == [5, 6, 7])
            #expect(
                try await log.read(
                    sample.stream, tenant: tenant, after: StreamVersion(10), limit: 3) == [])
            #expect(try await log.readAll(tenant: tenant, after: Position(99), limit: 3) == [])
        },
        EventLogBehaviour("headings are the events without their payloads") { log, tenant in
            for _ in 0..<4 {
                _ = try await log.mustAppend(Sample().append(at: 0, events: 3), tenant)
            }
            let events = try await log.everything(tenant)
            let asked = [9, 2, 2, 12, 0, 13].map { Position($0) }
            let found = try await log.headings(at: asked, tenant: tenant)
            #expect(
                found
                    == [2, 9, 12].map { place in
                        let event = events[place - 1]
                        return EventHeading(
                            position: event.position, type: event.data.type,
                            effectiveAt: event.data.effectiveAt, recordedAt: event.recordedAt)
                    })
            #expect(try await log.headings(at: [], tenant: tenant) == [])
            let many = (1...EventLogLimits.eventsPerPage + 1).map { Position(Int64($0)) }
            await expect(.limitExceeded) { _ = try await log.headings(at: many, tenant: tenant) }
        },
        EventLogBehaviour("knownAt is the last position recorded by then") { log, tenant in
            for _ in 0..<12 {
                _ = try await log.mustAppend(Sample().append(at: 0, events: 2), tenant)
            }
            let events = try await log.everything(tenant)
            let times = Set(events.map(\.recordedAt)).sorted()
            for time in times {
                for offset: Int64 in [-1, 0, 1] {
                    let instant = Timestamp(
                        microsecondsSinceUnixEpoch: time.microsecondsSinceUnixEpoch + offset)
                    let expected = events.last { $0.recordedAt <= instant }?.position ?? .start
                    #expect(
                        try await log.position(knownAt: instant, tenant: tenant) == expected)
                }
            }
            let range = EventLogLimits.instants
            #expect(try await log.position(knownAt: range.lowerBound, tenant: tenant) == .start)
            #expect(
                try await log.position(knownAt: range.upperBound, tenant: tenant) == Position(24))
        },
    ]

    static let tailing: [EventLogBehaviour] = [
        EventLogBehaviour("a tail sees every position once and in order, and then what comes") {
            log, tenant in
            for _ in 0..<10 { _ = try await log.mustAppend(Sample().append(at: 0), tenant) }
            let tail = makeTail(log, tenant, after: .start)
            let seen = try await withThrowingTaskGroup(of: [Int64].self) { group in
                group.addTask { try await take(30, of: tail) }
                for _ in 0..<20 { _ = try await log.mustAppend(Sample().append(at: 0), tenant) }
                return try await group.next() ?? []
            }
            #expect(seen == Array(1...30))
        },
        EventLogBehaviour("a tail begins behind its checkpoint") { log, tenant in
            for _ in 0..<10 { _ = try await log.mustAppend(Sample().append(at: 0), tenant) }
            let checkpoint = TailCheckpoint(position: Position(6), logEpoch: 1)
            #expect(
                try await take(4, of: makeTail(log, tenant, after: checkpoint)) == [7, 8, 9, 10])
        },
        EventLogBehaviour("a checkpoint beyond the head is an alarm") { log, tenant in
            _ = try await log.mustAppend(Sample().append(at: 0), tenant)
            let tail = makeTail(
                log, tenant, after: TailCheckpoint(position: Position(2), logEpoch: nil))
            await expect(.checkpointBeyondHead) { _ = try await take(1, of: tail) }
        },
        EventLogBehaviour("a checkpoint of another epoch is an alarm") { log, tenant in
            _ = try await log.mustAppend(Sample().append(at: 0, events: 3), tenant)
            let tail = makeTail(
                log, tenant, after: TailCheckpoint(position: Position(2), logEpoch: 9))
            await expect(.logDiverged) { _ = try await take(1, of: tail) }
        },
        EventLogBehaviour("a cancelled tail ends") { log, tenant in
            let tail = makeTail(log, tenant, after: .start)
            let reading = Task { try await take(1, of: tail) }
            reading.cancel()
            let seen = try await reading.value
            #expect(seen == [])
        },
    ]
}

private func makeTail<Log: EventLog>(
    _ log: Log, _ tenant: TenantID, after checkpoint: TailCheckpoint
) -> any AsyncSequence<[RecordedEvent], EventLogError> & Sendable {
    EventTail(
        log, tenant: tenant, after: checkpoint, pageEvents: 4, pollInterval: .milliseconds(2))
}

private func take(
    _ count: Int, of tail: any AsyncSequence<[RecordedEvent], EventLogError> & Sendable
) async throws -> [Int64] {
    var seen: [Int64] = []
    for try await batch in tail {
        seen += batch.map(\.position.value)
        if seen.count >= count { break }
    }
    return seen
}
