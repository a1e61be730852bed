/// R16: the label asks for a panel a month after the second dose of ferumoxytol.
extension RecheckView {
    func ferumoxytol() -> RecheckOutcome {
        let doses = picture.administered.filter { $0.moiety == .ferumoxytol }
        guard let last = doses.last, let anchor = anchor(last),
            doses.filter({ $0.order == last.order }).count >= 2
        else { return .nothing }
        let id = RecheckID(rule: .ferumoxytol, anchor: anchor.version)
        if isClosedByPerson(id) { return .nothing }
        let window = windows.ferumoxytol
        let tests = Self.ironPanel.union([.iron])
        if let evidence = firstPanel(
            of: tests, from: anchor.date.adding(days: window.earliest))
        {
            return RecheckOutcome(required: nil, satisfied: [id: evidence])
        }
        return RecheckOutcome(
            required: opened(
                id, from: anchor, window: window, tests: tests,
                reason: "panel-after-second-dose", urgency: hemoglobinUrgency,
                predicates: hemoglobinUrgencyPredicates))
    }
}
