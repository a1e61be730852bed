/// A decision that rested on a value which was corrected or retracted since, or which facts learned
/// later would have made otherwise: found, flagged, and closed by a person only.
///
/// The decision is asked again twice by the rules of today: with what was known when it was made,
/// and with what is known now of the time before it. What differs is then due to the facts alone,
/// and not to a rule or a label that has changed meanwhile.
public struct DecisionReview: Hashable, Sendable {
    /// A gate that answers otherwise, so that the decision would have been another.
    public struct Difference: Hashable, Sendable {
        /// With what was known then.
        public let before: Finding
        /// With what is known now.
        public let now: Finding
    }

    public let decision: ReviewedDecision
    /// The decision's event.
    public let version: EventVersion
    /// The moment it was about.
    public let at: Instant
    /// Results it read that read otherwise now.
    public let changedResults: [ChangedResult]
    /// Whether it would be decided otherwise; `nil` where it cannot be asked again because today's
    /// formulary or rules refuse it on the old facts too.
    public let wouldDiffer: Bool?
    public let differences: [Difference]
    /// What the course would have been planned for, where the plan rests on a computed need.
    public let needBefore: Milligrams?
    public let needNow: Milligrams?
    /// The stable code with which it would be refused now.
    public let refusalNow: String?
    /// The events learned after the decision that it now turns on.
    public let changes: [EventVersion]
    /// The last review of it that a person closed.
    public let reviewed: Kept<DecisionReviewed>?

    /// The open reviews of a patient, in the order of the decisions.
    public static func open(of state: PatientState, in context: DecisionContext) -> [DecisionReview]
    {
        if state.erasure != nil || state.mergedInto != nil { return [] }
        return MadeDecision.all(in: state).map { DecisionReview(of: $0, in: state, context) }
            .filter(\.isOpen)
    }

    /// Something it rested on has changed, and nobody has looked at it since.
    public var isOpen: Bool {
        guard !changedResults.isEmpty || wouldDiffer == true else { return false }
        guard let reviewed else { return true }
        return changes.contains { $0 > reviewed.version }
    }

    init(of made: MadeDecision, in state: PatientState, _ context: DecisionContext) {
        let then = Reconsideration(
            made,
            on: state.known(to: Knowledge(decision: made.version, learnedLater: nil)), in: context)
        let now = Reconsideration(
            made, on: state.known(to: Knowledge(decision: made.version, learnedLater: made.at)),
            in: context)
        let read = made.findings.isEmpty ? then.findings : made.findings
        let evidence = Set(read.evidence + then.needEvidence)
        changedResults = state.labs.compactMap { ChangedResult(of: $0, read: evidence) }
        differences = Self.differences(then, now).filter { made.turns(on: $0.now) }
        let isSame = differences.isEmpty && then.need == now.need && then.refusal == now.refusal
        wouldDiffer = then.refusal == nil ? !isSame : nil
        let cited =
            differences.flatMap { $0.now.evidence }
            + (then.need == now.need ? [] : now.needEvidence)
        changes = Set(changedResults.flatMap(\.changes) + cited).filter { $0 > made.version }
            .sorted()
        decision = made.decision
        version = made.version
        at = made.at
        needBefore = then.need
        needNow = now.need
        refusalNow = then.refusal == nil ? now.refusal : nil
        reviewed = state.reviews.last { $0.value.decision == made.version }
    }

    private static func differences(_ then: Reconsideration, _ now: Reconsideration) -> [Difference]
    {
        then.findings.compactMap { before in
            guard let after = now.findings.first(where: { $0.gate == before.gate }),
                after.verdict != before.verdict || after.severity != before.severity
            else { return nil }
            return Difference(before: before, now: after)
        }
    }
}

extension Finding {
    fileprivate var evidence: [EventVersion] { predicates.flatMap(\.evidence) }
}

extension [Finding] {
    fileprivate var evidence: [EventVersion] { flatMap(\.evidence) }
}
