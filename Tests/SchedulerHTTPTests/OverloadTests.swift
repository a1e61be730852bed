import EventStore
import EventStoreConformance
import Foundation
import Hummingbird
import HummingbirdTesting
import Infusion
import InfusionApplication
import InfusionProjections
import InfusionWire
import Logging
import Synchronization
import TestClinic
import Testing

@testable import SchedulerHTTP

/// The real use cases over a log that waits: what clients are told whom it keeps waiting.
@Suite struct OverloadTests {
    @Test func `whoever finds no place in a patient's queue is told when to come again`()
        async throws
    {
        let clinic = try await MemoryClinic()
        let patient = try await clinic.register()
        let log = WaitingLog(clinic.log)
        var limits = HTTPLimits()
        limits.requestTime = .seconds(600)
        limits.commandTime = .seconds(600)
        let application = await Self.application(clinic, over: log, limits: limits)
        try await application.test(.router) { client in
            // One is on its way to the log, and one finds no room.
            let count = ApplicationLimits.waitingPerPatient + 2
            try await withThrowingTaskGroup(of: TestResponse.self) { group in
                for number in 0..<count {
                    group.addTask {
                        try await client.execute(
                            uri: "/v1/patients/\(patient)/measurements", method: .post,
                            headers: [
                                .authorization: "Bearer any", .idempotencyKey: "weigh-\(number)",
                                .contentType: "application/json",
                            ], body: ByteBuffer(string: weigh(number)))
                    }
                }
                var statuses: [Int] = []
                for try await response in group {
                    if statuses.isEmpty {
                        let problem = try JSON(reading: Array(String(buffer: response.body).utf8))
                        #expect(response.status == .serviceUnavailable)
                        #expect(response.headers[.retryAfter] == "1")
                        #expect(problem["code"]?.string == "overloaded")
                        #expect(
                            problem["detail"]?.string
                                == "too much is waiting for this patient; nothing was written")
                        // Nobody else is answered before the log is open.
                        log.open()
                    }
                    statuses.append(response.status.code)
                }
                #expect(statuses.count { $0 == 200 } == count - 1)
            }
            // There is room again.
            let again = try await client.execute(
                uri: "/v1/patients/\(patient)/measurements", method: .post,
                headers: [
                    .authorization: "Bearer any", .idempotencyKey: "weigh-\(count)",
                    .contentType: "application/json",
                ], body: ByteBuffer(string: weigh(count)))
            #expect(again.status == .ok)
        }
    }

    @Test func `whose bodies weigh too much is told so, and has room when they are answered`()
        async throws
    {
        let clinic = try await MemoryClinic()
        let patient = try await clinic.register()
        let log = WaitingLog(clinic.log)
        var limits = HTTPLimits()
        limits.bodiesPerTenantBytesMaximum = 4_000
        let application = await Self.application(clinic, over: log, limits: limits)
        try await application.test(.router) { client in
            let send = { @Sendable (number: Int) in
                try await client.execute(
                    uri: "/v1/patients/\(patient)/measurements", method: .post,
                    headers: [
                        .authorization: "Bearer any", .idempotencyKey: "weigh-\(number)",
                        .contentType: "application/json",
                    ],
                    body: ByteBuffer(string: weigh(number) + String(repeating: " ", count: 3_000)))
            }
            async let first = send(0)
            while !log.isAsked { try await Task.sleep(for: .milliseconds(1)) }
            let second = try await send(1)
            let problem = try JSON(reading: Array(String(buffer: second.body).utf8))
            #expect(second.status == .serviceUnavailable)
            #expect(second.headers[.retryAfter] == "1")
            #expect(problem["code"]?.string == "overloaded")
            #expect(
                problem["detail"]?.string
                    == "this tenant's requests under way weigh as much as they may: "
                    + "4000 bytes of bodies; nothing was written")
            log.open()
            #expect(try await first.status == .ok)
            #expect(try await send(1).status == .ok)
        }
    }

    @Test func `a body counts for its tenant and for all, until its request is gone`() throws {
        var limits = HTTPLimits()
        limits.bodiesPerTenantBytesMaximum = 100
        limits.bodiesBytesMaximum = 150
        let weights = BodyWeights(limits: limits)
        let (one, other) = (TenantID(UUID()), TenantID(UUID()))
        var first: BodyWeights.Share? = weights.share(of: one)
        try first?.grow(by: 60)
        try first?.grow(by: 40)
        #expect(throws: Problem.self) { try weights.share(of: one).grow(by: 1) }
        let second = weights.share(of: other)
        try second.grow(by: 50)
        let refusal = #expect(throws: Problem.self) { try second.grow(by: 1) }
        #expect(refusal?.code == "overloaded")
        #expect(
            refusal?.detail
                == "all requests under way weigh as much as they may: 150 bytes of bodies")
        #expect(weights.bytes == 150)
        first = nil
        #expect(weights.bytes == 50)
        // A tenant that has nothing under way has room for one body, whatever it weighs.
        try withExtendedLifetime(second) {
            var weightier = limits
            weightier.bodiesPerTenantBytesMaximum = 10
            try BodyWeights(limits: weightier).share(of: one).grow(by: 90)
        }
    }

    private static func application(
        _ clinic: MemoryClinic, over log: WaitingLog, limits: HTTPLimits
    ) async -> some ApplicationProtocol {
        let parts = SchedulerAPI.Parts(
            useCases: clinic.useCases(over: log), sites: await SampleSites.empty(),
            calendar: StubCalendar(await SampleSites.empty()),
            authenticator: OneActor(actor: clinic.actor()), health: ToldHealth(), limits: limits)
        return SchedulerAPI.buildApplication(
            parts, host: "127.0.0.1", port: 0, logger: Logger(label: "test"))
    }

    private func weigh(_ number: Int) -> String {
        #"{"weight":{"value":\#(50 + number % 50),"unit":"kg"},"measuredAt":"2026-03-02T08:00:00Z"}"#
    }
}

/// Whoever comes is the same person.
private struct OneActor: Authenticating {
    let actor: Actor
    func actor(for token: String) async throws(TokenFailure) -> Actor { actor }
}

/// A log that takes nothing until it is opened.
private final class WaitingLog: ForwardingLog {
    typealias InlineChanges = PatientChanges

    let base: InMemoryEventLog<PatientChanges>
    private let state = Mutex((isOpen: false, isAsked: false))

    init(_ base: InMemoryEventLog<PatientChanges>) { self.base = base }

    func open() { state.withLock { $0.isOpen = true } }

    var isAsked: Bool { state.withLock { $0.isAsked } }

    func append(
        _ batch: [Append<PatientChanges>], tenant: TenantID
    ) async throws(EventLogError) -> [AppendOutcome] {
        state.withLock { $0.isAsked = true }
        while !state.withLock({ $0.isOpen }) { try? await Task.sleep(for: .milliseconds(1)) }
        return try await base.append(batch, tenant: tenant)
    }
}
