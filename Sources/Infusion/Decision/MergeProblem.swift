/// Why a record cannot be merged into another, or not yet.
public enum MergeProblem: Hashable, Sendable {
    case samePatient
    case notRegistered
    /// Whose identity was destroyed cannot be told to be somebody.
    case erased
    case alreadyMerged(into: PatientID)
    /// Records were merged into it; they would have to follow, and nobody could take one back alone.
    case hasMerged(PatientID)
    /// A chair or an order would be left without anybody who answers for it: end or cancel it first.
    case careNotEnded(open: String)
    /// One of the two is said to have died: one of the records is wrong, or the merge is.
    case deathDiffers
    /// Both records have something under one id and do not say the same of it.
    case sharedRecord(String)
    /// More events than one command may cause; the other way round may do.
    case tooLong(events: Int, accepted: Int)

    /// Stable; what a problem's `merge` member carries.
    public var code: String {
        switch self {
        case .samePatient: "same-patient"
        case .notRegistered: "not-registered"
        case .erased: "erased"
        case .alreadyMerged: "already-merged"
        case .hasMerged: "has-merged-patients"
        case .careNotEnded: "care-not-ended"
        case .deathDiffers: "death-differs"
        case .sharedRecord: "shared-record"
        case .tooLong: "too-long"
        }
    }

    /// What is wrong, and what would be right.
    public var text: String {
        switch self {
        case .samePatient: "a patient is not merged with themselves"
        case .notRegistered: "nobody is registered under the other id"
        case .erased: "the other patient was erased"
        case .alreadyMerged(let survivor): "the other patient is merged into \(survivor) already"
        case .hasMerged(let patient):
            "\(patient) is merged into the other patient: unmerge that first, or merge the other way"
        case .careNotEnded(let open): "of the other patient \(open) is open: end or cancel it first"
        case .deathDiffers: "only one of the two is said to have died: correct that first"
        case .sharedRecord(let record): "both have \(record), and do not say the same of it"
        case .tooLong(let events, let accepted):
            "the other patient's history has \(events) events of at most \(accepted): merge the "
                + "shorter history into the longer"
        }
    }
}
