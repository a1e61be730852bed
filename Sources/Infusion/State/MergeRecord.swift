/// A record that was merged into this one.
public struct MergeRecord: Hashable, Sendable {
    /// Whose it was.
    public let patient: PatientID
    public let mergedAt: Instant
    public let version: EventVersion
    /// What people recorded here while the merge lasted. Once it is taken back each needs a person to say whose
    /// it was.
    public internal(set) var recorded: [EventVersion] = []
    /// What of it a person has said that of.
    public internal(set) var attributed: [EventVersion: RecordOwner] = [:]
    /// Why it was taken back; `nil` while it lasts.
    public internal(set) var unmerged: Kept<UnmergeReason>?

    init(_ patient: PatientID, at: Instant, version: EventVersion) {
        self.patient = patient
        mergedAt = at
        self.version = version
    }

    public var isOpen: Bool { unmerged == nil }
    /// The events that need a person's attribution.
    public var toAttribute: [EventVersion] {
        isOpen ? [] : recorded.filter { attributed[$0] == nil }
    }
}

/// An event of another record's history that stands here.
public struct CarriedRecord: Hashable, Sendable {
    public let source: PatientID
    public let effectiveAt: Instant
    /// The event here that carried it.
    public let version: EventVersion
}
