import Infusion

extension WaitlistEntry {
    func renumbered(_ number: EventNumbering) -> WaitlistEntry {
        WaitlistEntry(
            request: request,
            priority: WaitlistPriority(
                ruleVersion: priority.ruleVersion, urgency: priority.urgency, due: priority.due,
                predicates: priority.predicates.map { $0.renumbered(number) },
                evidence: priority.evidence.compactMap { number($0) }))
    }
}
