import EventStore
import EventStoreConformance
import Foundation
import PostgresEventStore
import Testing

/// Two judgements written apart, in Swift and in SQL, must say the same of any batch.
@Suite struct `Random batches` {
    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func `are judged alike in memory and in PostgreSQL`(seed: UInt64) async throws {
        try await LogDatabase.with { database in
            let memory = InMemoryEventLog<NoChanges>(
                clock: { Timestamp(microsecondsSinceUnixEpoch: 0) })
            await memory.open(database.tenant)
            var random = SplitMix(state: seed)
            var world = RandomWorld()
            for round in 0..<60 {
                let batch = world.batch(&random)
                let expected = try await memory.append(batch, tenant: database.tenant)
                let found = try await database.store.append(batch, tenant: database.tenant)
                let differs = zip(found, expected).enumerated().first {
                    $0.element.0.timeless != $0.element.1.timeless
                }
                #expect(
                    differs == nil && found.count == expected.count,
                    "round \(round), append \(differs?.offset ?? -1)")
                guard differs == nil else { return }
                world.learn(batch, expected)
            }
            let expected = try await memory.everything(database.tenant, page: 500)
            let found = try await database.store.everything(database.tenant, page: 500)
            let isSame = found.map(\.timeless) == expected.map(\.timeless)
            #expect(isSame)
        }
    }
}

/// Few streams and few ids, so that conflicts, chains, duplicates and mismatches are common.
private struct RandomWorld {
    private var streams = (0..<6).map { _ in Sample("thing") }
    private var versions: [StreamID: Int64] = [:]
    private var ids = (0..<40).map { _ in CommandID(UUID()) }

    mutating func batch(_ random: inout SplitMix) -> [Append<NoChanges>] {
        var guess = versions
        return (0..<Int.random(in: 1...12, using: &random)).map { _ in
            let sample = streams[Int.random(in: 0..<streams.count, using: &random)]
            let count = [0, 1, 1, 1, 2, 5][Int.random(in: 0..<6, using: &random)]
            var expected = guess[sample.stream, default: 0]
            if Int.random(in: 0..<6, using: &random) == 0 {
                expected = max(0, expected + Int64.random(in: -2...2, using: &random))
            }
            guess[sample.stream] = expected + Int64(count)
            let isNew = Int.random(in: 0..<4, using: &random) > 0
            let id = isNew ? CommandID(UUID()) : ids[Int.random(in: 0..<ids.count, using: &random)]
            let isOdd = Int.random(in: 0..<12, using: &random) == 0
            return sample.append(
                id, at: expected, events: count, fingerprint: isOdd ? [9] : [1],
                answer: "answer \(expected)",
                category: Int.random(in: 0..<40, using: &random) == 0 ? "other" : nil)
        }
    }

    mutating func learn(_ batch: [Append<NoChanges>], _ outcomes: [AppendOutcome]) {
        for (append, outcome) in zip(batch, outcomes) {
            if let command = outcome.appended { versions[append.stream] = command.version.value }
        }
        if versions.count > 4 { streams[0] = Sample("thing") }
    }
}

struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

extension AcceptedCommand {
    fileprivate var timeless: AcceptedCommand {
        AcceptedCommand(
            commandID: commandID, fingerprint: fingerprint, stream: stream, positions: positions,
            version: version, head: head, answer: answer,
            recordedAt: Timestamp(microsecondsSinceUnixEpoch: 0))
    }
}

extension AppendOutcome {
    fileprivate var timeless: AppendOutcome {
        switch self {
        case .appended(let command): .appended(command.timeless)
        case .duplicate(let command): .duplicate(command.timeless)
        case .fingerprintMismatch(let command): .fingerprintMismatch(command.timeless)
        case .conflict, .unavailable, .undecided, .failed: self
        }
    }
}

extension RecordedEvent {
    fileprivate var timeless: RecordedEvent {
        RecordedEvent(
            tenant: tenant, position: position, stream: stream, version: version,
            commandID: commandID, data: data, metadata: metadata,
            recordedAt: Timestamp(microsecondsSinceUnixEpoch: 0), logEpoch: logEpoch)
    }
}
