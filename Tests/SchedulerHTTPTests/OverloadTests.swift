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
        let parts = SchedulerAPI.Parts(
            useCases: clinic.useCases(over: log), sites: await SampleSites.empty(),
            calendar: StubCalendar(await SampleSites.empty()),
            authenticator: OneActor(actor: clinic.actor()), health: ToldHealth(), limits: limits)
        let application = SchedulerAPI.buildApplication(
            parts, host: "127.0.0.1", port: 0, logger: Logger(label: "test"))
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
    private let isOpen = Mutex(false)

    init(_ base: InMemoryEventLog<PatientChanges>) { self.base = base }

    func open() { isOpen.withLock { $0 = true } }

    func append(
        _ batch: [Append<PatientChanges>], tenant: TenantID
    ) async throws(EventLogError) -> [AppendOutcome] {
        while !isOpen.withLock({ $0 }) { try? await Task.sleep(for: .milliseconds(1)) }
        return try await base.append(batch, tenant: tenant)
    }
}
