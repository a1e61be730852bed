import EventStore
import Foundation
import Infusion
import InfusionApplication
import NIOCore
import Synchronization
import Testing

@testable import SchedulerHTTP

/// One reader for everybody at the end of a log.
@Suite struct TenantFeedTests {
    private let stub = StubUseCases()
    private let hints = ToldHints()

    private var source: FeedSource {
        FeedSource(
            useCases: stub,
            actor: Actor(
                subject: "reader", tenant: Samples.tenant, role: .system, scopes: [.eventRead]))
    }

    private func feed(keeping bytes: Int = 1_048_576, page: Int = 2) -> TenantFeed {
        var limits = HTTPLimits()
        limits.feedKeptBytes = bytes
        limits.feedPage = page
        return TenantFeed(
            tenant: Samples.tenant, wakeUps: hints, limits: limits, isFollowed: { true })
    }

    private func append(_ count: Int64) {
        stub.set { state in
            let head = state.events.last?.position.value ?? 0
            state.events += (1...count).map {
                Samples.recorded(version: head + $0, position: head + $0)
            }
        }
        hints.hint()
    }

    /// Follows by the rule every subscriber follows by, until it has seen a position.
    private func follow(
        _ feed: TenantFeed, from start: Int64, to last: Int64, pause: Duration = .zero
    ) async throws -> [Int64] {
        var seen: [Int64] = []
        var position = Position(start)
        while position.value < last {
            let page: FeedPage
            switch try await feed.next(after: position, from: source) {
            case .page(let found): page = found
            case .nothing: continue
            case .behind:
                page = FeedPage(
                    after: position,
                    events: try await feed.readBehind(after: position, limit: 3, from: source))
            }
            seen += page.events.map(\.position.value)
            position = page.last
            try await Task.sleep(for: pause)
        }
        return seen
    }

    @Test func `everybody gets every position once, in order, wherever they begin`() async throws {
        append(7)
        let feed = feed()
        try await withThrowingTaskGroup(of: (Int64, [Int64]).self) { group in
            for reader in 0..<40 as Range<Int64> {
                group.addTask {
                    let start = reader % 8
                    return (start, try await follow(feed, from: start, to: 40))
                }
            }
            for count in 1...33 as ClosedRange<Int64> where count % 3 == 0 {
                append(3)
                try await Task.sleep(for: .milliseconds(count % 4))
            }
            for try await (start, seen) in group { #expect(seen == Array(start + 1...40)) }
        }
    }

    @Test func `who is slower than what is kept reads for itself`() async throws {
        append(1)
        let feed = feed(keeping: 1, page: 1)
        async let slow = follow(feed, from: 1, to: 60, pause: .milliseconds(5))
        async let fast = follow(feed, from: 1, to: 60)
        for _ in 0..<59 {
            append(1)
            try await Task.sleep(for: .milliseconds(1))
        }
        #expect(try await fast == Array(2...60))
        #expect(try await slow == Array(2...60))
    }

    @Test func `what is kept is bounded`() async throws {
        append(1)
        let one = FeedPage(after: .start, events: [Samples.recorded(version: 1, position: 1)])
        let feed = feed(keeping: one.text.readableBytes * 10)
        _ = try await feed.next(after: Position(1), from: source)
        async let follower = follow(feed, from: 1, to: 500)
        append(499)
        _ = try await follower
        guard case .behind = try await feed.next(after: Position(400), from: source) else {
            Issue.record("position 401 is still kept")
            return
        }
        guard case .page(let page) = try await feed.next(after: Position(499), from: source) else {
            Issue.record("position 500 is not kept")
            return
        }
        #expect(page.events.map(\.position.value) == [500])
    }

    @Test func `a look is one query, however many wait`() async throws {
        append(1)
        let feed = feed(page: 100)
        _ = try await feed.next(after: Position(1), from: source)
        let before = stub.feedReads
        try await withThrowingTaskGroup(of: [Int64].self) { group in
            for _ in 0..<500 {
                group.addTask { try await follow(feed, from: 1, to: 21) }
            }
            for _ in 0..<20 {
                append(1)
                try await Task.sleep(for: .milliseconds(5))
            }
            for try await seen in group { #expect(seen == Array(2...21)) }
        }
        // One for each hint, and one that the last hint may have come too late for.
        #expect(stub.feedReads - before <= 21)
    }

    @Test func `those who are behind take turns, and each has its turn`() async throws {
        append(30)
        let feed = feed()
        _ = try await feed.end(from: source)
        try await withThrowingTaskGroup(of: [Int64].self) { group in
            for _ in 0..<200 { group.addTask { try await follow(feed, from: 0, to: 30) } }
            for try await seen in group { #expect(seen == Array(1...30)) }
        }
        #expect(stub.feedReadsAtOnce <= HTTPLimits().feedReadsMaximum + 1)
    }

    /// The log ends earlier than before; then it grows again, under another epoch.
    private func cut(to last: Int64, regrowingTo end: Int64) {
        stub.set { state in
            state.events.removeAll { $0.position.value > last }
            guard end > last else { return }
            state.events += (last + 1...end).map {
                Samples.recorded(version: $0, position: $0, epoch: 2)
            }
        }
        hints.hint()
    }

    /// Shorter, as long as it was, and longer: who reads on gets what there is, and what was kept of before is
    /// gone.
    @Test(arguments: [3, 5, 9] as [Int64])
    func `after a cut the reader begins anew, and keeps nothing of what is gone`(
        end: Int64
    ) async throws {
        append(5)
        let feed = feed(page: 10)
        #expect(try await feed.end(from: source) == Position(5))
        async let following = follow(feed, from: 5, to: 7)
        append(2)
        #expect(try await following == [6, 7])

        cut(to: 3, regrowingTo: end)
        // Whether a look was under way or not, the one after the next has seen it.
        for _ in 0..<3 {
            hints.hint()
            _ = try? await feed.next(after: Position(20), from: source)
        }
        #expect(try await feed.end(from: source) == Position(end))
        let seen = try await follow(feed, from: 3, to: end)
        #expect(seen == Array(4..<end + 1))
        let before = TailCheckpoint(position: Position(3), logEpoch: 1)
        try await feed.verify(before, from: source)
        for position in [5, 7] as [Int64] {
            let reached = TailCheckpoint(position: Position(position), logEpoch: 1)
            let problem = await #expect(throws: Problem.self) {
                try await feed.verify(reached, from: source)
            }
            #expect(problem?.code == "beyond-the-head")
        }
    }

    @Test func `a position that is missing is sent to nobody`() async throws {
        append(5)
        let feed = feed(page: 10)
        _ = try await feed.end(from: source)
        stub.set { $0.events.append(Samples.recorded(version: 7, position: 7)) }
        let error = await #expect(throws: ApplicationError.self) {
            for _ in 0..<10 {
                hints.hint()
                if case .page = try await feed.next(after: Position(5), from: source) {
                    Issue.record("position 7 was sent")
                }
            }
        }
        guard case .store(let failure) = error else { return }
        #expect(failure.code == .positionMissing)
    }

    @Test func `a reader that is cancelled while it waits lets go`() async throws {
        append(1)
        let feed = feed()
        let waiting = Task { try await feed.next(after: Position(1), from: source) }
        try await FeedTests.isRead(stub, times: 1)
        waiting.cancel()
        _ = try? await waiting.value
    }
}
