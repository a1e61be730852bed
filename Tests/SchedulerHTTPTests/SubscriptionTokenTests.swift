import Foundation
import HTTPTypes
import Infusion
import InfusionApplication
import InfusionWire
import Synchronization
import Testing

@testable import SchedulerHTTP

/// A subscription does not outlive the token that opened it.
@Suite struct SubscriptionTokenTests {
    typealias Claims = AuthenticationTests.Claims
    typealias KeyFile = AuthenticationTests.KeyFile

    /// Long enough that only the token ends a stream.
    static var limits: HTTPLimits {
        var limits = FeedTests.limits(600_000)
        limits.tokenLook = .milliseconds(20)
        return limits
    }

    /// Follows the feed, changes something amid it, and returns all that the subscriber was sent.
    private func follow(
        _ claims: Claims, _ file: KeyFile, _ clock: ToldClock,
        _ change: @escaping @Sendable (API) async throws -> Void
    ) async throws -> Answer {
        let authenticator = try await file.authenticator { clock.now }
        let token = try await file.token(claims, kid: "es", alg: "ES256")
        return try await withAPI(limits: Self.limits, authenticator: authenticator) { api in
            async let answer = api.send(
                .get, "/v1/events", token: token, headers: FeedTests.stream)
            try await FeedTests.isListening(api.stub)
            try await change(api)
            return try await answer
        }
    }

    /// The data of the event `problem` that a stream ends with.
    private func problem(_ answer: Answer) throws -> JSON {
        let end = try #require(answer.text.range(of: "event: problem\ndata: "))
        return try JSON(reading: Array(answer.text[end.upperBound...].utf8.dropLast(2)))
    }

    /// Some looks later the subscriber has its place still.
    private func isStillOpen(_ api: API) async throws {
        try await FeedTests.isRead(api.stub, times: api.stub.feedReads + 5)
        let metrics = try await api.send(.get, "/metrics", token: nil)
        #expect(metrics.text.contains("ferrovia_feed_subscribers 1\n"))
    }

    @Test func `it ends when the token expires, as late as a request is let in with it`()
        async throws
    {
        let clock = ToldClock()
        let claims = Claims(scope: "event.read", exp: AuthenticationTests.seconds + 10)
        let answer = try await follow(claims, try await KeyFile(), clock) { api in
            // Expired for nine seconds, which clocks may differ by.
            clock.advance(bySeconds: 19)
            try await isStillOpen(api)
            clock.advance(bySeconds: 21)
        }
        #expect(answer.status == 200)
        let problem = try problem(answer)
        #expect(problem["code"] == "token-expired")
        #expect(problem["status"] == 401)
    }

    @Test func `it ends when the key that signed the token is gone`() async throws {
        let clock = ToldClock()
        let file = try await KeyFile()
        let answer = try await follow(Claims(scope: "event.read"), file, clock) { _ in
            try file.write(["ed", "rs"])
            clock.advance(bySeconds: Int64(JWKSAuthenticator.checkInterval) + 1)
        }
        #expect(try problem(answer)["code"] == "token-invalid")
    }

    @Test func `other keys may come and go`() async throws {
        let clock = ToldClock()
        let file = try await KeyFile()
        let answer = try await follow(Claims(scope: "event.read"), file, clock) { api in
            try file.write(["es"])
            clock.advance(bySeconds: Int64(JWKSAuthenticator.checkInterval) + 1)
            try await isStillOpen(api)
            clock.advance(bySeconds: 3_600)
        }
        #expect(try problem(answer)["code"] == "token-expired")
    }

    @Test func `the client comes back with a new token and misses nothing`() async throws {
        let clock = ToldClock()
        let file = try await KeyFile()
        let authenticator = try await file.authenticator { clock.now }
        let exp = AuthenticationTests.seconds + 10
        let short = try await file.token(
            Claims(scope: "event.read", exp: exp), kid: "es", alg: "ES256")
        let next = try await file.token(
            Claims(scope: "event.read", exp: exp + 100), kid: "es", alg: "ES256")
        try await withAPI(limits: Self.limits, authenticator: authenticator) { api in
            api.stub.set { $0.events = [Samples.recorded(version: 1, position: 1)] }
            async let first = api.send(
                .get, "/v1/events", token: short, headers: FeedTests.stream)
            try await FeedTests.isListening(api.stub)
            clock.advance(bySeconds: 60)
            #expect(FeedTests.ids(try await first.text) == ["1"])
            api.stub.set { $0.events.append(Samples.recorded(version: 2, position: 2)) }
            let second = try await api.send(
                .get, "/v1/events", token: next, headers: ["Last-Event-ID": "1"])
            #expect(LongPollTests.positions(second) == [2])
        }
    }
}

/// The authenticator's clock, which goes when the test says so.
final class ToldClock: Sendable {
    private let instant = Mutex(AuthenticationTests.now)

    var now: Instant { instant.withLock { $0 } }

    func advance(bySeconds seconds: Int64) {
        instant.withLock { $0 = $0.adding(seconds: seconds) }
    }
}
