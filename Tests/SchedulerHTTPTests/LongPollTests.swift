import EventStore
import Foundation
import HTTPTypes
import InfusionApplication
import InfusionWire
import Testing

@testable import SchedulerHTTP

/// The feed as a long poll.
@Suite struct LongPollTests {
    static var limits: HTTPLimits {
        var limits = HTTPLimits()
        limits.feedPoll = .milliseconds(20)
        return limits
    }

    static func positions(_ answer: Answer) -> [JSON?] {
        answer.json["events"]?.elements.map { $0["position"] } ?? []
    }

    @Test func `what is there already is answered at once`() async throws {
        var limits = Self.limits
        limits.feedPoll = .seconds(3_600)
        try await withAPI(limits: limits) { api in
            api.stub.set { $0.events = (1...5).map { Samples.recorded(version: $0, position: $0) } }
            let answer = try await api.get("/v1/events?after=2&wait=60&limit=2")
            #expect(answer.status == 200)
            #expect(Self.positions(answer) == [3, 4])
            #expect(answer.json["next"] == 4)
            #expect(answer.json["position"] == 5)
        }
    }

    @Test(arguments: [true, false])
    func `an event that comes meanwhile is answered, hinted at or not`(isHinted: Bool) async throws
    {
        var limits = Self.limits
        if isHinted { limits.feedPoll = .seconds(3_600) }
        let hints = ToldHints()
        try await withAPI(limits: limits, wakeUps: isHinted ? hints : PollingOnly()) { api in
            async let waiting = api.get("/v1/events?after=0&wait=60")
            try await FeedTests.isRead(api.stub, times: 1)
            api.stub.set { $0.events = [Samples.recorded(version: 1, position: 1)] }
            hints.hint()
            let answer = try await waiting
            #expect(Self.positions(answer) == [1])
            #expect(answer.json["next"] == 1)
            #expect(answer.header("Ferrovia-Position") == "1")
        }
    }

    @Test func `when the time is over the page is empty`() async throws {
        try await withAPI(limits: Self.limits) { api in
            api.stub.set { $0.events = [Samples.recorded(version: 1, position: 1)] }
            let answer = try await api.get("/v1/events?after=1&wait=1")
            #expect(answer.status == 200)
            #expect(Self.positions(answer).isEmpty)
            #expect(answer.json["next"] == 1)
            #expect(answer.json["position"] == 1)
        }
    }

    /// Longer than a request may take otherwise, which is long enough for a machine with other work.
    @Test func `the time it waits does not count as time for the answer`() async throws {
        var limits = Self.limits
        limits.requestTime = .seconds(30)
        try await withAPI(limits: limits) { api in
            let answer = try await api.get("/v1/events?wait=31")
            #expect(answer.status == 200)
        }
    }

    @Test(arguments: ["-1", "61", "soon", "1.5", ""])
    func `how long is said in whole seconds up to the limit`(wait: String) async throws {
        try await withAPI(limits: Self.limits) { api in
            let answer = try await api.get("/v1/events?wait=\(wait)")
            #expect(answer.status == 400)
            #expect(answer.code == "invalid-parameter")
            #expect(answer.text.contains("0 to 60 seconds"))
        }
    }

    @Test func `a reader of another log is told, and does not wait`() async throws {
        try await withAPI(limits: Self.limits) { api in
            api.stub.set { $0.events = [Samples.recorded(version: 1, position: 1)] }
            let answer = try await api.get("/v1/events?after=9&wait=60")
            #expect(answer.status == 409)
            #expect(answer.code == "beyond-the-head")
        }
    }

    @Test func `a failing store is a problem, and the next one asks again`() async throws {
        try await withAPI(limits: Self.limits) { api in
            async let waiting = api.get("/v1/events?wait=60")
            try await FeedTests.isRead(api.stub, times: 1)
            api.stub.set { $0.failure = .store(EventLogError(.unavailable, "gone")) }
            #expect(try await waiting.code == "store-unavailable")
            api.stub.set { state in
                state.failure = nil
                state.events = [Samples.recorded(version: 1, position: 1)]
            }
            #expect(try await Self.positions(api.get("/v1/events?wait=60")) == [1])
        }
    }

    @Test func `who waits takes a place`() async throws {
        var limits = Self.limits
        limits.subscribersPerTenantMaximum = 1
        try await withAPI(limits: limits) { api in
            async let first = api.get("/v1/events?wait=60")
            try await FeedTests.isRead(api.stub, times: 1)
            let second = try await api.get("/v1/events?wait=1")
            #expect(second.code == "too-many-subscribers")
            #expect(second.json["detail"] == "at most 1 at a time of this clinic")
            #expect(try await api.get("/v1/events").status == 200)
            api.stub.set { $0.events = [Samples.recorded(version: 1, position: 1)] }
            _ = try await first
        }
    }
}
