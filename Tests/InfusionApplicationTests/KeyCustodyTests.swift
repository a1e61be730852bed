import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionJournal
import TestClinic
import Testing

@Suite struct `The master keys` {
    private static func keyring(_ lines: (String, UInt8)...) throws -> MasterKeyring {
        let text = lines.map { name, first in
            let key = Data((0..<32).map { first &+ UInt8($0) }).base64EncodedString()
            return "\(name) \(key)\n"
        }.joined()
        return try MasterKeyring.load(Array(text.utf8))
    }

    private func custody(_ clinic: MemoryClinic, _ keyring: MasterKeyring) -> KeyCustody {
        KeyCustody(keys: clinic.log, keyring: keyring, random: .system)
    }

    @Test func `a file that does not open what is in use is noticed`() async throws {
        let clinic = try await MemoryClinic()
        let tenant = clinic.tenant
        #expect(try await custody(clinic, clinic.keyring).inUse(tenant: tenant) == [:])
        _ = try await clinic.register()
        #expect(try await custody(clinic, clinic.keyring).inUse(tenant: tenant) == ["test": true])
        let another = try Self.keyring(("another", 9))
        #expect(try await custody(clinic, another).inUse(tenant: tenant) == ["test": false])
        // The same name on other bytes is no better.
        let forged = try Self.keyring(("test", 9))
        #expect(try await custody(clinic, forged).inUse(tenant: tenant) == ["test": false])
    }

    @Test func `a patient under a key that is not at hand can be read and treated, not named`()
        async throws
    {
        let clinic = try await MemoryClinic()
        let patient = try await clinic.register()
        let without = try clinic.useCases(keyring: Self.keyring(("another", 9)))
        let view = try await without.patient(patient, asOf: .now, actor: clinic.actor())
        #expect(view.identity == .unreachable)
        _ = try await without.handle(
            clinic.request(
                .recordMeasurements(weight: Kilograms(64), height: nil, at: clinic.clock.now),
                to: .patient(patient)))
        let error = await #expect(throws: ApplicationError.self) {
            try await without.handle(
                clinic.request(
                    .correctIdentity(clinic.registration(of: patient, "7").identity, .female),
                    to: .patient(patient)))
        }
        guard case .keys(.unknownMasterKey)? = error else {
            Issue.record("expected keys, got \(String(describing: error))")
            return
        }
    }

    @Test func `rotation leaves everything readable under the new key alone`() async throws {
        let clinic = try await MemoryClinic()
        let patient = try await clinic.register("1001")
        let both = try Self.keyring(("new", 9), ("test", 0))
        let useCases = clinic.useCases(keyring: both)
        let count = try await custody(clinic, both).rewrap(under: "test", tenant: clinic.tenant) {
            let view = try await useCases.patient($0, asOf: .now, actor: clinic.actor())
            let identity = try #require(view.identity.value)
            _ = try await useCases.handle(
                clinic.request(.correctIdentity(identity, .female), to: .patient($0)))
        }
        #expect(count == 1)
        let alone = try Self.keyring(("new", 9))
        #expect(
            try await custody(clinic, alone).inUse(tenant: clinic.tenant) == ["new": true])
        let after = clinic.useCases(keyring: alone)
        let identifier = PatientIdentifier(system: "urn:test:mrn", value: "1001")
        #expect(
            try await after.patient(holding: identifier, actor: clinic.actor()) == patient)
        let view = try await after.patient(patient, asOf: .now, actor: clinic.actor())
        #expect(view.identity.value?.identifiers == [identifier])
        // Nothing was added to the patient's history.
        #expect(view.version == StreamVersion(1))
        #expect(
            try await custody(clinic, both).rewrap(under: "test", tenant: clinic.tenant) { _ in }
                == 0)
    }

    @Test func `after a loss the patient has no name until it is stated again`() async throws {
        let clinic = try await MemoryClinic()
        let patient = try await clinic.register("1001")
        let keyring = try Self.keyring(("new", 9))
        let custody = custody(clinic, keyring)
        #expect(try await custody.replaceLost(under: "test", tenant: clinic.tenant) == 1)
        #expect(try await custody.inUse(tenant: clinic.tenant) == ["new": true])
        let useCases = clinic.useCases(keyring: keyring)
        let lost = try await useCases.patient(patient, asOf: .now, actor: clinic.actor())
        #expect(lost.identity == .erased)
        _ = try await useCases.handle(
            clinic.request(
                .correctIdentity(clinic.registration(of: patient, "1001").identity, .female),
                to: .patient(patient)))
        let stated = try await useCases.patient(patient, asOf: .now, actor: clinic.actor())
        #expect(stated.identity.value?.name.family == "Rossi")
        let identifier = PatientIdentifier(system: "urn:test:mrn", value: "1001")
        #expect(
            try await useCases.patient(holding: identifier, actor: clinic.actor()) == patient)
    }
}
