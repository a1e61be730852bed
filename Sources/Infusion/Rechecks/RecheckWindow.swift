/// Days from the anchor that a rule asks for, both ends included; negative before it (facts §6).
struct RecheckWindow: Hashable {
    /// Who says so, with mark and confidence, of each.
    struct Because: Hashable {
        let earliest: String
        let due: String
        let overdueAfter: String
    }

    let earliest: Int
    let due: Int
    let overdueAfter: Int
    let because: Because

    /// The row's dates, each with the sum that gives it.
    func predicates(from anchor: RecheckAnchor) -> [Predicate] {
        [
            ("earliest", earliest, because.earliest), ("due", due, because.due),
            ("overdue-after", overdueAfter, because.overdueAfter),
        ].map { name, days, source in
            .fact(
                name, anchor.date.adding(days: days), "=",
                "\(anchor.kind.name) \(days < 0 ? "-" : "+") \(abs(days)) d",
                holds: true, source: source, evidence: [anchor.version])
        }
    }
}

extension RecheckWindow.Because {
    /// Of a look that repeats: a result counts from the day after the last one on.
    init(interval: String, grace: String) {
        self.init(earliest: interval, due: interval, overdueAfter: "\(interval) and \(grace)")
    }

    /// One for all of them.
    init(_ source: String) {
        self.init(earliest: source, due: source, overdueAfter: source)
    }
}
