import EventStore
import Foundation
import HummingbirdTesting
import Synchronization
import Testing

@testable import SchedulerHTTP

/// As many as the limits admit for one clinic, on real sockets.
@Suite struct ThousandSubscribersTests {
    static let subscribers = 1_000
    /// Events there are before anybody comes, that come meanwhile, and that come at the end.
    static let before: Int64 = 40
    static let meanwhile: Int64 = 20
    static let atTheEnd: Int64 = 10

    @Test
    func `a thousand subscribers get every position once and in order, for one reader's queries`()
        async throws
    {
        try #require((OpenFiles.raiseLimit() ?? .max) > 2 * UInt64(Self.subscribers) + 200)
        var limits = HTTPLimits()
        #expect(limits.subscribersPerTenantMaximum >= Self.subscribers)
        limits.feedPoll = .seconds(3_600)
        let hints = ToldHints()
        let closing = Mutex<Task<Void, any Error>?>(nil)
        try await withAPI(limits: limits, setup: .live, wakeUps: hints) { api in
            let port = try #require(api.client.port)
            append(Self.before, api, hints)
            let all = (0..<Self.subscribers).map {
                SocketSubscriber(from: Int64($0) % (Self.before + 1))
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for subscriber in all { group.addTask { try await subscriber.listen(port: port) } }
                for _ in 0..<Self.meanwhile {
                    append(1, api, hints)
                    try await Task.sleep(for: .milliseconds(20))
                }
                try await everybody(all, hasSeen: Self.before + Self.meanwhile)
                #expect(all.allSatisfy { $0.isConnected })

                let reads = api.stub.feedReads
                for count in 1...Self.atTheEnd {
                    append(1, api, hints)
                    try await everybody(all, hasSeen: Self.before + Self.meanwhile + count)
                }
                // One look for each hint; without the shared reader it was one for each subscriber.
                #expect(api.stub.feedReads - reads <= Int(Self.atTheEnd) + 1)

                group.cancelAll()
                while await group.nextResult() != nil {}
            }
            // They see that the service stops after the reader's next look.
            closing.withLock { $0 = Task { try await keepHinting(hints) } }
            let last = Self.before + Self.meanwhile + Self.atTheEnd
            let wrong = all.filter { $0.ids != Array($0.start + 1...last) }
            #expect(wrong.isEmpty, "\(wrong.count) got something else")
        }
        closing.withLock { $0?.cancel() }
    }

    private func keepHinting(_ hints: ToldHints) async throws {
        while true {
            hints.hint()
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private func append(_ count: Int64, _ api: API, _ hints: ToldHints) {
        api.stub.set { state in
            let head = state.events.last?.position.value ?? 0
            state.events += (1...count).map {
                Samples.recorded(version: head + $0, position: head + $0)
            }
        }
        hints.hint()
    }

    private func everybody(_ all: [SocketSubscriber], hasSeen position: Int64) async throws {
        while !all.allSatisfy({ $0.ids.last ?? $0.start >= position }) {
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}
