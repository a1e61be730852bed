/// Another record turned out to be of this patient: what it knew has been carried over, up to this version of
/// its stream.
public struct PatientMerged: Hashable, Sendable {
    /// Whose record it was; it takes no more commands while the merge lasts.
    public let patient: PatientID
    /// The last event of the other stream that the merge looked at.
    public let version: EventVersion
    public init(patient: PatientID, version: EventVersion) {
        self.patient = patient
        self.version = version
    }
}

/// Something that another stream knew of this patient, taken over at a merge: the same fact at the same clinical
/// time, and where it came from.
public struct CarriedFact: Hashable, Sendable {
    public let source: PatientID
    /// The event in the source's stream.
    public let version: EventVersion
    /// With references to events turned into those of this stream.
    public let fact: PatientFact
    public init(source: PatientID, version: EventVersion, fact: PatientFact) {
        self.source = source
        self.version = version
        self.fact = fact
    }
}

/// Why a merge was taken back.
public enum UnmergeReason: String, Hashable, Sendable, CaseIterable {
    /// Another record was meant.
    case enteredInError
    /// They are two people after all.
    case differentPersons
}

/// A person said whose it is what was recorded while two records were taken for one.
public struct RecordAttribution: Hashable, Sendable {
    /// Whose record it had been merged with.
    public let patient: PatientID
    /// The event of this stream.
    public let event: EventVersion
    public let owner: RecordOwner
    public init(patient: PatientID, event: EventVersion, owner: RecordOwner) {
        self.patient = patient
        self.event = event
        self.owner = owner
    }
}

/// Whose something is that stands in one record. What is the other's is retracted here and recorded there by
/// people, like anything that was told of the wrong patient.
public enum RecordOwner: String, Hashable, Sendable, CaseIterable {
    case thisPatient, otherPatient
}
