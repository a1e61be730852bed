internal import Foundation

/// Judges the appends of one batch one after another, and writes those that hold.
struct InMemoryJudge {
    let recordedAt: Timestamp
    /// Streams with a link that was not newly appended.
    private var broken: Set<UUID> = []
    /// Streams of which nothing may be said any more, since a link could not be stored.
    private var failed: Set<UUID> = []
    /// The category by which this batch first named a stream.
    private var categories: [UUID: String] = [:]
    private var seen: Set<CommandID> = []

    init(recordedAt: Timestamp) { self.recordedAt = recordedAt }

    mutating func judge<Changes>(
        _ append: Append<Changes>, in log: inout InMemoryTenantLog,
        reserve: (Changes, (StreamID) -> StreamVersion) -> String?
    ) -> AppendOutcome {
        if failed.contains(append.stream.uuid) { return .undecided }
        let outcome = weigh(append, in: &log, reserve)
        switch outcome {
        case .appended: break
        case .failed(.storeFailed): failed.insert(append.stream.uuid)
        case .failed, .duplicate, .fingerprintMismatch, .conflict, .unavailable, .undecided:
            broken.insert(append.stream.uuid)
        }
        return outcome
    }

    private mutating func weigh<Changes>(
        _ append: Append<Changes>, in log: inout InMemoryTenantLog,
        _ reserve: (Changes, (StreamID) -> StreamVersion) -> String?
    ) -> AppendOutcome {
        let named = categories[append.stream.uuid] ?? append.stream.category
        categories[append.stream.uuid] = named
        let isFirstOfID = seen.insert(append.commandID).inserted
        if let known = log.commands[append.commandID] {
            return known.fingerprint == append.fingerprint
                ? .duplicate(known) : .fingerprintMismatch(known)
        }
        guard isFirstOfID, !broken.contains(append.stream.uuid) else { return .undecided }
        guard log.category(of: append.stream) ?? named == append.stream.category else {
            return .failed(.categoryMismatch)
        }
        let found = log.version(of: append.stream)
        guard found == append.expected else {
            return .conflict(expected: append.expected, found: found)
        }
        let subject = SubjectID(append.stream.uuid)
        if let constraint = log.subjects.forbids(append.subject, of: subject)
            ?? reserve(append.changes, { log.version(of: $0) })
        {
            return .unavailable(constraint: constraint)
        }
        if let causation = append.metadata.causation, !append.events.isEmpty,
            causation > log.head
        {
            return .failed(.storeFailed)
        }
        return .appended(log.write(append, recordedAt: recordedAt))
    }
}
