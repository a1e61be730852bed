/// An override and the dose that used it up, if one did.
public struct OverrideRecord: Hashable, Sendable {
    public let override: GateOverride
    public let grantedAt: Instant
    public let version: EventVersion
    /// One override covers one dose; after that it is spent.
    public internal(set) var spentBy: DoseID?

    init(_ override: GateOverride, at: Instant, version: EventVersion) {
        self.override = override
        grantedAt = at
        self.version = version
    }
}
