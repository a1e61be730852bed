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
        let before = try await clinic.useCases.patient(patient, asOf: .now, actor: clinic.actor())
        let receipt = try await clinic.send(.erasePatient(.patientRequest), to: .patient(patient))
        #expect(receipt.events == ["patient-erased"])
        let view = try await clinic.useCases.patient(patient, asOf: .now, actor: clinic.actor())
        #expect(view.identity == .erased)
        #expect(view.state.weights.latest?.value == Kilograms(64))
        #expect(view.state.erasure?.value == .patientRequest)
        // Not as of any earlier moment either.
        let then = try await clinic.useCases.patient(
            patient, asOf: AsOf(effectiveAt: nil, knownAt: .position(before.position)),
            actor: clinic.actor())
        #expect(then.identity == .erased)
        let found = try await clinic.useCases.patient(
            holding: PatientIdentifier(system: "urn:test:mrn", value: "1001"), actor: clinic.actor()
        )
        #expect(found == nil)
        // The number belongs to nobody now.
        _ = try await clinic.register("1001")
    }

    @Test func `erasure shows at once to a process that has just decided on the patient`()
        async throws
    {
        let clinic = try await MemoryClinic()
        let useCases = clinic.useCases
        let patient = try await clinic.register()
        let weigh = clinic.request(
            .recordMeasurements(
                weight: Kilograms(64), height: nil, at: clinic.clock.now.adding(minutes: -3)),
            to: .patient(patient))
        #expect(try await useCases.handle(weigh).version == StreamVersion(2))
        // Another process erases.
        _ = try await clinic.useCases.handle(
            clinic.request(.erasePatient(.patientRequest), to: .patient(patient)))
        let registration = clinic.registration(of: patient, "2002")
        for command in [
            PatientCommand.correctIdentity(registration.identity, .female),
            .recordMeasurements(weight: nil, height: Centimeters(170), at: clinic.clock.now),
        ] {
            let error = await #expect(throws: ApplicationError.self) {
                try await useCases.handle(clinic.request(command, to: .patient(patient)))
            }
            guard case .refused(.patientErased, _, _)? = error else {
                Issue.record("expected patientErased, got \(String(describing: error))")
                continue
            }
        }
        // What was accepted before keeps its answer.
        #expect(try await useCases.handle(weigh).replayed)
    }

    @Test func `an identifier corrected away is free for the one it belongs to`() async throws {
        let clinic = try await MemoryClinic()
        let patient = try await clinic.register("1001")
        let mistaken = clinic.registration(of: patient, "2002").identity
        try await clinic.send(.correctIdentity(mistaken, .female), to: .patient(patient))
        let other = try await clinic.register("1001")
        let holder = { (value: String) async throws in
            try await clinic.useCases.patient(
                holding: PatientIdentifier(system: "urn:test:mrn", value: value),
                actor: clinic.actor())
        }
        #expect(try await holder("1001") == other)
        #expect(try await holder("2002") == patient)
    }

    @Test func `a registration that is refused holds no identifier`() async throws {
        let clinic = try await MemoryClinic()
        let patient = PatientID(UUID())
        let nameless = Infusion.Identity(
            name: PersonName(family: "", given: []), birthDate: CalendarDate(dayNumber: 5_000),
            identifiers: [PatientIdentifier(system: "urn:test:mrn", value: "3003")])
        await #expect(throws: ApplicationError.self) {
            try await clinic.send(
                .registerPatient(
                    RegisterPatient(
                        patient: patient, identity: nameless, gender: .female,
                        site: clinic.site.id)),
                to: .patient(patient))
        }
        _ = try await clinic.register("3003")
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
    let inner: any SubjectKeyStore

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

    func replace(
        _ old: SubjectKey, with new: SubjectKey, of subject: SubjectID, tenant: TenantID
    ) async throws(EventLogError) -> Bool {
        try await inner.replace(old, with: new, of: subject, tenant: tenant)
    }

    func wrappingKeys(tenant: TenantID) async throws(EventLogError) -> [String: SubjectID] {
        try await inner.wrappingKeys(tenant: tenant)
    }

    func subjects(
        under wrappingKeyID: String, after subject: SubjectID?, tenant: TenantID
    ) async throws(EventLogError) -> [SubjectID] {
        try await inner.subjects(under: wrappingKeyID, after: subject, tenant: tenant)
    }
}
