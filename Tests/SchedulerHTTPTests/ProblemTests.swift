import EventStore
import HTTPTypes
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionWire
import Testing

@testable import SchedulerHTTP

/// Every code that the service itself reports, made to happen.
@Suite struct ProblemTests {
    struct Scenario: Sendable, CustomTestStringConvertible {
        let code: ProblemCode
        var limits = HTTPLimits()
        var health = ToldHealth()
        let provoke: @Sendable (API) async throws -> Answer
        var testDescription: String { code.rawValue }
    }

    static let patient = "/v1/patients/\(Samples.patient)"
    static let weigh = #"{"weight":{"value":68.4,"unit":"kg"},"measuredAt":"2026-03-02T08:00:00Z"}"#

    private static func failing(
        _ code: ProblemCode, _ error: @autoclosure @escaping @Sendable () -> ApplicationError
    ) -> Scenario {
        Scenario(code: code) { api in
            api.stub.set { $0.failure = error() }
            return try await api.command("\(patient)/measurements", weigh)
        }
    }

    private static var requests: [Scenario] {
        [
            Scenario(code: .malformedJSON) { try await $0.command("\(patient)/labs", "{") },
            Scenario(code: .invalidParameter) { try await $0.get("/v1/events?after=-1") },
            Scenario(code: .beyondTheHead) { try await $0.get("/v1/events?after=999999999") },
            Scenario(code: .idempotencyKeyMissing) {
                try await $0.send(.post, "\(patient)/measurements", body: weigh)
            },
            Scenario(code: .idempotencyKeyInvalid) {
                try await $0.command("\(patient)/measurements", weigh, key: "two words")
            },
            Scenario(code: .ifMatchInvalid) {
                try await $0.command(
                    "\(patient)/measurements", weigh, headers: ["If-Match": "seven"])
            },
            Scenario(code: .routeNotFound) { try await $0.get("/v1/nothing") },
            Scenario(code: .methodNotAllowed) { try await $0.send(.delete, patient) },
            Scenario(code: .unsupportedMediaType) {
                try await $0.command(
                    "\(patient)/measurements", weigh, headers: ["Content-Type": "text/plain"])
            },
            Scenario(code: .invalidBody) { try await $0.command("\(patient)/labs", "{}") },
            Scenario(code: .idempotencyKeyReused) { api in
                _ = try await api.command("\(patient)/measurements", weigh, key: "k")
                return try await api.command("\(patient)/transfusions", Self.transfusion, key: "k")
            },
            Scenario(code: .versionMismatch) {
                try await $0.command(
                    "\(patient)/measurements", weigh, headers: ["If-Match": "\"3\""])
            },
        ]
    }

    static let transfusion = #"{"units":2,"transfusedAt":"2026-03-01T14:00:00Z"}"#

    private static var tokens: [Scenario] {
        [
            Scenario(code: .tokenMissing) { try await $0.send(.get, patient, token: nil) },
            Scenario(code: .tokenInvalid) { try await $0.send(.get, patient, token: "forged") },
            Scenario(code: .tokenExpired) { try await $0.send(.get, patient, token: "expired") },
            Scenario(code: .scopeMissing) { try await $0.send(.get, patient, token: "nothing") },
            Scenario(code: .coSignerTokenInvalid) {
                try await CoSigningTests.override($0, second: "Bearer forged")
            },
            Scenario(code: .coSignerTokenExpired) {
                try await CoSigningTests.override($0, second: "Bearer expired")
            },
            Scenario(code: .coSignerScopeMissing) {
                try await CoSigningTests.override($0, second: "Bearer second-reader")
            },
        ]
    }

    private static var application: [Scenario] {
        [
            failing(.notFound, .notFound("patient")), failing(.identifierTaken, .identifierTaken),
            failing(.slotTaken, .unavailable(constraint: "chair")),
            failing(.unknownSite, .unknownSite(SiteID("west"), accepted: ["north", "south"])),
            failing(.contended, .contended(attempts: 8)),
            failing(.storeUnavailable, .store(EventLogError(.unavailable, "no connection"))),
            failing(.storeBusy, .store(EventLogError(.busy, "a lock was not given"))),
            failing(.outcomeUnknown, .store(EventLogError(.outcomeUnknown, "connection lost"))),
            failing(.overloaded, .store(EventLogError(.overloaded, "the queue is full"))),
            failing(.tenantUnknown, .store(EventLogError(.unknownTenant, "no such tenant"))),
            failing(.limitExceeded, .store(EventLogError(.limitExceeded, "too long"))),
            failing(.storeFailed, .store(EventLogError(.init("adapter's-own"), "failed"))),
            failing(.keysUnavailable, .keys(.unknownMasterKey)),
            failing(.historyUnreadable, .journal(Self.journalError)),
        ]
    }

    static let journalError = JournalError.unknownEventType(
        type: "from-tomorrow", payloadVersion: 9)

    private static var limited: [Scenario] {
        var small = HTTPLimits()
        small.bodyBytesMaximum = 64
        small.headerBytesMaximum = 512
        var quick = HTTPLimits()
        quick.requestTime = .milliseconds(50)
        var nobody = HTTPLimits()
        nobody.subscribersMaximum = 0
        return [
            Scenario(code: .bodyTooLarge, limits: small) {
                try await $0.command("\(patient)/measurements", weigh)
            },
            Scenario(code: .headersTooLarge, limits: small) {
                try await $0.send(
                    .get, patient, headers: ["X-Long": String(repeating: "x", count: 600)])
            },
            Scenario(code: .requestTimeout, limits: quick) { api in
                api.stub.set { $0.delay = .seconds(30) }
                return try await api.get(patient)
            },
            Scenario(code: .tooManySubscribers, limits: nobody) {
                try await $0.send(.get, "/v1/events", headers: ["Accept": "text/event-stream"])
            },
            Scenario(code: .notReady, health: ToldHealth(isReady: false)) {
                try await $0.send(.get, "/readyz", token: nil)
            },
        ]
    }

