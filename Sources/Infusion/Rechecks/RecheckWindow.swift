/// Days from the anchor that a rule asks for, both ends included; negative before it (facts §6).
struct RecheckWindow: Hashable {
    let earliest: Int
    let due: Int
    let overdueAfter: Int
    /// Who says so.
    let source: String

    /// The row's dates, each with the sum that gives it.
    func predicates(from anchor: RecheckAnchor) -> [Predicate] {
        [("earliest", earliest), ("due", due), ("overdue-after", overdueAfter)].map { name, days in
            .fact(
                name, anchor.date.adding(days: days), "=",
                "\(anchor.kind.name) \(days < 0 ? "-" : "+") \(abs(days)) d",
                holds: true, source: source, evidence: [anchor.version])
        }
    }
}
