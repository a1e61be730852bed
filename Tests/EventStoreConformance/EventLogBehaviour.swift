public import EventStore
public import Testing

/// Something every log must do. Run ``all`` over each adapter, each on a tenant with an empty log.
public struct EventLogBehaviour: Sendable, CustomTestStringConvertible {
    public let testDescription: String
    private let body: @Sendable (any EventLog<NoChanges>, TenantID) async throws -> Void

    init(
        _ sentence: String,
        _ body: @escaping @Sendable (any EventLog<NoChanges>, TenantID) async throws -> Void
    ) {
        testDescription = sentence
        self.body = body
    }

    /// Runs it on an empty log.
    public func exercise(_ log: any EventLog<NoChanges>, tenant: TenantID) async throws {
        try await body(log, tenant)
    }

    /// All of them.
    public static let all = writing + judging + binding + refusing + reading + tailing + racing
}
