/// One key per subject, from its first event on; destroying it is how a subject is erased.
/// That is done by an append, with the event that says so; see ``SubjectChange``.
public protocol SubjectKeyStore: Sendable {
    /// What is known of the subject.
    /// - Throws: `.unavailable` if the store cannot be reached, which says nothing about the key.
    func key(of subject: SubjectID, tenant: TenantID) async throws(EventLogError) -> SubjectKeyState

    /// Stores the key unless there is, or was, one; returns what is then there. Two callers who race
    /// get the same key.
    func put(
        _ key: SubjectKey, for subject: SubjectID, tenant: TenantID
    ) async throws(EventLogError) -> SubjectKeyState

    /// Puts `new` in the place of `old`, if that is what is there; `false` if it is not.
    func replace(
        _ old: SubjectKey, with new: SubjectKey, of subject: SubjectID, tenant: TenantID
    ) async throws(EventLogError) -> Bool

    /// Which wrapping keys are in use, each with a subject whose key it wraps.
    func wrappingKeys(tenant: TenantID) async throws(EventLogError) -> [String: SubjectID]

    /// The subjects under a wrapping key, by id, after the one given; at most
    /// ``EventLogLimits/subjectsPerPage``.
    func subjects(
        under wrappingKeyID: String, after subject: SubjectID?, tenant: TenantID
    ) async throws(EventLogError) -> [SubjectID]
}
