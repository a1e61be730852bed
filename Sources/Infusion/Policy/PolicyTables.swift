/// The larger parts of a policy, by reference: a policy goes wherever a decision goes, and none of this
/// ever changes. Two are the same where they are of one version and decide alike.
final class PolicyTables: Hashable, Sendable {
    let version: String
    let because: [PolicySetting: String]
    let windows: RecheckWindows
    let ladders: UrgencyLadders
    let iron: IronLimits

    init(
        version: String, because: [PolicySetting: String], windows: RecheckWindows,
        ladders: UrgencyLadders, iron: IronLimits
    ) {
        self.version = version
        self.because = because
        self.windows = windows
        self.ladders = ladders
        self.iron = iron
    }

    static func == (left: PolicyTables, right: PolicyTables) -> Bool {
        left.version == right.version && left.windows == right.windows
            && left.ladders == right.ladders && left.iron == right.iron
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(version)
        hasher.combine(windows)
        hasher.combine(ladders)
        hasher.combine(iron)
    }
}

extension ClinicalPolicy {
    /// Of the pathways that the numbers come from; a site's own are among them and have none.
    public var pathwaysVersion: String { tables.version }

    /// Where a number comes from, as ``ClinicalPathways/because(_:)`` says it.
    func because(_ setting: PolicySetting) -> String { tables.because[setting] ?? "" }

    var windows: RecheckWindows { tables.windows }
    var ladders: UrgencyLadders { tables.ladders }
    var iron: IronLimits { tables.iron }
}
