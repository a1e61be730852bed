/// How soon a visit is needed, named as the recheck queue names it.
public enum VisitUrgency: String, Hashable, Sendable, CaseIterable {
    case routine, soon, urgent, emergency
}

/// How much a served visit counts, by its urgency.
public struct UrgencyWeights: Hashable, Sendable {
    private let weights: [VisitUrgency: Int]

    /// - Parameter weights: 1 to 1000 each; an urgency that is not named has the standard weight.
    public init(_ weights: [VisitUrgency: Int] = [:]) {
        self.weights = Self.standard.merging(weights) { $1 }
    }

    /// Engineering defaults: ten visits of an urgency weigh as much as one of the next.
    private static let standard: [VisitUrgency: Int] = [
        .routine: 1, .soon: 10, .urgent: 100, .emergency: 1_000,
    ]

    public subscript(urgency: VisitUrgency) -> Int { weights[urgency] ?? 1 }
}
