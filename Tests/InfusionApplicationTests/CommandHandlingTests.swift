import EventStore
import Foundation
import Infusion
import InfusionApplication
import TestClinic
import Testing

@Suite struct `Command handling` {
    @Test func `a registered patient can be read back, identity and all`() async throws {
        let clinic = try await MemoryClinic()
        let patient = try await clinic.register()
        let view = try await clinic.useCases.patient(patient, asOf: .now, actor: clinic.actor())
        #expect(view.identity.value?.name.family == "Rossi")
        #expect(view.version == StreamVersion(1))
        #expect(view.position == Position(1))
        let found = try await clinic.useCases.patient(
            holding: PatientIdentifier(system: "urn:test:mrn", value: "1001"), actor: clinic.actor()
        )
        #expect(found == patient)
    }

    @Test func `a retry of an accepted command gets the first answer`() async throws {
        let clinic = try await MemoryClinic()
        let patient = PatientID(UUID())
        let request = clinic.request(
            .registerPatient(clinic.registration(of: patient, "7")), to: .patient(patient))
        let first = try await clinic.useCases.handle(request)
        clinic.clock.advance(days: 1)
        let second = try await clinic.useCases.handle(request)
        #expect(!first.replayed)
        #expect(second.replayed)
        #expect(second.positions == first.positions)
        #expect(second.recordedAt == first.recordedAt)
        #expect(second.events == ["patient-registered"])
        #expect(try await clinic.log.head(tenant: clinic.tenant) == Position(1))
    }

    @Test func `the same key for another request is a misuse`() async throws {
        let clinic = try await MemoryClinic()
        let patient = try await clinic.register()
        let key = UUID()
        let weight = PatientCommand.recordMeasurements(
            weight: Kilograms(70), height: nil, at: clinic.clock.now)
        _ = try await clinic.useCases.handle(
            clinic.request(weight, to: .patient(patient), key: key, fingerprint: [1]))
        let error = await #expect(throws: ApplicationError.self) {
            try await clinic.useCases.handle(
                clinic.request(weight, to: .patient(patient), key: key, fingerprint: [2]))
        }
        guard case .keyReused = error else {
            Issue.record("expected keyReused, got \(String(describing: error))")
            return
        }
    }

    @Test func `a refusal is not stored and may succeed later`() async throws {
        let clinic = try await MemoryClinic()
        let patient = try await clinic.register()
        let tomorrow = clinic.clock.now.adding(hours: 24)
        let request = clinic.request(
            .recordMeasurements(weight: Kilograms(70), height: nil, at: tomorrow),
            to: .patient(patient))
        let error = await #expect(throws: ApplicationError.self) {
            try await clinic.useCases.handle(request)
        }
        guard case .refused(.inTheFuture, let version, _) = error else {
            Issue.record("expected inTheFuture, got \(String(describing: error))")
            return
        }
        #expect(version == StreamVersion(1))
        clinic.clock.advance(days: 2)
        #expect(try await clinic.useCases.handle(request).version == StreamVersion(2))
    }

    @Test func `a stale expected version names the current one`() async throws {
        let clinic = try await MemoryClinic()
        let patient = try await clinic.register()
        let weight = PatientCommand.recordMeasurements(
            weight: Kilograms(70), height: nil, at: clinic.clock.now)
        let request = clinic.request(weight, to: .patient(patient), expectedVersion: 1)
        #expect(try await clinic.useCases.handle(request).version == StreamVersion(2))
        let error = await #expect(throws: ApplicationError.self) {
            try await clinic.useCases.handle(
                clinic.request(weight, to: .patient(patient), expectedVersion: 1))
        }
        guard case .versionMismatch(let expected, let current) = error else {
            Issue.record("expected versionMismatch, got \(String(describing: error))")
            return
        }
        #expect(expected == StreamVersion(1))
        #expect(current == StreamVersion(2))
        // The accepted one, sent again with the version it was accepted on, is a retry and no mismatch.
        #expect(try await clinic.useCases.handle(request).replayed)
    }

    @Test func `commands that race for one patient are all accepted, one after another`()
        async throws
    {
        let clinic = try await MemoryClinic()
        let patient = try await clinic.register()
        let receipts = try await withThrowingTaskGroup(of: CommandReceipt.self) { group in
            for index in 1...6 {
                group.addTask {
                    try await clinic.send(
                        .recordMeasurements(
                            weight: Kilograms(Decimal(60 + index)), height: nil,
                            at: clinic.clock.now.adding(minutes: Int64(-index))),
                        to: .patient(patient))
                }
            }
            var receipts: [CommandReceipt] = []
            for try await receipt in group { receipts.append(receipt) }
            return receipts
        }
        #expect(Set(receipts.map(\.version.value)) == Set(2...7))
    }

    @Test func `a token without the scope is told which one it lacks`() async throws {
        let clinic = try await MemoryClinic()
        let patient = try await clinic.register()
        let error = await #expect(throws: ApplicationError.self) {
            try await clinic.useCases.handle(
                clinic.request(
                    .setClinicalContext([.general], facts: [], at: clinic.clock.now),
                    to: .patient(patient), actor: clinic.actor(without: [.patientWrite])))
        }
        guard case .forbidden(.patientWrite) = error else {
            Issue.record("expected forbidden, got \(String(describing: error))")
            return
        }
    }

    @Test func `an order that belongs to nobody is not found`() async throws {
        let clinic = try await MemoryClinic()
        let error = await #expect(throws: ApplicationError.self) {
            try await clinic.send(
                .releaseOrder(OrderID(UUID())), to: .order(OrderID(UUID())))
        }
        guard case .notFound("order") = error else {
            Issue.record("expected notFound, got \(String(describing: error))")
            return
        }
    }

    @Test func `an identifier leads to one patient only`() async throws {
        let clinic = try await MemoryClinic()
        _ = try await clinic.register("42")
        let error = await #expect(throws: ApplicationError.self) { try await clinic.register("42") }
        guard case .identifierTaken = error else {
            Issue.record("expected identifierTaken, got \(String(describing: error))")
            return
        }
    }

    @Test func `what another process appended is seen by the next command here`() async throws {
        let clinic = try await MemoryClinic()
        let patient = try await clinic.register()
        let here = clinic.useCases
        let there = clinic.useCases
        for round in 1...5 {
            for (index, useCases) in [here, there].enumerated() {
                let at = clinic.clock.now.adding(minutes: Int64(-10 * round - index))
                let receipt = try await useCases.handle(
                    clinic.request(
                        .recordMeasurements(
                            weight: Kilograms(Decimal(60 + round)), height: nil, at: at),
                        to: .patient(patient)))
                #expect(receipt.version.value == Int64(2 * round + index))
            }
        }
        let view = try await here.patient(patient, asOf: .now, actor: clinic.actor())
        #expect(view.state.weights.entries.count == 10)
        // A refusal, too, is judged on what the other one wrote.
        let error = await #expect(throws: ApplicationError.self) {
            try await there.handle(
                clinic.request(
                    .registerPatient(clinic.registration(of: patient, "1001")),
                    to: .patient(patient)))
        }
        guard case .refused(.patientAlreadyRegistered, StreamVersion(11), _) = error else {
            Issue.record("expected patientAlreadyRegistered, got \(String(describing: error))")
            return
        }
    }
}
