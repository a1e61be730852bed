/// What a command changes about who its stream's subject is. The subject's id is the stream's.
///
/// It is part of the append: nobody holds a token for a registration that was never written, and
/// there is no event of an erasure that did not happen.
public enum SubjectChange: Hashable, Sendable {
    case unchanged
    /// From now on exactly these tokens of the ``BlindIndex`` lead to the subject. One that leads to
    /// another subject makes the append `unavailable`, and so does the subject's erasure before.
    case tokens(Set<[UInt8]>)
    /// The subject's key is destroyed for ever and a tombstone left, even where there was no key; no
    /// token leads to the subject any more.
    case erased

    /// The constraint that is named where a token leads to somebody else.
    public static let tokenTaken = "token-taken"
    /// The constraint that is named where the subject has been erased.
    public static let subjectErased = "subject-erased"
}
