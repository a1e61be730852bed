/// How long a reaction is watched (clinical facts §5.3), beside what the label asks for after every dose.
enum Observation {
    /// `nil` where the algorithm names no time.
    static func minutes(of reaction: ReactionClass) -> Int? {
        switch reaction {
        case .mild, .moderate, .hypotension: InfusionLimits.restartWatchMinutes
        case .severe: InfusionLimits.severeReactionWatchMinutes
        case .extravasation, .delayed, .none: nil
        }
    }

    /// From its onset or the pause it caused, after a severe one from the end of the infusion if that
    /// came later.
    static func end(of reaction: ReactionRecord, in dose: DoseRecord) -> Instant? {
        guard let minutes = minutes(of: reaction.bedsideClass) else { return nil }
        let onset = reaction.onset(in: dose)
        switch reaction.bedsideClass {
        case .severe:
            return dose.end.map { max($0.at, onset).adding(minutes: Int64(minutes)) }
        case .mild, .moderate, .hypotension, .extravasation, .delayed, .none:
            let paused = dose.pauses.first { $0.from >= onset }?.from
            return (paused ?? onset).adding(minutes: Int64(minutes))
        }
    }

    /// Minutes from the end of the infusion until every reaction to it has been watched long enough.
    static func minutes(
        after end: Instant, of dose: DoseRecord, reactions: [ReactionRecord]
    ) -> Int {
        let last = reactions.compactMap { Self.end(of: $0, in: dose) }.max()
        return last.map { Int(($0.seconds(since: end) + 59) / 60) } ?? 0
    }
}
