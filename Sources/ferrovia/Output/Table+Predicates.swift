import Infusion

extension Table {
    /// What a rule compared, a line for each.
    init(of predicates: [Predicate]) {
        self.init("what", "value", "", "threshold", "holds", "source", "event")
        for predicate in predicates {
            add(
                predicate.name,
                [predicate.value, predicate.unit].compactMap(\.self).joined(separator: " "),
                predicate.comparison, predicate.threshold,
                predicate.holds.map { $0 ? "yes" : "no" } ?? "unknown", predicate.source,
                predicate.evidence.map { "v\($0)" }.joined(separator: " "))
        }
    }
}
