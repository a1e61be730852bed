/// R16: the label asks for a panel a month after the second dose of ferumoxytol.
extension RecheckView {
    func ferumoxytol() -> RecheckOutcome {
        let doses = picture.administered.filter { $0.moiety == .ferumoxytol }
        guard let last = doses.last, let anchor = anchor(last),
            doses.filter({ $0.order == last.order }).count >= 2
        else { return .nothing }
        let tests = Self.ironPanel.union([.iron])
        return recheck(
            .ferumoxytol, from: anchor, window: windows.ferumoxytol, tests: tests,
            reason: "panel-after-second-dose", urgency: hemoglobinUrgency,
            predicates: hemoglobinUrgencyPredicates
        ) { firstPanel(of: tests, from: $0) }
    }
}
