public import Infusion

extension CapacityOverride {
    /// For what, why, and by whom somebody answers.
    public var members: [JSON.Member] {
        [
            .init(name: "rules", value: .set(rules)),
            .init(name: "reason", value: .name(reason)), .init(name: "role", value: .name(role)),
        ]
    }
}
