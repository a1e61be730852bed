import EventStore
import Foundation
import Infusion
import InfusionJournal
import InfusionProjections
import Logging
import Postgres
import PostgresEventStore
import ReadModelsConformance
import Synchronization
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

    /// A rule of the store's own, made for one patient: as a number that no column takes would break one.
    @Test func `whom the store refuses is parked, and the others of the page go on`() async throws {
        try await ClinicDatabase.with { database in
            var clinic = try await database.dosed(seed: 97)
            let victim = try await database.dosedPatient()
            let before = try await database.shares(of: victim)
            try await database.refuse(victim)
            try await database.live(&clinic, untilDosedAgain: victim)
            let levels = LoggedLevels()
            let head = try await database.store.head(tenant: database.tenant)
            let projector = database.projector("refused", pageEvents: 1_000, logger: levels.logger)
            let task = Task { try await projector.run() }
            try await database.waitForReport(head)
            task.cancel()
            try? await task.value

            let parked = try await ParkedPatient.list(
                .doseReport, database.pool, tenant: database.tenant
            ).map(\.stream)
            let stream = try #require(parked.first)
            #expect(parked.count == 1 && stream.patient == victim)
            #expect(stream.reason == .refused && stream.position <= head)
            #expect(stream.message.contains("23514 constraint nothing_of_one_patient"))
            #expect(try await database.shares(of: victim) == before)
            let status = try await ReportingStatus.read(database.pool, tenant: database.tenant)
            #expect(status == ReportingStatus(position: head, parked: 1))
            #expect(levels.all.count { $0 == .error } == 2, "the page, and the patient")
            let check = try await database.rebuilder.check([.doseReport], tenant: database.tenant)
            let differing = try #require(check.projections.first).differences.map(\.key)
            #expect(!differing.isEmpty)
            #expect(differing.allSatisfy { $0.hasPrefix(victim.description) || !$0.contains("-") })

            // Tried again, by whoever is next and by hand, and the others go on.
            try await database.live(&clinic, batches: 10)
            try await database.report()
            let retry = { try await database.projector("retry").retry(victim) }
            guard case .stillParked(let still) = try await retry() else {
                Issue.record("nobody is parked any more")
                return
            }
            #expect(still.reason == .refused)
            try await database.refuse(nil)
            #expect(try await retry() == .unparked)
            #expect(try await database.parked().isEmpty)
            #expect(try await database.rebuilder.check(tenant: database.tenant).isClean)
        }
    }
}

/// The levels of what was logged.
private final class LoggedLevels: Sendable {
    private let levels = Mutex<[Logger.Level]>([])

    var all: [Logger.Level] { levels.withLock { $0 } }

    var logger: Logger {
        Logger(label: "test") { _ in
            Handler { level in self.levels.withLock { $0.append(level) } }
        }
    }

    private struct Handler: LogHandler {
        let note: @Sendable (Logger.Level) -> Void
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        init(_ note: @escaping @Sendable (Logger.Level) -> Void) { self.note = note }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) { note(event.level) }
    }
}

extension ClinicDatabase {
    /// Lets the store refuse what one patient adds to the report; `nil` takes it back.
    fileprivate func refuse(_ patient: PatientID?) async throws {
        try await asAdmin { connection in
            let change =
                patient.map {
                    """
                    ADD CONSTRAINT nothing_of_one_patient CHECK (patient_id <> '\($0)') NOT VALID
                    """
                } ?? "DROP CONSTRAINT nothing_of_one_patient"
            try await connection.executeScript(
                unsafeSQL: "ALTER TABLE infusion.dose_report_shares \(change)")
        }
    }

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
