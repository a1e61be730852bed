/// A result that was corrected or retracted after a decision had read it.
public struct ChangedResult: Hashable, Sendable {
    public let lab: LabResultID
    public let analyte: Analyte
    /// As it was read.
    public let before: LabRecord.Statement
    /// As the laboratory has it now; `nil` where it was retracted.
    public let now: LabRecord.Statement?
    public let retraction: LabRetracted.Reason?
    /// The events that have changed it since.
    public let changes: [EventVersion]

    /// `nil` where `evidence` does not cite the result, or nothing else was ever said of it: a
    /// second correction that takes the first one back closes nothing either.
    init?(of record: LabRecord, read evidence: Set<EventVersion>) {
        guard let read = record.chain.lastIndex(where: { evidence.contains($0.version) }) else {
            return nil
        }
        let before = record.chain[read]
        let isSame = record.chain[(read + 1)...].allSatisfy {
            $0.value == before.value && $0.collectedAt == before.collectedAt
        }
        if isSame, record.retraction == nil { return nil }
        lab = record.id
        analyte = record.analyte
        self.before = before
        now = record.retraction == nil ? record.current : nil
        retraction = record.retraction?.value
        changes =
            record.chain[(read + 1)...].map(\.version)
            + (record.retraction.map { [$0.version] } ?? [])
    }
}
