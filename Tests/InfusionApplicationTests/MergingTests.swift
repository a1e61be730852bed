import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionProjections
import Synchronization
import TestClinic
import Testing

@Suite struct `Merging records` {
    /// Two records of one patient; the second was weighed and told an allergy, and had a result.
    private struct Records {
        let clinic: MemoryClinic
        let survivor: PatientID
        let other: PatientID
        let lab = LabResultID(UUID())

        init() async throws {
            clinic = try await MemoryClinic()
            survivor = try await clinic.register("1001")
            other = try await clinic.register("2002")
            try await clinic.send(
                .recordMeasurements(weight: Kilograms(64), height: nil, at: clinic.clock.now),
                to: .patient(other))
            try await clinic.send(
                .setClinicalContext(
                    [.general],
                    facts: [
                        .ironAllergy(IronAllergy(moiety: .ironDextran, serious: true))
                    ], at: clinic.clock.now), to: .patient(other))
            let value = LabValue(
                comparator: nil, reported: 12, reportedUnit: "ng/mL", canonical: 12)
            try await clinic.send(
                .recordLabs([
                    LabResult(
                        id: lab, analyte: .ferritin, value: value,
                        collectedAt: clinic.clock.now, status: .final, referenceLow: nil,
                        source: nil)
                ]), to: .patient(other))
        }

        var merge: PatientCommand {
            .mergePatients(PatientMerge(survivor: survivor, merged: other))
        }

        func view(_ patient: PatientID) async throws -> PatientView {
            try await clinic.useCases.patient(patient, asOf: .now, actor: clinic.actor())
        }

        func head() async throws -> Position { try await clinic.log.head(tenant: clinic.tenant) }
    }

    private func refusal(
        _ body: () async throws -> Void
    ) async -> Refusal? {
        do {
            try await body()
            return nil
        } catch {
            guard case .refused(let refusal, _, _)? = error as? ApplicationError else { return nil }
            return refusal
        }
    }

    @Test func `both are told at once, and a retry gets the first answer`() async throws {
        let records = try await Records()
        let request = records.clinic.request(records.merge, to: .patient(records.survivor))
        let before = try await records.head()
        let receipt = try await records.clinic.useCases.handle(request)
        #expect(receipt.patient == records.survivor)
        #expect(receipt.events.filter { $0 == "history-carried" }.count == 4)
        #expect(receipt.events.contains("patient-merged"))
        let events = try await records.clinic.useCases.events(
            after: before, limit: 100, actor: records.clinic.actor())
        let types = events.map(\.data.type)
        #expect(Array(types.prefix(receipt.events.count)) == receipt.events)
        #expect(types.dropFirst(receipt.events.count).first == "patient-merged-into")
        let again = try await records.clinic.useCases.handle(request)
        #expect(again.replayed)
        #expect(again.positions == receipt.positions)

        let survivor = try await records.view(records.survivor)
        #expect(survivor.state.weights.latest?.value == Kilograms(64))
        #expect(survivor.state.openMerge(of: records.other) != nil)
        #expect(survivor.identity.value?.identifiers.map(\.value) == ["1001"])
        let other = try await records.view(records.other)
        #expect(other.state.mergedInto?.value == records.survivor)
        #expect(other.identity.value?.identifiers.map(\.value) == ["2002"])
    }

    @Test func `the number of the other leads to the survivor, and so do its things`()
        async throws
    {
        let records = try await Records()
        let clinic = records.clinic
        try await clinic.send(records.merge, to: .patient(records.survivor))
        let found = try await clinic.useCases.patient(
            holding: PatientIdentifier(system: "urn:test:mrn", value: "2002"),
            actor: clinic.actor())
        #expect(found == records.survivor)
        let refused = await refusal {
            try await clinic.send(
                .recordMeasurements(weight: Kilograms(65), height: nil, at: clinic.clock.now),
                to: .patient(records.other))
        }
        #expect(refused == .patientMerged(into: records.survivor))
        let retraction = clinic.request(
            .retractLab(LabRetracted(result: records.lab, reason: .wrongPatient)),
            to: .lab(records.lab))
        let receipt = try await clinic.useCases.handle(retraction)
        #expect(receipt.patient == records.survivor)
        #expect(try await clinic.useCases.handle(retraction).replayed)
        #expect(try await records.view(records.survivor).state.lab(records.lab)?.retraction != nil)
    }

