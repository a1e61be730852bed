import EventStore
import Foundation
import Infusion
import InfusionJournal
import InfusionProjections
import Postgres

/// The events that the dose report goes on without, as administrators decided in the log itself.
///
/// A decision counts from its own position on, whether or not the event could be read by then: so
/// the report at a position is a function of the log up to there, and rebuilt as it was.
struct SkippedEvents: Sendable {
    struct Decision: Sendable {
        let patient: PatientID
        let skipped: Position
        let decided: Position
    }

    private(set) var decisions: [Decision] = []
    private var positions: Set<Position> = []

    func contains(_ position: Position) -> Bool { positions.contains(position) }

    func concerns(_ patient: PatientID) -> Bool { decisions.contains { $0.patient == patient } }

    /// What had been decided up to a position.
    func upTo(_ position: Position) -> SkippedEvents { known { _ in position } }

    /// What had been decided up to where each patient has come; nothing of patients who have not.
    func known(upTo position: (PatientID) -> Position?) -> SkippedEvents {
        var known = SkippedEvents()
        for decision in decisions {
            guard let reached = position(decision.patient), decision.decided <= reached else {
                continue
            }
            known.add(decision)
        }
        return known
    }

    /// Whose sequence was decided about after one position and up to another.
    func patients(after first: Position, upTo last: Position) -> [UUID] {
        decisions.filter { $0.decided > first && $0.decided <= last }.map(\.patient.uuid)
    }

    mutating func add(_ decision: Decision) {
        decisions.append(decision)
        positions.insert(decision.skipped)
    }

    /// What an event of the administration stream says about the dose report; `nil` if nothing.
    static func decision(
        _ data: EventData, at position: Position
    ) throws(JournalError) -> Decision? {
        switch try AdministrationCodec().decode(data) {
        case .eventSkipped(let skip):
            skip.projection == ProjectionName.doseReport.rawValue
                ? Decision(patient: skip.patient, skipped: skip.position, decided: position) : nil
        case .formularyActivated, .pathwaysActivated: nil
        }
    }

    /// From the rows of `skipped_events.sql`. One that this program cannot read says nothing to it;
    /// whoever meets it in the log says so.
    init(_ rows: Rows) throws(PostgresError) {
        for row in rows {
            let data = try EventData(withPosition: row)
            let position = Position(try row.decode(Int64.self, at: 0))
            if let decision = try? Self.decision(data, at: position) { add(decision) }
        }
    }

    init() {}
}

extension EventData {
    /// From a row of `skipped_events.sql` or `events_at.sql`, behind the position.
    init(withPosition row: Row) throws(PostgresError) {
        let effectiveAt = try row.decode(PostgresTimestamp.self, at: 2)
        self.init(
            type: try row.decode(String.self, at: 3),
            payloadVersion: try row.decode(Int16.self, at: 1),
            payload: try row.decode([UInt8].self, at: 4),
            effectiveAt: Timestamp(
                microsecondsSinceUnixEpoch: effectiveAt.microsecondsSinceUnixEpoch))
    }
}
