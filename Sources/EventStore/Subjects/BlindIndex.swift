/// Finds a subject by a keyed digest of an identifier, so that the identifier itself is nowhere.
public protocol BlindIndex: Sendable {
    /// The subject the token leads to.
    func subject(
        for token: [UInt8], tenant: TenantID
    ) async throws(EventLogError) -> SubjectID?

    /// Enters a token. A token that is taken, and a subject that is erased, are answers, not errors.
    func enter(
        _ token: [UInt8], for subject: SubjectID, tenant: TenantID
    ) async throws(EventLogError) -> BlindIndexEntry
}
