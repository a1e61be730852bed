internal import EventStore
internal import Postgres

/// The row with ordinal 0: every command of the batch was appended, one after another, each at the
/// version it expected.
struct AllAppended {
    private let head: Int64
    private let recordedAt: Timestamp

    /// - Throws: `.decoding` if it is another row.
    init(_ row: Row) throws(PostgresError) {
        guard try row.decode(Int32.self, at: 0) == 0 else { throw PostgresError(.decoding) }
        head = try row.decode(at: 3)
        recordedAt = Timestamp(try row.decode(PostgresTimestamp.self, at: 6))
    }

    func outcomes<Changes>(of batch: [Append<Changes>]) -> [AppendOutcome] {
        var last = Position(head - batch.reduce(0) { $0 + Int64($1.events.count) })
        return batch.map { append in
            let first = Position(last.value + 1)
            last = Position(last.value + Int64(append.events.count))
            return .appended(
                AcceptedCommand(
                    commandID: append.commandID, fingerprint: append.fingerprint,
                    stream: append.stream,
                    positions: append.events.isEmpty ? nil : first...last,
                    version: append.expected.advanced(by: append.events.count), head: last,
                    answer: append.answer, recordedAt: recordedAt))
        }
    }
}
