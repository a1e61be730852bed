/// The larger parts of a policy, by reference: a policy goes wherever a decision goes, and none of this
/// ever changes.
final class PolicyTables: Hashable, Sendable {
    let windows: RecheckWindows
    let ladders: UrgencyLadders
    let iron: IronLimits

    init(windows: RecheckWindows, ladders: UrgencyLadders, iron: IronLimits) {
        self.windows = windows
        self.ladders = ladders
        self.iron = iron
    }

    static func == (left: PolicyTables, right: PolicyTables) -> Bool {
        left.windows == right.windows && left.ladders == right.ladders && left.iron == right.iron
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(windows)
        hasher.combine(ladders)
        hasher.combine(iron)
    }
}

extension ClinicalPolicy {
    var windows: RecheckWindows { tables.windows }
    var ladders: UrgencyLadders { tables.ladders }
    var iron: IronLimits { tables.iron }
}
