/// What became of a token that was to be entered.
public enum BlindIndexEntry: Hashable, Sendable {
    /// It leads to the subject given, now or already before.
    case entered
    /// It leads to another subject.
    case taken(by: SubjectID)
    /// The subject has been erased; nothing was entered.
    case subjectErased
}
