internal import EventStore
internal import Foundation
internal import Testing

extension EventLogBehaviour {
    static let writing: [EventLogBehaviour] = [
        EventLogBehaviour("an empty log is empty") { log, tenant in
            let head = try await log.head(tenant: tenant)
            #expect(head == .start)
            #expect(try await log.readAll(tenant: tenant, after: .start, limit: 10) == [])
            let stream = Sample().stream
            #expect(try await log.read(stream, tenant: tenant, after: .none, limit: 10) == [])
            #expect(try await log.command(CommandID(UUID()), tenant: tenant) == nil)
            #expect(try await log.append([], tenant: tenant) == [])
        },
        EventLogBehaviour("what was appended is read back in every field") { log, tenant in
            let sample = Sample()
            let cause = try await log.mustAppend(sample.append(at: 0, events: 2), tenant)
            let append = sample.append(at: 2, events: 3, causation: Position(1))
            let command = try await log.mustAppend(append, tenant)
            #expect(cause.positions == Position(1)...Position(2))
            #expect(command.positions == Position(3)...Position(5))
            #expect(command.version == StreamVersion(5))
            #expect(command.head == Position(5))
            #expect(command.answer == append.answer)
            let events = try await log.read(
                sample.stream, tenant: tenant, after: StreamVersion(2), limit: 10)
            let expected = append.events.enumerated().map { index, data in
                RecordedEvent(
                    tenant: tenant, position: Position(Int64(3 + index)), stream: sample.stream,
                    version: StreamVersion(Int64(3 + index)), commandID: append.commandID,
                    data: data, metadata: append.metadata, recordedAt: command.recordedAt,
                    logEpoch: 1)
            }
            #expect(events == expected)
        },
        EventLogBehaviour("a payload is kept byte for byte, whatever the bytes") { log, tenant in
            let payloads: [[UInt8]] = [
                [], [0], Array(0...255), Array("{\"ä\":\"\u{1F9EA}\"}".utf8),
                [UInt8](repeating: 0x20, count: EventLogLimits.payloadBytes),
            ]
            for payload in payloads {
                _ = try await log.mustAppend(Sample().append(at: 0, payload: payload), tenant)
            }
            #expect(try await log.everything(tenant).map(\.data.payload) == payloads)
        },
        EventLogBehaviour("a command without events is remembered") { log, tenant in
            let sample = Sample()
            _ = try await log.mustAppend(sample.append(at: 0), tenant)
            let idle = sample.append(at: 1, events: 0, answer: "nothing to do")
            let command = try await log.mustAppend(idle, tenant)
            #expect(command.positions == nil)
            #expect(command.version == StreamVersion(1))
            #expect(command.head == Position(1))
            #expect(try await log.append([idle], tenant: tenant) == [.duplicate(command)])
            #expect(try await log.command(idle.commandID, tenant: tenant) == command)
            // Its version is checked all the same.
            let stale = sample.append(at: 0, events: 0)
            #expect(
                try await log.append([stale], tenant: tenant)
                    == [.conflict(expected: .none, found: StreamVersion(1))])
        },
        EventLogBehaviour("a batch of the largest size is appended in order") { log, tenant in
            let samples = (0..<EventLogLimits.appendsPerBatch).map { _ in Sample() }
            let outcomes = try await log.append(
                samples.map { $0.append(at: 0) }, tenant: tenant)
            #expect(outcomes.count == samples.count)
            let positions = outcomes.compactMap { $0.appended?.positions?.lowerBound.value }
            #expect(positions == (1...Int64(samples.count)).map { $0 })
            #expect(outcomes.allSatisfy { $0.appended?.head == $0.appended?.positions?.upperBound })
            let events = try await log.everything(tenant, page: 300)
            #expect(events.map(\.stream) == samples.map(\.stream))
        },
        EventLogBehaviour("a batch is one moment, and time never runs against position") {
            log, tenant in
            for size in [3, 1, 2] {
                let batch = (0..<size).map { _ in Sample().append(at: 0, events: 2) }
                let outcomes = try await log.append(batch, tenant: tenant)
                #expect(Set(outcomes.compactMap { $0.appended?.recordedAt }).count == 1)
            }
            let times = try await log.everything(tenant).map(\.recordedAt)
            #expect(times == times.sorted())
        },
        EventLogBehaviour("instants at both ends of the range are kept") { log, tenant in
            let range = EventLogLimits.instants
            let instants = [range.lowerBound, range.upperBound]
            for instant in instants {
                let event = EventData(
                    type: "t", payloadVersion: .max, payload: [], effectiveAt: instant)
                let append = Append(
                    commandID: CommandID(UUID()), fingerprint: [], stream: Sample().stream,
                    expected: .none, events: [event],
                    metadata: EventMetadata(
                        actor: "", correlationID: UUID(), causation: nil, ruleSet: ""),
                    answer: [])
                _ = try await log.mustAppend(append, tenant)
            }
            #expect(try await log.everything(tenant).map(\.data.effectiveAt) == instants)
        },
    ]
}
