import EventStore
import Foundation
import Infusion
import InfusionJournal
import InfusionProjections
import Postgres
import PostgresEventStore
import ReadModelsConformance
import TestPostgres
import Testing

@testable import InfusionPostgres

@Suite struct ParkingTests {
    @Test func `an unknown event parks its patient and nobody else`() async throws {
        // The state row of a parked patient is older than the stream: the check says so, rightly.
        try await ClinicDatabase.with(checking: false) { database in
            var clinic = RandomClinic(tenant: database.tenant, seed: 81)
            try await database.live(&clinic, batches: 30)
            try await database.report()
            let victim = try #require(clinic.patients.first)
            let before = try await database.shares(of: victim)
            let position = try await database.poison(victim, clinic)
            let others = RandomClinic(tenant: database.tenant, seed: 82)
            var living = others
            try await database.live(&living, batches: 30)
            try await database.report(pageEvents: 5)

            let parked = try await database.parked()
            #expect(
                parked == ["\(victim) \(position) unknown-type unknown event type dose-dreamt v7"])
            #expect(try await database.shares(of: victim) == before)
            #expect(try await database.sharesOfOthers(than: victim).isEmpty == false)

            let report = try await database.rebuilder.check(tenant: database.tenant)
            #expect(report.parked.map(\.patient) == [victim])
            #expect(report.parked.map(\.reason) == [.unknownType])
            #expect(report.projections.filter { !$0.isEqual } == [])
            #expect(!report.isClean)
        }
    }

    @Test func `a rebuild leaves a parked patient's rows as they are`() async throws {
        try await ClinicDatabase.with(checking: false) { database in
            var clinic = RandomClinic(tenant: database.tenant, seed: 83)
            try await database.live(&clinic, batches: 40)
            let victim = try #require(clinic.patients.first)
            _ = try await database.poison(victim, clinic)
            let before = try await database.liveRows().patients[victim]
            #expect(try await database.rebuilder.rebuild(tenant: database.tenant).isSwapped)
            #expect(try await database.liveRows().patients[victim] == before)
        }
    }

    /// Who was parked by an older program is read again by a newer one.
    @Test func `a patient who can be read again is no longer parked`() async throws {
        try await ClinicDatabase.with { database in
            _ = try await database.dosed(seed: 84)
            let before = try await database.reported()
            let patient = try await database.dosedPatient()
            try await database.parkByHand(patient)
            #expect(try await database.reported() != before)
            let projector = database.projector("newer")
            let task = Task { try await projector.run() }
            try await eventually("the patient is no longer parked") {
                try await database.parked().isEmpty
            }
            task.cancel()
            try? await task.value
            #expect(try await database.reported() == before)
        }
    }
}

extension ClinicDatabase {
    /// An event of a type that nobody knows, at the end of the patient's stream.
    func poison(_ patient: PatientID, _ clinic: RandomClinic) async throws -> Position {
        let state = try #require(clinic.states[patient])
        let changes = PatientChanges.make(before: state, events: [], after: state)
        let event = EventData(
            type: "dose-dreamt", payloadVersion: 7, payload: Array("{}".utf8),
            effectiveAt: Timestamp(microsecondsSinceUnixEpoch: 0))
        let append = HandMade.append(
            [event], of: patient, expected: StreamVersion(state.version.value), changes: changes)
        guard case .appended(let command) = try await store.append([append], tenant: tenant)[0]
        else {
            throw EventLogError(.storeFailed, "the poison was not appended")
        }
        return command.head
    }

    func parked() async throws -> [String] {
        try await ParkedPatient.list(.doseReport, pool, tenant: tenant).map(\.stream).map {
            "\($0.patient) \($0.position) \($0.reason.rawValue) \($0.message)"
        }
    }

    func shares(of patient: PatientID) async throws -> [DoseReportShare] {
        try await liveRows([.doseReport]).shares.filter { $0.patient == patient }
    }

    func sharesOfOthers(than patient: PatientID) async throws -> [DoseReportShare] {
        try await liveRows([.doseReport]).shares.filter { $0.patient != patient }
    }
}
