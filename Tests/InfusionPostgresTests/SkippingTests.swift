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

@Suite struct SkippingTests {
    /// The state row of a patient with an event that nobody reads is older than the stream, and the
    /// checks say so: what the clinic decides on is never folded without an event.
    @Test func `after a skip the patient goes on, and a rebuild leaves out the same event`()
        async throws
    {
        try await ClinicDatabase.with(checking: false) { database in
            var clinic = try await database.dosed(seed: 95)
            let victim = try await database.dosedPatient { patient in
                // A reaction would keep the next dose back.
                clinic.states[patient]?.reactions.isEmpty ?? false
            }
            let position = try await database.poison(victim, clinic)
            clinic.leaveOut(of: victim)
            try await database.report()
            let parkedWith = try await database.shares(of: victim)
            try await database.live(&clinic, untilDosedAgain: victim)
            try await database.report()
            #expect(try await database.shares(of: victim) == parkedWith)

            let outcome = try await database.skip(victim)
            let head = try await database.store.head(tenant: database.tenant)
            #expect(outcome == .recorded(skipped: position, at: head))
            #expect(
                try await database.skip(victim) == .decidedBefore(skipped: position, at: head))
            try await database.report()
            #expect(try await database.parked().isEmpty)
            #expect(try await database.skip(victim) == .notParked)
            #expect(try await database.shares(of: victim) != parkedWith)

            try await database.live(&clinic, batches: 20)
            try await database.report(pageEvents: 3)
            try await database.expectSameRebuilt()
        }
    }

    @Test func `a skip is an event with actor and reason, after the event it concerns`()
        async throws
    {
        try await ClinicDatabase.with(checking: false) { database in
            let clinic = try await database.dosed(seed: 92)
            let victim = try await database.dosedPatient()
            let position = try await database.poison(victim, clinic)
            try await database.report()
            _ = try await database.skip(victim, reason: .damaged)
            let head = try await database.store.head(tenant: database.tenant)
            let event = try #require(
                try await database.store.readAll(
                    tenant: database.tenant, after: head.advanced(by: -1), limit: 1
                ).first)
            #expect(event.stream == AdministrationStream.id(of: database.tenant))
            #expect(event.metadata.actor == "admin-1")
            #expect(event.metadata.causation == position)
            #expect(
                try AdministrationCodec().decode(event.data)
                    == .eventSkipped(
                        EventSkipped(
                            projection: "dose_report", patient: victim, position: position,
                            reason: .damaged)))
        }
    }

    @Test func `a second event that cannot be read parks the patient again`() async throws {
        try await ClinicDatabase.with(checking: false) { database in
            var clinic = try await database.dosed(seed: 93)
            let victim = try await database.dosedPatient()
            for _ in 0..<2 {
                _ = try await database.poison(victim, clinic)
                clinic.leaveOut(of: victim)
            }
            let second = try await database.store.head(tenant: database.tenant)
            try await database.report()
            _ = try await database.skip(victim)
            try await database.report()
            let parked = try await ParkedPatient.list(
                .doseReport, database.pool, tenant: database.tenant)
            #expect(parked.map(\.stream.position) == [second])
            #expect(parked.map(\.stream.reason) == [.unknownType])
            _ = try await database.skip(victim)
            try await database.report()
            #expect(try await database.parked().isEmpty)
            try await database.expectSameRebuilt()
        }
    }

    @Test func `who is skipped is named while the record stays closed, and nobody else is`()
        async throws
    {
        try await ClinicDatabase.with(checking: false) { database in
            let clinic = try await database.dosed(seed: 97)
            let victim = try await database.dosedPatient()
            let position = try await database.poison(victim, clinic)
            try await database.report()
            #expect(try await database.closed().isEmpty, "a parked patient is not skipped yet")
            _ = try await database.skip(victim)
            try await database.report()
            #expect(try await database.parked().isEmpty)
            let decided = try await database.store.head(tenant: database.tenant)
            #expect(
                try await database.closed() == [
                    ClosedRecord(
                        stream: ParkedStream(
                            patient: victim, position: position, reason: .unknownType,
                            message: "unknown event type dose-dreamt v7"),
                        decided: decided)
                ])
            // An event that this program can read, left out while an older one could not: open.
            let other = try #require(clinic.patients.first { $0 != victim })
            try await database.parkByHand(
                other, at: try await database.firstPosition(of: other))
            _ = try await database.skip(other)
            #expect(try await database.closed().map(\.patient) == [victim])
        }
    }

    /// The decision comes between two pages, while the patient's later events are in the same page,
    /// and while a rebuild is on its way: the report is the same.
    @Test(arguments: [1, 2, 1_000])
    func `it does not matter when the projection meets the decision`(pageEvents: Int) async throws {
        try await ClinicDatabase.with(checking: false) { database in
            var clinic = try await database.dosed(seed: 94)
            let victim = try await database.dosedPatient()
            _ = try await database.poison(victim, clinic)
            clinic.leaveOut(of: victim)
            try await database.report()
            try await database.live(&clinic, batches: 10)
            _ = try await database.skip(victim)
            #expect(
                try await database.rebuilder.rebuild([.doseReport], tenant: database.tenant)
                    .isSwapped)
            try await database.live(&clinic, batches: 10)
            try await database.report(pageEvents: pageEvents)
            #expect(try await database.parked().isEmpty)
            try await database.expectSameRebuilt()
        }
    }

    @Test func `a retry says why a patient stays parked, and takes nothing over`() async throws {
        try await ClinicDatabase.with(checking: false) { database in
            let clinic = try await database.dosed(seed: 95)
            let victim = try await database.dosedPatient()
            let position = try await database.poison(victim, clinic)
            try await database.report()
            let before = try await database.checkpoint()
            #expect(
                try await database.projector("retry").retry(victim)
                    == .stillParked(
                        ParkedStream(
                            patient: victim, position: position, reason: .unknownType,
                            message: "unknown event type dose-dreamt v7")))
            #expect(try await database.checkpoint() == before)
            let somebodyElse = try #require(clinic.patients.first { $0 != victim })
            #expect(try await database.projector("retry").retry(somebodyElse) == .notParked)
        }
    }

    /// The service goes on all the while; it finds its token stale, and knows the patient again.
    @Test func `a retry that can read the patient un-parks it under a running projector`()
        async throws
    {
        try await ClinicDatabase.with { database in
            var clinic = try await database.dosed(seed: 96)
            try await database.report()
            let patient = try await database.dosedPatient()
            let before = try await database.reported()
            try await database.parkByHand(patient)
            let projector = database.projector("running")
            let older = Task { try await projector.run() }
            try await eventually("the projector has read the patient itself") {
                try await database.parked().isEmpty
            }
            // It has its partitions, so it does not look again by itself.
            try await database.parkByHand(patient)
            #expect(try await database.projector("newer").retry(patient) == .unparked)
            #expect(try await database.parked().isEmpty)
            #expect(try await database.reported().rows == before.rows)
            try await database.live(&clinic, batches: 5)
            try await database.waitForReport(
                try await database.store.head(tenant: database.tenant))
            older.cancel()
            try? await older.value
            let report = try await database.rebuilder.check(
                [.doseReport], tenant: database.tenant)
            #expect(report.isClean)
        }
    }
}

