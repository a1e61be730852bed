/// RI1: iron is held while an infection lasts, and somebody asks again every day (facts §4, G-INFECT).
extension RecheckView {
    /// Counted from what was told last. That there is none any more closes it, and so does the end of every
    /// course that waits.
    func infection() -> RecheckOutcome {
        let therapy = state.facts.therapies[.intravenousAntibiotic]?.latest
        let isActive = picture.infection(at: picture.at)?.value == true
        let statements = [state.facts.infection.latest, therapy].compactMap(\.self)
        guard
            let last = statements.max(by: {
                ($0.effectiveAt, $0.version) < ($1.effectiveAt, $1.version)
            })
        else { return .nothing }
        var outcome = RecheckOutcome.nothing
        for row in state.openRechecks.values where row.value.id.rule == .infection {
            if row.value.id.anchor != last.version {
                outcome.satisfied[row.value.id] = [last.version]
            }
        }
        let anchor = RecheckAnchor(
            kind: .infection, version: last.version, at: last.effectiveAt,
            date: picture.localDate(last.effectiveAt))
        guard isActive, let order = courseInWait(on: anchor.date) else { return outcome }
        let status = Predicate.fact(
            "order-status", order.status.rawValue, "in", "active, held", holds: true,
            source: RecheckRule.infection.because, evidence: [order.version])
        // What is told next answers by being what the next row counts from.
        outcome.required =
            recheck(
                .infection, from: anchor, window: windows.infection.atOnce, tests: [],
                reason: "infection-holds-iron", urgency: .soon, predicates: [status]
            ) { _ in nil }.required
        return outcome
    }

    /// An order of iron that is neither finished nor closed by itself on the date.
    private func courseInWait(on date: CalendarDate) -> OrderRecord? {
        state.orders.first { order in
            switch order.status {
            case .cancelled, .completed: false
            case .active, .held:
                CourseClosure(order, state: state, in: picture.context)
                    .map { date <= $0.lastDate } ?? true
            }
        }
    }
}