    static let all = requests + tokens + application + limited

    @Test(arguments: all) func `a problem says what it is`(_ scenario: Scenario) async throws {
        try await withAPI(limits: scenario.limits, health: scenario.health) { api in
            let answer = try await scenario.provoke(api)
            let code = scenario.code
            #expect(answer.code == code.rawValue, "\(answer.text)")
            #expect(answer.status == code.status)
            #expect(answer.header("Content-Type") == "application/problem+json")
            #expect(answer.json["title"] == .string(code.title))
            #expect(answer.json["status"] == .integer(code.status))
            #expect(answer.json["type"] == .string("urn:ferrovia:problem:\(code.rawValue)"))
            let request = try #require(answer.header("X-Request-ID"))
            #expect(answer.json["instance"] == .string("urn:ferrovia:request:\(request)"))
            #expect(answer.header("Retry-After") == code.retryAfterSeconds.map { String($0) })
            let isAboutToken =
                code.status == 401 || code == .scopeMissing || code == .coSignerScopeMissing
            #expect(isAboutToken == (answer.header("WWW-Authenticate") != nil))
        }
    }

    /// A body that never ends needs a socket (``LimitTests``); an unnamed failure needs a bug.
    @Test func `every code has its scenario`() {
        let elsewhere: Set<ProblemCode> = [.bodyTimeout, .internalError]
        #expect(Set(Self.all.map(\.code)).union(elsewhere) == Set(ProblemCode.allCases))
    }

    static let worthRepeating: [(EventLogError.Code, ProblemCode)] = [
        (.unavailable, .storeUnavailable), (.busy, .storeBusy),
    ]

    @Test(arguments: worthRepeating)
    func `that nothing was written is told to a command and not to a question`(
        _ failure: EventLogError.Code, _ code: ProblemCode
    ) async throws {
        try await withAPI { api in
            api.stub.set { $0.failure = .store(EventLogError(failure, "not now")) }
            let command = try await api.command("\(Self.patient)/measurements", Self.weigh)
            #expect(command.code == code.rawValue)
            #expect(command.json["detail"] == "nothing was written")
            for accept in ["application/json", "text/event-stream"] {
                let question = try await api.send(
                    .get, "/v1/events", headers: ["Accept": accept])
                #expect(question.code == code.rawValue)
                #expect(question.header("Retry-After") != nil)
                #expect(!question.text.contains("written"), "\(question.text)")
            }
        }
    }

    @Test func `whose outcome is unknown is not told that nothing was written`() async throws {
        try await withAPI { api in
            api.stub.set { $0.failure = .store(EventLogError(.outcomeUnknown, "lost")) }
            let answer = try await api.command("\(Self.patient)/measurements", Self.weigh)
            #expect(!answer.text.contains("nothing was written"))
        }
    }

    @Test func `whoever finds a queue full is told which`() async throws {
        try await withAPI { api in
            api.stub.set { $0.failure = .store(EventLogError(.overloaded, "too much waits")) }
            let answer = try await api.command("\(Self.patient)/measurements", Self.weigh)
            #expect(answer.json["detail"] == "too much waits; nothing was written")
        }
    }

    @Test func `what cannot be read is named, with where it stands and who looks`() async throws {
        try await withAPI { api in
            let failure = JournalFailure(error: Self.journalError, position: Position(812))
            api.stub.set { $0.failure = .journal(failure) }
            let answer = try await api.get(Self.patient)
            #expect(answer.code == "history-unreadable")
            #expect(
                answer.json["detail"]
                    == .string(
                        "position 812: unknown event type from-tomorrow v9; an operator has to "
                            + "look, with `ferrovia verify` and `ferrovia parked list`"))
            #expect(answer.json["position"] == 812)
            api.stub.set { $0.failure = .journal(Self.journalError) }
            #expect(try await api.get(Self.patient).json["position"] == nil)
        }
    }

    @Test func `what cannot be stored is no fault of the history`() async throws {
        try await withAPI { api in
            let problem = PayloadError(.unknownCode(of: "unit"), path: "/unit")
            api.stub.set {
                $0.failure = .journal(.unwritable(type: "weight-measured", problem))
            }
            let answer = try await api.command("\(Self.patient)/measurements", Self.weigh)
            #expect(answer.code == "internal-error")
            #expect(answer.json["detail"] == nil)
            #expect(api.log.text.contains("weight-measured cannot be written"))
        }
    }

    @Test func `a missing scope is named`() async throws {
        try await withAPI { api in
            let answer = try await api.send(.get, Self.patient, token: "nothing")
            #expect(answer.json["neededScope"] == "patient.read")
            #expect(
                answer.header("WWW-Authenticate")
                    == "Bearer error=\"insufficient_scope\", scope=\"patient.read\"")
        }
    }

    @Test func `a wrong method is told the right ones`() async throws {
        try await withAPI { api in
            let patients = try await api.send(.put, "/v1/patients")
            let overrides = try await api.send(.get, "/v1/overrides")
            #expect(patients.header("Allow") == "GET, POST")
            #expect(overrides.header("Allow") == "POST")
        }
    }

    @Test func `a stale version is told the current one`() async throws {
        try await withAPI { api in
            let answer = try await api.command(
                "\(Self.patient)/measurements", Self.weigh, headers: ["If-Match": "\"3\""])
            #expect(answer.status == 412)
            #expect(answer.json["currentVersion"] == 6)
            #expect(answer.header("ETag") == "\"6\"")
        }
    }
}
