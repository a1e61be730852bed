internal import EventStore
internal import Foundation
internal import Postgres

/// One row of what the append statement returns: the columns of `Statements/append.sql`.
struct OutcomeRow {
    let ordinal: Int
    private let outcome: String
    private let version: Int64?
    private let head: Int64?
    private let positions: ClosedRange<Position>?
    private let recordedAt: PostgresTimestamp?
    private let reason: String?
    private let category: String?
    private let streamID: UUID?
    private let fingerprint: [UInt8]?
    private let answer: [UInt8]?

    init(_ row: Row) throws(PostgresError) {
        ordinal = Int(try row.decode(Int32.self, at: 0))
        outcome = try row.decode(at: 1)
        version = try row.decode(at: 2)
        head = try row.decode(at: 3)
        positions = Position.range(try row.decode(at: 4), try row.decode(at: 5))
        recordedAt = try row.decode(at: 6)
        reason = try row.decode(at: 7)
        category = try row.decode(at: 8)
        streamID = try row.decode(at: 9)
        fingerprint = try row.decode(at: 10)
        answer = try row.decode(at: 11)
    }

    /// What it says about `append`; nil if the row does not make sense.
    func outcome<Changes>(for append: Append<Changes>) -> AppendOutcome? {
        switch outcome {
        case "appended":
            command(append, append.fingerprint, append.stream, append.answer)
                .map(AppendOutcome.appended)
        case "duplicate": known(append).map(AppendOutcome.duplicate)
        case "fingerprint_mismatch": known(append).map(AppendOutcome.fingerprintMismatch)
        case "conflict":
            version.map { .conflict(expected: append.expected, found: StreamVersion($0)) }
        case "unavailable": reason.map { .unavailable(constraint: $0) }
        case "undecided": .undecided
        case "category_mismatch": .failed(.categoryMismatch)
        case _: nil
        }
    }

    private func known<Changes>(_ append: Append<Changes>) -> AcceptedCommand? {
        guard let category, let streamID, let fingerprint, let answer else { return nil }
        return command(
            append, fingerprint, StreamID(category: category, uuid: streamID), answer)
    }

    private func command<Changes>(
        _ append: Append<Changes>, _ fingerprint: [UInt8], _ stream: StreamID, _ answer: [UInt8]
    ) -> AcceptedCommand? {
        guard let version, let head, let recordedAt else { return nil }
        return AcceptedCommand(
            commandID: append.commandID, fingerprint: fingerprint, stream: stream,
            positions: positions, version: StreamVersion(version), head: Position(head),
            answer: answer, recordedAt: Timestamp(recordedAt))
    }
}

extension Position {
    static func range(_ first: Int64?, _ last: Int64?) -> ClosedRange<Position>? {
        guard let first, let last, first <= last else { return nil }
        return Position(first)...Position(last)
    }
}
