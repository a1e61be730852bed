/// The first single new fact that would give another answer, found by trying: the fact is added to a copy
/// of what is known and the same rule is asked again. Nothing is recorded.
public enum WouldChange: Hashable, Sendable {
    case fact(NewFact)
    case nothing(Reason)

    /// Why no fact is named.
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        /// None of those tried changes the answer by itself.
        case noSingleFact
        /// The rule has no exception.
        case never
    }

    public var fact: NewFact? {
        switch self {
        case .fact(let fact): fact
        case .nothing: nil
        }
    }

    public var reason: Reason? {
        switch self {
        case .fact: nil
        case .nothing(let reason): reason
        }
    }

    public var sentence: String {
        switch self {
        case .fact(let fact): fact.sentence
        case .nothing(.noSingleFact): "No single new fact that was tried changes the answer."
        case .nothing(.never): "Nothing new changes the answer: the rule has no exception."
        }
    }
}

extension WouldChange {
    /// The first of `candidates` that changes the answer.
    /// - Parameter changes: whether the answer is another one after that, at that moment.
    static func first(
        of candidates: [Candidate], otherwise reason: Reason,
        changes: (Candidate.Trial, Instant) -> Bool
    ) -> WouldChange {
        let found = candidates.prefix(WhyLimits.candidates).first { candidate in
            candidate.trials.allSatisfy { changes($0, candidate.at) }
        }
        return found.map { .fact($0.fact) } ?? .nothing(reason)
    }
}

/// How far the search for a new fact goes.
enum WhyLimits {
    /// Facts tried for one answer.
    static let candidates = 200
    /// Panels tried for one answer, and of one set of results.
    static let panels = 120
    static let panelsOfOneSet = 80
    /// Days ahead that waiting is tried for a limit of seven dates, and for what is given day by day.
    static let daysOfWeek = 7
    /// Days ahead that waiting is tried for what lets a dose pass: results grow old, and orders close.
    static let daysAhead = 60
    /// How long a tried override would hold, hours.
    static let overrideHours: Int64 = 24
}