    @Test func `what comes to the other meanwhile is not lost, and nothing is half told`()
        async throws
    {
        let records = try await Records()
        let clinic = records.clinic
        let log = OvertakenLog(clinic.log) { batch in
            guard batch.count == 2 else { return }
            _ = try? await clinic.send(
                .recordMeasurements(
                    weight: Kilograms(99), height: nil, at: clinic.clock.now.adding(minutes: -1)),
                to: .patient(records.other))
        }
        _ = try await clinic.useCases(over: log).handle(
            clinic.request(records.merge, to: .patient(records.survivor)))
        #expect(log.rounds == 2)
        let told = try await records.view(records.survivor).state.weights.entries.map(\.value)
        #expect(told.contains(Kilograms(99)))
        let merges = try await clinic.useCases.events(
            after: .start, limit: 100, actor: clinic.actor()
        ).map(\.data.type).filter { $0.hasPrefix("patient-merged") }
        #expect(merges == ["patient-merged", "patient-merged-into"])
    }

    @Test func `taken back, each stands for itself and both keep the block`() async throws {
        let records = try await Records()
        let clinic = records.clinic
        try await clinic.send(records.merge, to: .patient(records.survivor))
        try await clinic.send(
            .unmergePatients(
                PatientMerge(survivor: records.survivor, merged: records.other),
                reason: .differentPersons), to: .patient(records.survivor))
        let survivor = try await records.view(records.survivor)
        #expect(survivor.state.weights.latest == nil)
        #expect(survivor.state.labs.isEmpty)
        let other = try await records.view(records.other)
        #expect(other.state.mergedInto == nil)
        for state in [survivor.state, other.state] {
            #expect(
                state.facts.ironAllergies.entries.map(\.value).contains(
                    IronAllergy(moiety: .ironDextran, serious: true)))
        }
        try await clinic.send(
            .recordMeasurements(weight: Kilograms(66), height: nil, at: clinic.clock.now),
            to: .patient(records.other))
    }

    @Test func `erasing the survivor erases who the merged record was, too`() async throws {
        let records = try await Records()
        let clinic = records.clinic
        try await clinic.send(records.merge, to: .patient(records.survivor))
        let refused = await refusal {
            try await clinic.send(.erasePatient(.patientRequest), to: .patient(records.other))
        }
        #expect(refused == .patientMerged(into: records.survivor))
        try await clinic.send(.erasePatient(.patientRequest), to: .patient(records.survivor))
        for patient in [records.survivor, records.other] {
            let view = try await records.view(patient)
            #expect(view.identity == .erased)
            #expect(view.state.erasure != nil)
        }
        _ = try await clinic.register("2002")
    }

    @Test func `what the log holds folds to what the read models show`() async throws {
        let records = try await Records()
        let clinic = records.clinic
        try await clinic.send(records.merge, to: .patient(records.survivor))
        for patient in [records.survivor, records.other] {
            let view = try await records.view(patient)
            let row = try await clinic.readModels.patientState(patient, tenant: clinic.tenant)
            #expect(row?.document == PatientDocument.render(view.state))
        }
    }
}

/// A log in which something else comes first, the first time that a batch is sent.
private final class OvertakenLog: EventLog {
    typealias InlineChanges = PatientChanges

    private let base: InMemoryEventLog<PatientChanges>
    private let overtake: @Sendable ([Append<PatientChanges>]) async -> Void
    private let count = Mutex(0)

    var rounds: Int { count.withLock { $0 } }

    init(
        _ base: InMemoryEventLog<PatientChanges>,
        overtake: @escaping @Sendable ([Append<PatientChanges>]) async -> Void
    ) {
        self.base = base
        self.overtake = overtake
    }

    func append(
        _ batch: [Append<PatientChanges>], tenant: TenantID
    ) async throws(EventLogError) -> [AppendOutcome] {
        let isFirst = count.withLock { count in
            count += 1
            return count == 1
        }
        if isFirst { await overtake(batch) }
        return try await base.append(batch, tenant: tenant)
    }

    func read(
        _ stream: StreamID, tenant: TenantID, after version: StreamVersion, limit: Int
    ) async throws(EventLogError) -> [RecordedEvent] {
        try await base.read(stream, tenant: tenant, after: version, limit: limit)
    }

    func readAll(
        tenant: TenantID, after position: Position, limit: Int
    ) async throws(EventLogError) -> [RecordedEvent] {
        try await base.readAll(tenant: tenant, after: position, limit: limit)
    }

    func headings(
        at positions: [Position], tenant: TenantID
    ) async throws(EventLogError) -> [EventHeading] {
        try await base.headings(at: positions, tenant: tenant)
    }

    func head(tenant: TenantID) async throws(EventLogError) -> Position {
        try await base.head(tenant: tenant)
    }

    func position(
        knownAt instant: Timestamp, tenant: TenantID
    ) async throws(EventLogError) -> Position {
        try await base.position(knownAt: instant, tenant: tenant)
    }

    func command(
        _ id: CommandID, tenant: TenantID
    ) async throws(EventLogError) -> AcceptedCommand? {
        try await base.command(id, tenant: tenant)
    }
}
