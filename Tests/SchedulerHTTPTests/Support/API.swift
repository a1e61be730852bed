import EventStore
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Infusion
import InfusionApplication
import InfusionWire
import Logging
import Synchronization

@testable import SchedulerHTTP

/// The API as a client sees it, over the stub.
struct API: Sendable {
    let client: any TestClientProtocol
    let stub: StubUseCases
    let calendar: StubCalendar
    let log: LogSink
    let metrics: Metrics

    /// - Parameters:
    ///   - token: `nil` sends none.
    ///   - key: `nil` sends none.
    func send(
        _ method: HTTPRequest.Method, _ path: String, body: String? = nil,
        token: String? = "everything", key: String? = nil, headers: [String: String] = [:]
    ) async throws -> Answer {
        var fields = HTTPFields()
        if let token { fields[.authorization] = "Bearer \(token)" }
        if let key { fields[.idempotencyKey] = key }
        if body != nil { fields[.contentType] = "application/json" }
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        let response = try await client.executeRequest(
            uri: path, method: method, headers: fields, body: body.map { ByteBuffer(string: $0) })
        let answer = Answer(
            status: response.status.code, headers: response.headers,
            text: String(buffer: response.body))
        try Recorder.record(method, path, answer)
        return answer
    }

    func command(
        _ path: String, _ body: String = "{}", key: String = UUID().uuidString,
        headers: [String: String] = [:]
    ) async throws -> Answer {
        try await send(.post, path, body: body, key: key, headers: headers)
    }

    func get(_ path: String) async throws -> Answer { try await send(.get, path) }
}

/// What came back.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let text: String

    var json: JSON { (try? JSON(reading: Array(text.utf8))) ?? .null }
    var code: String? { json["code"]?.string }
    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
}

extension JSON {
    subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }
    subscript(index: Int) -> JSON? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }
    var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }
    var elements: [JSON] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }
    var names: [String] {
        guard case .object(let members) = self else { return [] }
        return members.map(\.name)
    }
}

/// Tokens that say what they allow.
struct NamedTokens: Authenticating {
    func actor(for token: String) async throws(TokenFailure) -> Actor {
        switch token {
        case "everything": return actor(Set(Scope.allCases))
        case "nothing": return actor([])
        case "reader": return actor([.patientRead, .queueRead, .eventRead])
        case "second": return actor(Set(Scope.allCases), of: "dr-verdi", .prescriber)
        case "second-reader": return actor([.patientRead], of: "dr-verdi", .prescriber)
        case "elsewhere":
            return actor(
                Set(Scope.allCases), of: "dr-verdi", .prescriber, TenantID(Samples.uuid(9)))
        case "expired": throw .expired
        default: throw .signatureInvalid
        }
    }
    private func actor(
        _ scopes: Set<Scope>, of subject: String = "nurse-7", _ role: ClinicalRole = .nurse,
        _ tenant: TenantID = Samples.tenant
    ) -> Actor {
        Actor(subject: subject, tenant: tenant, role: role, scopes: scopes)
    }
}

/// Lines as the service logs them.
final class LogSink: Sendable {
    private let lines = Mutex<[String]>([])
    var text: String { lines.withLock { $0.joined() } }
    var logger: Logger {
        Logger(label: "test") { label in
            JSONLogHandler(label: label, level: .trace) { line in
                self.lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
            }
        }
    }
}

/// Readiness that can be told.
struct ToldHealth: HealthReporting {
    var isReady = true
    var snapshot = OperationSnapshot()
    func readiness() async -> [ReadinessCheck] {
        [ReadinessCheck("store", isReady: isReady, detail: isReady ? nil : "no connection")]
    }
    func operation() async -> OperationSnapshot { snapshot }
}

/// Hints at a pace of its own: for seeing that a hint is heard long before the next poll.
struct SteadyHints: WakeUps {
    let pace: Duration
    func wait(for tenant: TenantID, seen: UInt64, atMost interval: Duration) async -> UInt64 {
        try? await Task.sleep(for: min(pace, interval))
        return seen + 1
    }
}

/// Hints when the test says so, and never otherwise.
final class ToldHints: WakeUps {
    private let count = Mutex<UInt64>(0)

    func hint() { count.withLock { $0 += 1 } }

    func wait(for tenant: TenantID, seen: UInt64, atMost interval: Duration) async -> UInt64 {
        while !Task.isCancelled, count.withLock({ $0 }) <= seen {
            try? await Task.sleep(for: .milliseconds(2))
        }
        return count.withLock { $0 }
    }
}

/// Runs `test` against the API; `.live` puts a real socket between.
func withAPI<Value: Sendable>(
    limits: HTTPLimits = HTTPLimits(), setup: TestingSetup = .router,
    health: any HealthReporting = ToldHealth(), authenticator: any Authenticating = NamedTokens(),
    wakeUps: any WakeUps = PollingOnly(), _ test: @Sendable (API) async throws -> Value
) async throws -> Value {
    var limits = limits
    // Other suites keep all processors busy at times: how long a request may take is asked only by tests
    // that say how long.
    if limits.requestTime == HTTPLimits().requestTime { limits.requestTime = .seconds(600) }
    let stub = StubUseCases()
    let log = LogSink()
    let sites = try await SampleSites.open()
    let calendar = StubCalendar(sites)
    let parts = SchedulerAPI.Parts(
        useCases: stub, sites: sites, calendar: calendar,
        calendarLinks: CalendarLinks(keys: try TestKeys.calendar()) { Samples.instant },
        authenticator: authenticator,
        health: health, limits: limits, wakeUps: wakeUps)
    let application = SchedulerAPI.buildApplication(
        parts, host: "127.0.0.1", port: 0, logger: log.logger)
    return try await application.test(setup) { client in
        try await test(
            API(client: client, stub: stub, calendar: calendar, log: log, metrics: parts.metrics))
    }
}
