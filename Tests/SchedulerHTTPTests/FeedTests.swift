import EventStore
import Foundation
import HTTPTypes
import InfusionApplication
import InfusionWire
import Testing

@testable import SchedulerHTTP

/// The feed as server-sent events; subscriptions here are short so that they end.
@Suite struct FeedTests {
    static let stream = ["Accept": "text/event-stream"]

    static func limits(_ milliseconds: Int) -> HTTPLimits {
        var limits = HTTPLimits()
        limits.subscriptionTime = .milliseconds(milliseconds)
        limits.feedPoll = .milliseconds(20)
        limits.heartbeat = .milliseconds(50)
        limits.feedPage = 2
        return limits
    }

    static func ids(_ text: String) -> [String] {
        text.split(separator: "\n").filter { $0.hasPrefix("id: ") }.map { String($0.dropFirst(4)) }
    }

    @Test func `every event comes once, in order, its position as id`() async throws {
        try await withAPI(limits: Self.limits(150)) { api in
            api.stub.set { state in
                state.events = (1...5).map { Samples.recorded(version: $0, position: $0) }
            }
            let answer = try await api.send(.get, "/v1/events?after=1", headers: Self.stream)
            #expect(answer.status == 200)
            #expect(answer.header("Content-Type") == "text/event-stream")
            #expect(Self.ids(answer.text) == ["2", "3", "4", "5"])
            let data = try #require(
                answer.text.split(separator: "\n").first { $0.hasPrefix("data: ") })
            let event = try JSON(reading: Array(data.dropFirst(6).utf8))
            #expect(event["payload"]?["note"] == "line\nbreak")
        }
    }

    @Test func `a position that is missing is told, and nothing behind it is sent`() async throws {
        try await withAPI(limits: Self.limits(150)) { api in
            api.stub.set { state in
                state.events = [1, 2, 4, 5].map { Samples.recorded(version: $0, position: $0) }
            }
            let page = try await api.send(.get, "/v1/events?after=1")
            #expect(page.status == 500)
            #expect(page.code == "store-failed")
            let stream = try await api.send(.get, "/v1/events?after=1", headers: Self.stream)
            #expect(Self.ids(stream.text).allSatisfy { $0 == "2" })
            #expect(stream.text.contains("event: problem"))
            #expect(stream.text.contains("store-failed"), "\(stream.text)")
        }
    }

    @Test func `Last-Event-ID wins over the URL`() async throws {
        try await withAPI(limits: Self.limits(60)) { api in
            api.stub.set { state in
                state.events = (1...5).map { Samples.recorded(version: $0, position: $0) }
            }
            let headers = Self.stream.merging(["Last-Event-ID": "4"]) { $1 }
            let answer = try await api.send(.get, "/v1/events?after=1", headers: headers)
            #expect(Self.ids(answer.text) == ["5"])
            let wrong = Self.stream.merging(["Last-Event-ID": "four"]) { $1 }
            let refused = try await api.send(.get, "/v1/events", headers: wrong)
            #expect(refused.code == "invalid-parameter")
        }
    }

    @Test(arguments: ["limit=10", "wait=5"])
    func `what a stream has no use for is refused and not ignored`(_ query: String) async throws {
        try await withAPI(limits: Self.limits(60)) { api in
            let answer = try await api.send(
                .get, "/v1/events?\(query)", headers: Self.stream)
            #expect(answer.status == 400)
            #expect(answer.code == "invalid-parameter")
            let name = query.split(separator: "=").first.map(String.init)
            #expect(answer.json["errors"]?[0]?["parameter"]?.string == name)
        }
    }

    @Test func `silence is broken by a comment`() async throws {
        try await withAPI(limits: Self.limits(3_000)) { api in
            let answer = try await api.send(.get, "/v1/events", headers: Self.stream)
            let comments = answer.text.split(separator: "\n").filter { $0.hasPrefix(": ") }
            #expect(!comments.isEmpty)
            #expect(Self.ids(answer.text).isEmpty)
        }
    }

    /// A failover to a standby that was behind, seen by somebody who waits at the end: the log is shorter; as
    /// long again by the next look; longer by then.
    @Test(arguments: [3, 5, 9] as [Int64])
    func `who has read what is gone is told, and not sent what grew in its place`(
        end: Int64
    ) async throws {
        try await withAPI(limits: Self.limits(60_000)) { api in
            api.stub.set { state in
                state.events = (1...5).map { Samples.recorded(version: $0, position: $0) }
            }
            async let answer = api.send(.get, "/v1/events?after=5", headers: Self.stream)
            try await Self.isListening(api.stub)
            api.stub.set { state in
                state.events.removeAll { $0.position.value > 3 }
                state.events += (4..<max(4, end + 1)).map {
                    Samples.recorded(version: $0, position: $0, epoch: 2)
                }
            }
            let text = try await answer.text
            #expect(Self.ids(text).isEmpty)
            #expect(text.contains("event: problem\n"))
            #expect(text.contains("beyond-the-head"), "\(text)")
        }
    }

    /// Once a subscriber has looked twice it is past its first answer and waits.
    static func isListening(_ stub: StubUseCases) async throws {
        try await isRead(stub, times: 3)
    }

    static func isRead(_ stub: StubUseCases, times: Int) async throws {
        while stub.feedReads < times { try await Task.sleep(for: .milliseconds(5)) }
    }

    @Test(arguments: [true, false]) func `what is appended later comes later`(_ isWoken: Bool)
        async throws
    {
        var limits = Self.limits(5_000)
        if isWoken { limits.feedPoll = .seconds(60) }
        let wakeUps: any WakeUps = isWoken ? SteadyHints(pace: .milliseconds(50)) : PollingOnly()
        try await withAPI(limits: limits, wakeUps: wakeUps) { api in
            async let answer = api.send(.get, "/v1/events", headers: Self.stream)
            try await Self.isListening(api.stub)
            api.stub.set { $0.events = [Samples.recorded(version: 1, position: 1)] }
            #expect(Self.ids(try await answer.text) == ["1"])
        }
    }

    @Test func `a failing store ends the stream with a problem`() async throws {
        try await withAPI(limits: Self.limits(10_000)) { api in
            async let answer = api.send(.get, "/v1/events", headers: Self.stream)
            try await Self.isListening(api.stub)
            api.stub.set { $0.failure = .store(EventLogError(.unavailable, "gone")) }
            let text = try await answer.text
            #expect(text.contains("event: problem"))
            #expect(text.contains("store-unavailable"))
        }
    }

    @Test func `a place is given back when the stream ends`() async throws {
        var limits = Self.limits(60)
        limits.subscribersPerTenantMaximum = 1
        try await withAPI(limits: limits) { api in
            async let first = api.send(.get, "/v1/events", headers: Self.stream)
            try await Task.sleep(for: .milliseconds(10))
            _ = try await first
            let second = try await api.send(.get, "/v1/events", headers: Self.stream)
            #expect(second.status == 200)
        }
    }

    @Test func `places are counted for each tenant and in all, and whose are taken is told`() throws
    {
        var limits = HTTPLimits()
        limits.subscribersMaximum = 3
        limits.subscribersPerTenantMaximum = 2
        let slots = SubscriberSlots(limits: limits, metrics: Metrics())
        let other = TenantID(Samples.uuid(9))
        var held = [try slots.take(for: Samples.tenant), try slots.take(for: Samples.tenant)]
        let ofTheClinic = Problem(
            .tooManySubscribers, detail: "at most 2 at a time of this clinic")
        let ofAll = Problem(
            .tooManySubscribers, detail: "at most 3 at a time of all clinics together")
        #expect(throws: ofTheClinic) { _ = try slots.take(for: Samples.tenant) }
        held.append(try slots.take(for: other))
        #expect(throws: ofAll) { _ = try slots.take(for: other) }
        // Whose own limit is reached has no use for knowing that there is another.
        #expect(throws: ofTheClinic) { _ = try slots.take(for: Samples.tenant) }
        held.removeFirst()
        _ = try slots.take(for: other)
        withExtendedLifetime(held) {}
    }
}
