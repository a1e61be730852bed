public import EventStore
public import Infusion

/// The formulary that decides for a tenant.
public protocol FormularyDirectory: Sendable {
    /// In force now, or as known at a position of the tenant's log.
    func formulary(
        of tenant: TenantID, at position: Position?
    ) async throws(EventLogError) -> Formulary
}

/// One formulary for everybody and for ever: for tests, and for a process that serves one known clinic.
public struct FixedFormulary: FormularyDirectory {
    private let formulary: Formulary
    public init(_ formulary: Formulary) { self.formulary = formulary }
    public func formulary(
        of tenant: TenantID, at position: Position?
    ) async throws(EventLogError) -> Formulary {
        formulary
    }
}
