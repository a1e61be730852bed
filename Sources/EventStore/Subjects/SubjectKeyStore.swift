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
}