extension ClinicDatabase {
    /// A clinic that has given iron to somebody.
    func dosed(seed: UInt64) async throws -> RandomClinic {
        var clinic = RandomClinic(tenant: tenant, seed: seed)
        repeat {
            try await live(&clinic, batches: 10)
        } while clinic.states.values.allSatisfy { $0.doses.isEmpty }
        try await report()
        return clinic
    }

    /// Somebody who is in the report.
    func dosedPatient(
        where isWanted: (PatientID) -> Bool = { _ in true }
    ) async throws -> PatientID {
        let shares = try await liveRows([.doseReport]).shares
        let patient = shares.map(\.patient).first(where: isWanted)
        return try #require(patient)
    }

    func live(_ clinic: inout RandomClinic, untilDosedAgain patient: PatientID) async throws {
        let before = clinic.states[patient]?.doses.count ?? 0
        for _ in 0..<100 where clinic.states[patient]?.doses.count == before {
            try await live(&clinic, batches: 5)
        }
        try #require(clinic.states[patient]?.doses.count != before)
    }

    func skip(
        _ patient: PatientID, reason: SkipReason = .enteredInError
    ) async throws -> SkipOutcome {
        try await ParkedEventSkipping(
            pool: pool, log: PostgresEventStore(pool: pool), tenant: tenant
        )
        .skip(
            SkipRequest(
                projection: .doseReport, patient: patient, reason: reason,
                decision: AdministrationRequest(
                    actor: "admin-1", decidedAt: Timestamp(microsecondsSinceUnixEpoch: 1),
                    commandID: CommandID(UUID()))))
    }

    /// As an older program would have left a patient whom this one can read.
    func parkByHand(_ patient: PatientID, at position: Int64 = 1) async throws {
        try await asService(of: tenant) { connection in
            try await connection.query(
                Statements.parkStream(
                    tenant.uuid, "dose_report", patient.uuid, position, "unknown-type",
                    "from before"))
            try await connection.query(
                DoseShareParameters([]).statement(
                    replacing: [patient.uuid], in: 0, tenant: tenant))
        }
    }

    func firstPosition(of patient: PatientID) async throws -> Int64 {
        try await asService(of: tenant) { connection in
            try await connection.query(
                "SELECT min(position) FROM event_log.events WHERE stream_id = \(patient.uuid)")[0]
                .decode(Int64.self, at: 0)
        }
    }

    func closed() async throws -> [ClosedRecord] {
        try await ClosedRecord.list(pool, tenant: tenant)
    }

    /// Live and rebuilt are the same, and stay so once the rebuilt rows are the live ones.
    func expectSameRebuilt() async throws {
        let before = try await liveRows([.doseReport]).shares
        let report = try await rebuilder.rebuild([.doseReport], tenant: tenant)
        #expect(report.projections.filter { !$0.isEqual } == [])
        #expect(try await liveRows([.doseReport]).shares == before)
    }

    /// The fencing tokens and the positions of the report.
    func checkpoint() async throws -> [Int64] {
        try await asService(of: tenant) { connection in
            try await connection.query(
                "SELECT fencing_token, position FROM event_log.checkpoints ORDER BY partition"
            ).decode((Int64, Int64).self).flatMap { [$0.0, $0.1] }
        }
    }
}
