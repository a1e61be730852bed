/// What can be said about a batch without looking at the log, the same for every adapter: an append
/// that cannot be stored fails alone, before it is sent, and its stream's later links with it.
public enum AppendAdmission {
    /// `nil` where the log has to judge; otherwise the outcome.
    public static func judge<Changes>(_ batch: [Append<Changes>]) -> [AppendOutcome?] {
        if batch.isBound(), batch.contains(where: { refusal($0) != nil }) {
            return batch.map { append in refusal(append).map(AppendOutcome.failed) ?? .undecided }
        }
        var broken: Set<StreamID> = []
        return batch.map { append in
            if broken.contains(append.stream) { return .undecided }
            guard let code = refusal(append) else { return nil }
            broken.insert(append.stream)
            return .failed(code)
        }
    }

    /// Throws if the batch as a whole is larger than its limits.
    public static func checkSize<Changes>(_ batch: [Append<Changes>]) throws(EventLogError) {
        guard batch.count <= EventLogLimits.appendsPerBatch else {
            throw .limitExceeded("appendsPerBatch", EventLogLimits.appendsPerBatch)
        }
        let bytes = batch.reduce(0) { $0 + $1.bytes }
        guard bytes <= EventLogLimits.bytesPerBatch else {
            throw .limitExceeded("bytesPerBatch", EventLogLimits.bytesPerBatch)
        }
    }

    /// Throws if a page of this many events may not be asked for.
    public static func checkPage(_ limit: Int) throws(EventLogError) {
        guard limit > 0, limit <= EventLogLimits.eventsPerPage else {
            throw .limitExceeded("eventsPerPage", EventLogLimits.eventsPerPage)
        }
    }

    private static func refusal<Changes>(_ append: Append<Changes>) -> EventLogError.Code? {
        let isWithinLimits =
            append.events.count <= EventLogLimits.eventsPerCommand
            && append.answer.count <= EventLogLimits.answerBytes
            && append.fingerprint.count <= EventLogLimits.fingerprintBytes
            && append.metadata.actor.utf8.count <= EventLogLimits.nameBytes
            && append.metadata.ruleSet.utf8.count <= EventLogLimits.nameBytes
            && append.events.allSatisfy {
                $0.payload.count <= EventLogLimits.payloadBytes
                    && $0.type.utf8.count <= EventLogLimits.nameBytes
            }
        guard isWithinLimits, fitsItsLimits(append.subject) else { return .limitExceeded }
        let isWellFormed =
            isCategory(append.stream.category) && append.expected >= .none
            && !append.metadata.actor.utf8.contains(0)
            && !append.metadata.ruleSet.utf8.contains(0)
            && (append.metadata.causation.map { $0 > .start } ?? true)
            && append.events.allSatisfy(isWellFormed)
        return isWellFormed ? nil : .malformed
    }

    private static func fitsItsLimits(_ change: SubjectChange) -> Bool {
        switch change {
        case .unchanged, .erased: true
        case .tokens(let tokens):
            tokens.count <= EventLogLimits.tokensPerSubject
                && tokens.allSatisfy { EventLogLimits.tokenBytes.contains($0.count) }
        }
    }

    private static func isCategory(_ text: String) -> Bool {
        (1...EventLogLimits.categoryBytes).contains(text.utf8.count)
            && text.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
    }

    private static func isWellFormed(_ event: EventData) -> Bool {
        !event.type.isEmpty && !event.type.utf8.contains(0) && event.payloadVersion > 0
            && EventLogLimits.instants.contains(event.effectiveAt)
    }
}
