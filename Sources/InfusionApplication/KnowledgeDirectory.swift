public import EventStore
public import Infusion

/// The knowledge that decides for a tenant.
public protocol KnowledgeDirectory: Sendable {
    /// In force now, or as known at a position of the tenant's log.
    func knowledge(
        of tenant: TenantID, at position: Position?
    ) async throws(EventLogError) -> KnowledgeInForce
}

/// One knowledge for everybody and for ever: for tests, and for a process that serves one known clinic.
public struct FixedKnowledge: KnowledgeDirectory {
    private let inForce: KnowledgeInForce
    public init(formulary: Formulary, pathways: ClinicalPathways) {
        inForce = KnowledgeInForce(formulary: formulary, pathways: pathways)
    }
    public func knowledge(
        of tenant: TenantID, at position: Position?
    ) async throws(EventLogError) -> KnowledgeInForce {
        inForce
    }
}
