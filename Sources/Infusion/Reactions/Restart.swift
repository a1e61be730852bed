/// Whether a paused infusion may go on (clinical facts §5.3, R-4): which reactions allow it at all,
/// after how long and on whose word. How fast is the same for all of them, see ``InfusionLimits``.
struct Restart {
    let dose: DoseRecord
    /// `nil` while the infusion still runs.
    let pause: DoseRecord.Pause?
    /// Every reaction to this dose, whatever came of it.
    let reactions: [ReactionRecord]

    /// What came since the infusion last began or ran again: what this pause is about.
    private var present: [ReactionRecord] {
        guard let last = dose.pauses.last(where: { $0.resumption != nil })?.resumption else {
            return reactions
        }
        return reactions.filter { $0.onset(in: dose) >= last.effectiveAt }
    }

    /// Stopped for good, whatever comes.
    var isForbidden: Bool { isAfterSevere || recurred }

    private var isAfterSevere: Bool { reactions.contains { $0.bedsideClass == .severe } }

    func problem(_ resumption: DoseResumed, at: Instant) -> RestartProblem? {
        let present = present
        if isAfterSevere { return .afterSevereReaction }
        if recurred { return .afterRecurrence }
        switch pause?.reason {
        case .reaction, .extravasation:
            if present.isEmpty { return .reactionNotLogged }
        case .accessLost, .patientRequest, .equipment, .clinicianDecision, nil: break
        }
        if present.contains(where: { $0.bedsideClass.isSystemic && $0.grade == .ungraded }) {
            return .reactionNotGraded
        }
        let classes = Set(present.map(\.bedsideClass))
        if classes.contains(where: \.isSystemic) {
            guard resumption.isResolved else { return .notResolved }
            let watched = Int(at.seconds(since: watchedFrom(present)) / 60)
            guard watched >= InfusionLimits.restartWatchMinutes else {
                return .watchedTooShort(
                    minutes: watched, required: InfusionLimits.restartWatchMinutes)
            }
        }
        if classes.contains(where: \.restartsOnAPrescribersWord), resumption.role != .prescriber {
            return .prescriberRequired
        }
        return nil
    }

    /// A systemic reaction that began after the infusion was resumed from one.
    private var recurred: Bool {
        let systemic = reactions.filter { $0.bedsideClass.isSystemic }
        return dose.pauses.compactMap(\.resumption).contains { resumed in
            systemic.contains { $0.onset(in: dose) < resumed.effectiveAt }
                && systemic.contains { $0.onset(in: dose) >= resumed.effectiveAt }
        }
    }

    /// From the pause, or from what came while it lasted.
    private func watchedFrom(_ present: [ReactionRecord]) -> Instant {
        present.map { $0.onset(in: dose) }.reduce(pause?.from ?? dose.lastChange, max)
    }
}

extension ReactionClass {
    /// Of the whole body, and not of the needle's site or the laboratory.
    var isSystemic: Bool {
        switch self {
        case .mild, .moderate, .severe, .delayed, .hypotension: true
        case .extravasation, .none: false
        }
    }

    /// "Resume only if completely resolved and prescriber documents"; another site "on clinician
    /// decision"; hypotension is held for review (§5.3).
    var restartsOnAPrescribersWord: Bool {
        switch self {
        case .moderate, .hypotension, .extravasation: true
        case .mild, .severe, .delayed, .none: false
        }
    }
}
