import EventStore
import Foundation
import Infusion
import InfusionApplication
import TestClinic
import Testing

@Suite struct `Identity` {
    @Test func `an erased patient keeps a history and has no name`() async throws {
        let clinic = try await MemoryClinic()
        let patient = try await clinic.register()
        try await clinic.send(
            .recordMeasurements(weight: Kilograms(64), height: nil, at: clinic.clock.now),
            to: .patient(patient))
        #expect(
            try await clinic.subjects.destroyKey(of: SubjectID(patient.uuid), tenant: clinic.tenant)
        )
        let view = try await clinic.useCases.patient(patient, asOf: .now, actor: clinic.actor())
        #expect(view.identity == .erased)
        #expect(view.state.weights.latest?.value == Kilograms(64))
        let found = try await clinic.useCases.patient(
            holding: PatientIdentifier(system: "urn:test:mrn", value: "1001"), actor: clinic.actor()
        )
        #expect(found == nil)
    }

    @Test func `erasure shows at once to a process that has just decided on the patient`()
        async throws
    {
        let clinic = try await MemoryClinic()
        let useCases = clinic.useCases
        let patient = try await clinic.register()
        let weigh = { (minutes: Int64) async throws -> CommandReceipt in
            try await useCases.handle(
                clinic.request(
                    .recordMeasurements(
                        weight: Kilograms(64), height: nil,
                        at: clinic.clock.now.adding(minutes: -minutes)),
                    to: .patient(patient)))
        }
        #expect(try await weigh(3).version == StreamVersion(2))
        _ = try await clinic.subjects.destroyKey(
            of: SubjectID(patient.uuid), tenant: clinic.tenant)
        #expect(try await weigh(2).version == StreamVersion(3))
        // Nothing sealed can be written any more: an identity cannot come back.
        let registration = clinic.registration(of: patient, "2002")
        await #expect(throws: ApplicationError.self) {
            try await useCases.handle(
                clinic.request(
                    .correctIdentity(registration.identity, .female), to: .patient(patient)))
        }
    }

    @Test func `a key store out of reach is not an erased patient`() async throws {
        let clinic = try await MemoryClinic { UnreachableReads(inner: $0) }
        let patient = try await clinic.register()
        let view = try await clinic.useCases.patient(patient, asOf: .now, actor: clinic.actor())
        #expect(view.identity == .unreachable)
    }

    @Test func `no name, date or identifier lies in the log in the clear`() async throws {
        let clinic = try await MemoryClinic()
        _ = try await clinic.register("very-secret-number")
        let events = try await clinic.useCases.events(
            after: .start, limit: 10, actor: clinic.actor())
        let text = events.map { String(decoding: $0.data.payload, as: UTF8.self) }.joined()
        for secret in ["Rossi", "Anna", "very-secret-number", "urn:test:mrn", "1983-09-10"] {
            #expect(!text.contains(secret))
        }
    }
}

/// Keys can be made but not read: a key store whose network has just failed.
private struct UnreachableReads: SubjectKeyStore {
    let inner: InMemorySubjectDirectory

    func key(
        of subject: SubjectID, tenant: TenantID
    ) async throws(EventLogError) -> SubjectKeyState {
        throw EventLogError(.unavailable, "the key store does not answer")
    }

    func put(
        _ key: SubjectKey, for subject: SubjectID, tenant: TenantID
    ) async throws(EventLogError) -> SubjectKeyState {
        try await inner.put(key, for: subject, tenant: tenant)
    }

    func destroyKey(of subject: SubjectID, tenant: TenantID) async throws(EventLogError) -> Bool {
        try await inner.destroyKey(of: subject, tenant: tenant)
    }
}
