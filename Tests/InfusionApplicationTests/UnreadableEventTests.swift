import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionJournal
import TestClinic
import Testing

@Suite struct `An event that cannot be read` {
    /// Of a type that nobody knows, behind the first event of the stream.
    private static func append(to stream: StreamID, of clinic: MemoryClinic) async throws {
        let data = EventData(
            type: "from-tomorrow", payloadVersion: 9, payload: Array("{}".utf8),
            effectiveAt: clinic.clock.timestamp)
        let outcomes = try await InMemoryPlainLog(clinic.log).append(
            [
                Append(
                    commandID: CommandID(UUID()), fingerprint: [1], stream: stream,
                    expected: StreamVersion(1), events: [data],
                    metadata: EventMetadata(
                        actor: "nurse-1", correlationID: UUID(), causation: nil, ruleSet: "test"),
                    answer: [])
            ], tenant: clinic.tenant)
        try #require(outcomes.count == 1)
    }

    private static func expectNamed(_ error: ApplicationError?, at position: Position) {
        guard case .journal(let failure) = error else {
            Issue.record("expected journal, got \(String(describing: error))")
            return
        }
        #expect(failure.position == position)
        #expect(failure.error == .unknownEventType(type: "from-tomorrow", payloadVersion: 9))
        #expect("\(failure)" == "position \(position): unknown event type from-tomorrow v9")
    }

    @Test func `of a patient is named by its position, to questions and to commands`() async throws
    {
        let clinic = try await MemoryClinic()
        let patient = try await clinic.register()
        try await Self.append(to: PatientStream.id(of: patient), of: clinic)
        let asked = await #expect(throws: ApplicationError.self) {
            try await clinic.useCases.patient(patient, asOf: .now, actor: clinic.actor())
        }
        Self.expectNamed(asked, at: Position(2))
        let weight = PatientCommand.recordMeasurements(
            weight: Kilograms(70), height: nil, at: clinic.clock.now)
        let told = await #expect(throws: ApplicationError.self) {
            try await clinic.useCases.handle(clinic.request(weight, to: .patient(patient)))
        }
        Self.expectNamed(told, at: Position(2))
    }

    @Test func `of a site is named by its position`() async throws {
        let clinic = try await MemoryClinic()
        try await clinic.decide(.openSite(clinic.site.id, timeZone: "Europe/Rome"))
        try await Self.append(to: SiteStream.id(of: clinic.site.id), of: clinic)
        let asked = await #expect(throws: ApplicationError.self) {
            try await clinic.sites.site(clinic.site.id, knownAt: .now, actor: clinic.actor())
        }
        Self.expectNamed(asked, at: Position(2))
    }

    @Test func `has no position if it never got into the log`() {
        let error = ApplicationError.journal(
            .unwritable(type: "weight-measured", PayloadError(.unknownCode(of: "unit"), path: "")))
        guard case .journal(let failure) = error else {
            Issue.record("expected journal, got \(error)")
            return
        }
        #expect(failure.position == nil)
        #expect("\(failure)" == "weight-measured cannot be written: unknown code of unit")
    }
}
