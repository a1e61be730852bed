import EventStore
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import InfusionWire
import Testing

@testable import SchedulerHTTP

/// What needs a real socket, or time.
@Suite struct LimitTests {
    @Test func `a body over the limit is refused before it is read`() async throws {
        var limits = HTTPLimits()
        limits.bodyBytesMaximum = 1_000
        try await withAPI(limits: limits, setup: .live) { api in
            let answer = try await api.command(
                "\(ProblemTests.patient)/labs", String(repeating: " ", count: 100_000))
            #expect(answer.status == 413)
            #expect(answer.json["maximumBytes"] == 1000)
            #expect(try await api.get("/healthz").status == 200)
        }
    }

    @Test func `a body that does not come is given up`() async throws {
        let (never, held) = AsyncStream.makeStream(of: ByteBuffer.self)
        defer { held.finish() }
        var limits = HTTPLimits()
        limits.bodyTime = .milliseconds(50)
        let endpoint = try #require(
            SchedulerAPI.endpoints.first { $0.template == "/v1/overrides" })
        let metrics = Metrics()
        let slots = SubscriberSlots(limits: limits, metrics: metrics)
        let edge = Edge(
            useCases: StubUseCases(), sites: await SampleSites.empty(),
            calendar: StubCalendar(await SampleSites.empty()), calendarLinks: nil,
            authenticator: NamedTokens(), limits: limits, metrics: metrics, subscribers: slots,
            bodies: BodyWeights(limits: limits),
            feeds: EventFeeds(wakeUps: PollingOnly(), limits: limits, subscribers: slots),
            health: ToldHealth())
        let head = HTTPRequest(
            method: .post, scheme: "http", authority: "localhost", path: "/v1/overrides",
            headerFields: [.authorization: "Bearer everything", .idempotencyKey: "k"])
        let request = Request(head: head, body: RequestBody(asyncSequence: never))
        let responder = EndpointResponder(endpoint: endpoint, edge: edge)
        await #expect(throws: Problem(.bodyTimeout)) {
            _ = try await responder.respond(to: request, context: TestContext.make())
        }
    }

    @Test func `a command that answers late is answered all the same`() async throws {
        let value = try await Deadline.run(for: .milliseconds(10), atMost: .seconds(60)) {
            // Deaf to cancelling, as an append on its way to the log is.
            await Task.detached { try? await Task.sleep(for: .milliseconds(100)) }.value
            return 42
        }
        #expect(value == 42)
    }

    @Test func `an unknown outcome is told even after the deadline`() async throws {
        struct Unknown: Error {}
        let late: @Sendable (any Error) -> Bool = { $0 is Unknown }
        await #expect(throws: Unknown.self) {
            try await Deadline.run(for: .milliseconds(10), atMost: .seconds(60), keeping: late) {
                try? await Task.sleep(for: .seconds(10))
                throw Unknown()
            }
        }
        await #expect(throws: Deadline.Passed.self) {
            try await Deadline.run(for: .milliseconds(10), atMost: .seconds(60)) {
                try await Task.sleep(for: .seconds(10))
            }
        }
    }

    /// A store that hears nothing: neither the question nor that it is no longer asked.
    @Test func `a question is given up when its time is over, whoever else is not ready`()
        async throws
    {
        var limits = HTTPLimits()
        limits.requestTime = .milliseconds(50)
        let barrier = Barrier()
        try await withAPI(limits: limits) { api in
            api.stub.set { $0.barrier = barrier }
            let answer = try await api.get(ProblemTests.patient)
            #expect(answer.code == "request-timeout")
            #expect(!answer.json.names.contains("detail"))
            barrier.open()
        }
    }

    @Test func `a command that the log does not answer has an unknown outcome`() async throws {
        var limits = HTTPLimits()
        limits.requestTime = .milliseconds(20)
        limits.commandTime = .milliseconds(60)
        let barrier = Barrier()
        try await withAPI(limits: limits) { api in
            api.stub.set { $0.barrier = barrier }
            let path = "\(ProblemTests.patient)/measurements"
            let first = try await api.command(path, ProblemTests.weigh, key: "k")
            #expect(first.status == 503)
            #expect(first.code == "outcome-unknown")
            #expect(first.header("Retry-After") == "1")
            #expect(
                try await api.get("/metrics").text.contains("ferrovia_outcome_unknown_total 1\n"))
            barrier.open()
            // What was left behind came to its end; the same key tells.
            while api.stub.requests.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
            let second = try await api.command(path, ProblemTests.weigh, key: "k")
            #expect(second.status == 200)
            #expect(second.header("Idempotency-Replayed") == "true")
        }
    }

    @Test func `times stand in the order that the answers rest on`() {
        let limits = HTTPLimits()
        #expect(limits.requestTime < limits.commandTime)
        #expect(limits.commandTime < .seconds(limits.idleSeconds))
    }

    @Test func `an address that is taken is named with its port`() async throws {
        try await withAPI(setup: .live) { api in
            let port = try #require(api.client.port)
            let second = SchedulerServer(
                SchedulerAPI.Parts(
                    useCases: StubUseCases(), sites: await SampleSites.empty(),
                    calendar: StubCalendar(await SampleSites.empty()),
                    authenticator: NamedTokens(), health: ToldHealth()),
                host: "127.0.0.1", port: port, logger: LogSink().logger)
            let error = await #expect(throws: AddressNotListening.self) { try await second.run() }
            #expect(
                error?.description
                    == "cannot listen at 127.0.0.1, port \(port): Address already in use")
        }
    }

    @Test func `a page never has more than the maximum`() async throws {
        try await withAPI { api in
            api.stub.set { state in
                state.events = (1...600).map { Samples.recorded(version: $0, position: $0) }
            }
            let whole = try await api.get("/v1/events?limit=500")
            #expect(whole.json["events"]?.elements.count == 500)
            let usual = try await api.get("/v1/events")
            #expect(usual.json["events"]?.elements.count == 50)
        }
    }
}
