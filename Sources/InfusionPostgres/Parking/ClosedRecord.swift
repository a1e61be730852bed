public import EventStore
import Foundation
public import Infusion
public import InfusionJournal
import InfusionProjections
public import Postgres

/// A patient of whom a projection goes on without an event that this program cannot read.
///
/// The patient is no longer parked, and nothing else would name them: their record answers nobody and
/// takes no command, since what the clinic decides on is never folded without an event.
public struct ClosedRecord: Hashable, Sendable {
    /// The first event of the patient that was left out and cannot be read, and why.
    public let stream: ParkedStream
    /// Where the decision to leave it out stands in the log.
    public let decided: Position

    public var patient: PatientID { stream.patient }
    public var position: Position { stream.position }

    /// In the order of the patients' ids. Needs no key: sealed values stay sealed.
    /// - Parameter codec: What this program can read.
    public static func list(
        _ pool: PostgresPool, tenant: TenantID, codec: JournalCodec = JournalCodec()
    ) async throws(EventLogError) -> [ClosedRecord] {
        let decisions = try await decisions(pool, tenant: tenant)
        guard !decisions.isEmpty else { return [] }
        let rows = try await pool.query(
            Statements.eventsAt(tenant.uuid, decisions.map(\.skipped.value)), of: tenant)
        let events = Dictionary(
            try rows.decoded { row throws(PostgresError) in
                (Position(try row.decode(Int64.self, at: 0)), try EventData(withPosition: row))
            }, uniquingKeysWith: { first, _ in first })
        let decoder = HistoryDecoder(tenant: tenant, codec: codec)
        var closed: [PatientID: ClosedRecord] = [:]
        for decision in decisions.sorted(by: { $0.skipped < $1.skipped })
        where closed[decision.patient] == nil {
            guard let data = events[decision.skipped],
                let stream = decoder.unreadable(data, decision)
            else { continue }
            closed[decision.patient] = ClosedRecord(stream: stream, decided: decision.decided)
        }
        return closed.values.sorted { $0.patient.uuid < $1.patient.uuid }
    }

    private static func decisions(
        _ pool: PostgresPool, tenant: TenantID
    ) async throws(EventLogError) -> [SkippedEvents.Decision] {
        let rows = try await pool.query(Statements.skippedEvents(tenant.uuid), of: tenant)
        do throws(PostgresError) {
            return try SkippedEvents(rows).decisions
        } catch {
            throw EventLogError(of: error)
        }
    }
}

extension HistoryDecoder {
    /// Why an event that was left out cannot be read; `nil` if this program can.
    fileprivate func unreadable(
        _ data: EventData, _ decision: SkippedEvents.Decision
    ) -> ParkedStream? {
        do throws(JournalError) {
            _ = try codec.decode(data, cipher: cipher(of: decision.patient))
            return nil
        } catch {
            return ParkedStream(error, patient: decision.patient, at: decision.skipped)
        }
    }
}
