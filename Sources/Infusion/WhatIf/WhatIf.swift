/// One patient's history, asked again under other rules.
///
/// Each decision is judged by itself, on the history as it was: what an order that would have been
/// refused led to stays in it. Nothing is recorded.
public struct WhatIf: Sendable {
    /// The rules that were in force, and those instead.
    public struct Rules: Sendable {
        public let inForce: RuleSet
        public let instead: RuleSet
        public init(inForce: RuleSet, instead: RuleSet) {
            self.inForce = inForce
            self.instead = instead
        }
    }

    public private(set) var differences: [RuleDifference] = []
    /// Decisions that were asked again.
    public private(set) var asked = 0
    private var state = PatientState()

    public init() {}

    /// The next event of the stream, which the log learned at `recordedAt`.
    /// - Parameter rules: `nil` where the decision is not to be asked again.
    public mutating func take(_ event: PatientEvent, recordedAt: Instant, rules: Rules?) {
        if let rules, let site = state.registration?.site {
            let now = max(recordedAt, event.effectiveAt)
            if let was = rules.inForce.context(of: site, now: now),
                let instead = rules.instead.context(of: site, now: now),
                let again = AskedAgain(event, by: was.formulary.needs)
            {
                asked += 1
                compare(again, was, instead, at: event.effectiveAt)
            }
        }
        state.apply(event)
    }

    private mutating func compare(
        _ again: AskedAgain, _ was: DecisionContext, _ instead: DecisionContext, at: Instant
    ) {
        let before = Judgement(of: again.command, given: state, in: was)
        let after = Judgement(of: again.command, given: state, in: instead)
        guard before != after else { return }
        differences.append(
            RuleDifference(
                kind: again.kind, subject: again.subject, version: state.version.next,
                date: CalendarDate(at, in: was.site.timeZone), before: before.summary,
                after: after.summary, rules: before.rules(against: after)))
    }

    /// What the patient's state, as it has become, would be answered with now.
    public mutating func conclude(now: Instant, rules: Rules) {
        guard let site = state.registration?.site, !state.isDeceased, state.erasure == nil,
            state.mergedInto == nil,
            let was = rules.inForce.context(of: site, now: now),
            let instead = rules.instead.context(of: site, now: now)
        else { return }
        let today = CalendarDate(now, in: was.site.timeZone)
        func add(
            _ kind: RuleDifference.Kind, _ subject: String, _ before: String, _ after: String,
            _ rules: [String]
        ) {
            differences.append(
                RuleDifference(
                    kind: kind, subject: subject, version: nil, date: today, before: before,
                    after: after, rules: rules))
        }
        for order in state.orders where order.status == .active || order.status == .held {
            asked += 1
            let before = Self.nextDose(of: order.id, state, was)
            let after = Self.nextDose(of: order.id, state, instead)
            if before != after {
                add(
                    .nextDose, order.id.description, before.summary, after.summary,
                    before.rules(against: after))
            }
        }
        let before = Self.rechecks(state, was)
        let after = Self.rechecks(state, instead)
        for rule in RecheckRule.allCases where before[rule] != after[rule] {
            add(
                .recheck, rule.rawValue, before[rule] ?? "none", after[rule] ?? "none",
                [rule.rawValue])
        }
        let assessed = ResponseAssessment.assess(given: state, at: now, in: was)
        let reassessed = ResponseAssessment.assess(given: state, at: now, in: instead)
        if let assessed, assessed.summary != reassessed?.summary {
            add(
                .response, assessed.order.description, assessed.summary,
                reassessed?.summary ?? "none", assessed.rules(against: reassessed))
        }
    }

    private static func nextDose(
        of order: OrderID, _ state: PatientState, _ context: DecisionContext
    ) -> Judgement {
        do throws(Refusal) {
            let review = try GateReview(
                of: order, dose: nil, at: context.now, given: state, in: context)
            return Judgement(findings: review.findings)
        } catch {
            return Judgement(refusal: error)
        }
    }

    private static func rechecks(
        _ state: PatientState, _ context: DecisionContext
    ) -> [RecheckRule: String] {
        let required = Rechecks.required(state, in: context).map {
            ($0.id.rule, "due \($0.due), overdue after \($0.overdueAfter), \($0.urgency.rawValue)")
        }
        return Dictionary(required, uniquingKeysWith: { first, _ in first })
    }
}

extension ResponseAssessment {
    fileprivate var summary: String {
        ([level.rawValue + (isProvisional ? " (provisional)" : "")]
            + verdicts.map(\.cause.rawValue)).joined(separator: ", ")
    }

    /// The rows by which two answers differ, in the order of the tables; a level that is provisional in
    /// one of them only is its own.
    fileprivate func rules(against other: ResponseAssessment?) -> [String] {
        let differing = rows.symmetricDifference(other?.rows ?? [])
        let named = differing.isEmpty ? [ResponseRule.level(level)] : differing
        return ResponseRule.allCases.filter(named.contains).map(\.id)
    }

    private var rows: Set<ResponseRule> {
        Set(verdicts.map { ResponseRule.cause($0.cause) } + [.level(level)])
    }
}
