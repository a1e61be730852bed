public import EventStore

/// Where a tenant's log keeps what its administrators decided about the log's readers: one stream
/// under the tenant's own id. It stands beside the patients' streams, so that one which cannot be
/// read need not be touched.
public enum AdministrationStream {
    /// The category of the stream; stored for ever.
    public static let category = "administration"

    /// What the envelope names as the rule set: no rule of the clinic decides here.
    public static let ruleSet = "none"

    public static func id(of tenant: TenantID) -> StreamID {
        StreamID(category: category, uuid: tenant.uuid)
    }
}
