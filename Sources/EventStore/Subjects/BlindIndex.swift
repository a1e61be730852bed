/// Finds a subject by a keyed digest of an identifier, so that the identifier itself is nowhere.
/// Tokens are entered and removed by appends, with the events they belong to; see ``SubjectChange``.
public protocol BlindIndex: Sendable {
    /// The subject the token leads to.
    func subject(
        for token: [UInt8], tenant: TenantID
    ) async throws(EventLogError) -> SubjectID?
}
