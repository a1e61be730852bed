/// The version of every rule, in one place. A rule's version goes up when the same facts would now
/// give another answer; findings and rechecks carry it, so that an old answer stays explicable.
public enum RuleVersions {
    public static func version(of gate: Gate) -> Int {
        switch gate {
        case .order, .diagnosis, .overload, .infection, .anaphylaxisSameProduct,
            .anaphylaxisAnyIron,
            .firstTrimester, .phosphate, .cumulativeDose, .interval, .weightAndAge:
            1
        }
    }

    public static func version(of rule: RecheckRule) -> Int {
        switch rule {
        case .hemoglobinTrend, .hemoglobinResponse, .ironStores, .phosphate, .oncologyBloodCount: 1
        }
    }
}
